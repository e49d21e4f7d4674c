/** What a query is asked with: `--param name=value`, each checked before anything is read. */
import { kindOf } from "../../queries/kinds";
import type { Parameter, Query } from "../../queries/query";

/** Of every query. */
const everywhere = (today: string, before: string): Readonly<Record<string, Parameter>> => ({
  accounts: { what: "whose logs", kind: "accounts", default: "all" },
  from: { what: "the first day (UTC)", kind: "day", default: before },
  to: { what: "the last day (UTC)", kind: "day", default: today },
});

export type Value = string | number | readonly string[];
export type Values = Readonly<Record<string, Value>>;

/** A week, today included. */
const DAYS = 7;
const day = (time: number) => new Date(time).toISOString().slice(0, 10);

export function parametersOf(query: Query, now: Date): Readonly<Record<string, Parameter>> {
  return { ...query.parameters, ...everywhere(day(now.getTime()), day(now.getTime() - (DAYS - 1) * 86_400_000)) };
}

/** A day as the archive's keys write it. */
export const keyDay = (value: string): string => value.replaceAll("-", "/");

/** A value of its kind, as an engine gets it. */
function valueOf({ kind }: Parameter, text: string): Value {
  if (kind === "accounts") return text === "all" ? [] : [...new Set(text.split(","))].sort();
  if (kind === "day") return keyDay(text);
  return kindOf(kind).number ? Number(text) : text;
}

/**
 * @param given `name=value`, as the user wrote them
 * @returns a value for every parameter; `accounts` is an empty list for all
 * @throws Error with one line: what was given, what is allowed
 */
export function readParameters(query: Query, given: readonly string[], now = new Date()): Values {
  const known = parametersOf(query, now);
  const texts = new Map<string, string>();
  for (const entry of given) {
    const at = entry.indexOf("=");
    const name = at === -1 ? entry : entry.slice(0, at);
    if (!Object.hasOwn(known, name)) throw new Error(`query ${query.name} has no parameter ${JSON.stringify(name)}: ${Object.keys(known).join(", ")} are allowed`);
    if (texts.has(name)) throw new Error(`parameter ${name} is given twice: once is allowed`);
    const what = kindOf(known[name]!.kind).what;
    if (at === -1) throw new Error(`parameter ${name} has no value: ${name}=VALUE with ${what} is allowed`);
    const text = entry.slice(at + 1);
    if (!kindOf(known[name]!.kind).valid(text)) throw new Error(`parameter ${name} is given ${JSON.stringify(text)}: ${what} is allowed`);
    texts.set(name, text);
  }
  const values = Object.entries(known).map(([name, parameter]): [string, Value] => {
    const text = texts.get(name) ?? parameter.default;
    if (text === undefined) throw new Error(`query ${query.name} needs the parameter ${name}: --param ${name}=VALUE with ${kindOf(parameter.kind).what}`);
    return [name, valueOf(parameter, text)];
  });
  const found = Object.fromEntries(values);
  if (found.from! > found.to!) throw new Error(`parameter from is given a day after to: ${String(found.from)} is later than ${String(found.to)}`);
  return found;
}
