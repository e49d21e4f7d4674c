/** A stack's file with a place more or less: its comments and its order stay, and what is written is what was validated. */
import { readFileSync } from "node:fs";
import { isMap, isSeq, parseDocument, type Document } from "yaml";
import { ConfigurationError } from "../../infra/config/problems";

/** Entries as the configuration's reader takes them: plain values by key without namespace. */
export type PlainEntries = Readonly<Record<string, unknown>>;

interface PlainLogs {
  readonly places?: readonly { readonly name?: unknown }[];
  readonly retired?: readonly unknown[];
}

const logsOf = (entries: PlainEntries): PlainLogs => (entries.logs ?? {}) as PlainLogs;

/** @param place an entry, not validated */
export function withPlace(entries: PlainEntries, place: PlainEntries): PlainEntries {
  const logs = logsOf(entries);
  return { ...entries, logs: { ...logs, places: [...(logs.places ?? []), place] } };
}

/** @throws ConfigurationError in one line for a name that no place has */
export function withoutPlace(entries: PlainEntries, name: string, file: string): PlainEntries {
  const { places = [], retired = [], ...rest } = logsOf(entries);
  if (!places.some((place) => place.name === name)) {
    const known = places.map((place) => String(place.name)).join(", ") || "none";
    throw new ConfigurationError([`${file}: fall:logs.places has no ${JSON.stringify(name)} to retire: one of them (${known}) is allowed`]);
  }
  return { ...entries, logs: { ...rest, places: places.filter((place) => place.name !== name), retired: [...retired, name] } };
}

/** Adds to a list that may not be there yet, as block style would have it. */
function add(document: Document, path: readonly string[], value: unknown): void {
  const list = document.getIn(path);
  if (isSeq(list) && list.items.length > 0) list.add(document.createNode(value));
  else document.setIn(path, document.createNode([value]));
}

const place = ["config", "fall:logs"];

/** The file's text with the place. */
export function textWith(text: string, entry: PlainEntries): string {
  const document = parseDocument(text);
  add(document, [...place, "places"], entry);
  return String(document.toString({ lineWidth: 0 }));
}

/** The file's text without the place, its name among those retired. */
export function textWithout(text: string, name: string): string {
  const document = parseDocument(text);
  const places = document.getIn([...place, "places"]);
  if (isSeq(places)) {
    const at = places.items.findIndex((item) => isMap(item) && item.get("name") === name);
    if (at >= 0) places.delete(at);
  }
  add(document, [...place, "retired"], name);
  return document.toString({ lineWidth: 0 });
}

/** @throws ConfigurationError in one line if the file can't be read */
export function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new ConfigurationError([`${file}: can't be read (${(error as NodeJS.ErrnoException).code ?? String(error)}): a stack's configuration is allowed`]);
  }
}
