/**
 * Every policy but the lock, word for word, for whoever reviews who may do what before it is deployed. `node --require
 * ts-node/register/transpile-only infra/documents/documents-page.ts` writes docs/documents.md; a test holds the two together.
 */
import { join } from "node:path";
import type { Configuration } from "../config/configuration";
import { grouped } from "../config/grouped";
import { onceFor } from "../config/once-for";
import { readConfiguration } from "../config/read";
import type { AttachedDocument } from "./every-document";
import { documentsBesideTheLock } from "./every-document";
import { changed, fenced, linesOf, pretty, whatOthersChange, writePage } from "./pages";
import type { PolicyDocument, Statement } from "./policy";
import { minified } from "./policy";
import type { Quota } from "./quotas";
import { quotas } from "./quotas";

export const DOCUMENTS_PAGE = join(__dirname, "..", "..", "docs", "documents.md");

/** By kind of document, in the page's order. */
const sections: readonly (readonly [kind: Quota, title: string, intro: string])[] = [
  ["key policy", "Keys: who encrypts, who decrypts, who administers", "What a key's policy does not say, no policy of an account can give."],
  ["bucket policy", "Buckets: who writes, who reads", "What is refused here is refused whoever allows it elsewhere. Readers of the archive are let in by their roles' own policies."],
  ["delivery destination policy", "Delivery destinations: who sends logs there", "Others of other accounts may not."],
  ["event bus policy", "The bus: who reports", "What EventBridge carries from every account."],
  ["queue policy", "Queues: who sends", "Receivers are let in by their roles' own policies."],
  ["secret policy", "Webhooks' secrets: who reads", "Who sets them is let in by break-glass's own policy."],
  ["trust policy", "Roles: who may become what", "Each role has one of these, and what it then may do comes after."],
  ["inline policy", "Roles: what they may do", "The whole of it: no role has another policy, but for AWS Config's recorder, which has AWS's own to read with."],
];

const WIDTH = 120;

/** JSON with whatever fits into a line on one. */
function wrapped(value: unknown, indent = ""): string {
  const line = pretty(value).replace(/\n\s*/g, " ");
  if (typeof value !== "object" || indent.length + line.length <= WIDTH) return line;
  const within = `${indent}  `;
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  const parts = Array.isArray(value) ? value.map((one) => wrapped(one, within)) : Object.entries(value!).map(([key, one]) => `"${key}": ${wrapped(one, within)}`);
  return `${open}\n${within}${parts.join(`,\n${within}`)}\n${indent}${close}`;
}

/** As it is shown: the same for every bucket and Region but for the names. */
const shown = ({ quota, name, region }: AttachedDocument, text: string): string => {
  const alike = quota === "bucket policy" ? text.replaceAll(name, "{bucket}") : text;
  return region === undefined ? alike : alike.replaceAll(region, "{region}");
};

const textOf = onceFor((one: AttachedDocument) => shown(one, minified(one.document)));

const nameOf = ({ name, region = "" }: AttachedDocument): string => (region === "" ? name : name.replaceAll(region, "{region}"));

const documents = onceFor(documentsBesideTheLock);

/** Those of a Region; what there is once is the home Region's. */
const documentsIn = (config: Configuration, region: string): readonly AttachedDocument[] =>
  documents(config).filter((one) => (one.region ?? config.homeRegion) === region);

function section(all: readonly AttachedDocument[], [kind, title, intro]: (typeof sections)[number]): readonly string[] {
  const alike = grouped(all.filter(({ quota }) => quota === kind), (one) => shown(one, wrapped(one.document.Statement)));
  const entries = [...alike].flatMap(([text, holders]) => [
    `### ${nameOf(holders[0]!)}${holders.length > 1 ? `, and ${holders.length - 1} more` : ""}\n`,
    ...holders.map((one) => `- \`${nameOf(one)}\`: ${one.about}${one.region === undefined ? "" : ", one a Region"}; ${minified(one.document).length} characters of ${quotas[kind]}`),
    "",
    fenced("json", text),
  ]);
  return [`## ${title}\n`, `${intro}\n`, ...entries];
}

/** Statements by name; a role's permissions, which are numbered, by what they begin with. */
function statementsOf(one: AttachedDocument): ReadonlyMap<string, Omit<Statement, "Sid">> {
  const found = new Map<string, Omit<Statement, "Sid">>();
  for (const { Sid, ...statement } of (JSON.parse(textOf(one)) as PolicyDocument).Statement) {
    const name = /^Permission\d+$/.test(Sid) ? [statement.Action].flat()[0]! : Sid;
    const again = [...found.keys()].filter((other) => other.split(" ")[0] === name).length;
    found.set(again === 0 ? name : `${name} ${again + 1}`, statement);
  }
  return found;
}

/** A statement of a document that is otherwise, or all of one that is gone. */
interface Change {
  readonly title: string;
  readonly region: string | undefined;
  readonly text: string;
}

/** What differs between documents of the same kind and name. @param where the Region of those that each Region has */
function changesOf(before: readonly AttachedDocument[], after: readonly AttachedDocument[], where: string): readonly Change[] {
  const titled = (documents: readonly AttachedDocument[]) => new Map(documents.map((one) => [`${one.quota} of ${nameOf(one)}`, one]));
  const [old, now] = [titled(before), titled(after)];
  const gone = [...old].filter(([title]) => !now.has(title)).map(([title, { region }]) => ({ title, region: region && where, text: "- the document" }));
  const changes = [...now].flatMap(([title, one]) => {
    const before = old.get(title);
    if (before && textOf(before) === textOf(one)) return [];
    const [was, is] = [before ? statementsOf(before) : new Map<string, Omit<Statement, "Sid">>(), statementsOf(one)];
    return [...new Set([...was.keys(), ...is.keys()])].flatMap((name) => {
      const [had, has] = [was.get(name), is.get(name)];
      const lines = !has ? ["- the statement"] : !had ? wrapped(has).split("\n").map((line) => `+${line}`) : changed(linesOf(had), linesOf(has));
      return lines.length === 0 ? [] : [{ title, region: one.region && where, text: [`@ ${name}`, ...lines].join("\n") }];
    });
  });
  return [...gone, ...changes];
}

/** As lines, what changes alike once. @param all Regions in which a change is said without their names */
function said(changes: readonly Change[], all: readonly string[]): readonly string[] {
  const where = (alike: readonly Change[]) =>
    [...grouped(alike, ({ title }) => title)].map(([title, its]) => {
      const regions = its.flatMap(({ region }) => (region === undefined ? [] : [region]));
      return `= ${title}${regions.length === 0 || regions.length === all.length ? "" : ` in ${regions.join(", ")}`}`;
    });
  const once = [...grouped(changes, ({ text }) => text)].map(([text, alike]) => ({ text, where: where(alike).join("\n") }));
  return [...grouped(once, (one) => one.where)].flatMap(([titles, its]) => [titles, ...its.map(({ text }) => text)]);
}

const regional = (documents: readonly AttachedDocument[]) => documents.filter(({ region }) => region !== undefined);

/** What the other Regions have otherwise than the home Region. */
function ofRegions(config: Configuration): readonly string[] {
  const home = regional(documentsIn(config, config.homeRegion));
  return said(config.regions.filter((region) => region !== config.homeRegion).flatMap((region) => changesOf(home, documentsIn(config, region), region)), []);
}

/** What another configuration changes; a Region that it governs beside is held against the home Region. */
function changesBy(config: Configuration, other: Configuration): readonly string[] {
  const home = regional(documentsIn(config, config.homeRegion));
  return said(other.regions.flatMap((region) => changesOf(config.regions.includes(region) ? documentsIn(config, region) : home, documentsIn(other, region), region)), other.regions);
}

/** Markdown, in its parts. */
export function* documentsPage(config: Configuration): Iterable<string> {
  const home = documentsIn(config, config.homeRegion);
  yield* [
    "# Every other policy, word for word\n",
    "Every policy but the control policies ([the lock](lock.md)), as `Pulumi.log-archive.yaml` deploys them in the last phase, with what each",
    "is attached to: who may encrypt, decrypt and administer, who writes and reads, who may become which role and what it then may do. They",
    "are made by `infra/documents/` (`every-document.ts` names them all), and a change of theirs shows here.\n",
    "`{region}` is the Region of what the policy is attached to and `{bucket}` the bucket's own name, so that policies which are alike but",
    "for these are shown once, as in the home Region. `${AWS::AccountId}` and `${AWS::Region}` are of whatever account and Region it is in;",
    "twelve `?` are any account. Where documents differ, `=` says which and `@` the statement (a role's permission is named by its first",
    "action), and what is gone and what is new follows.\n",
  ];
  for (const one of sections) yield* section(home, one);
  yield* ["# Where Regions differ\n", fenced("diff", ofRegions(config).join("\n"))];
  yield* whatOthersChange(config, (other) => changesBy(config, other));
}

if (require.main === module) writePage(DOCUMENTS_PAGE, documentsPage(readConfiguration("log-archive")));
