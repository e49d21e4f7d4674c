/**
 * The tables of the README that are computed: what is forced and how each call is met, and what an idle account costs.
 * `node --require ts-node/register/transpile-only commands/document.ts` writes them; a test holds the two together.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { LogSource, Via } from "../functions/sources";
import { sources } from "../functions/sources";
import type { Configuration } from "../infra/config/configuration";
import { readConfiguration } from "../infra/config/read";
import { regionalTemplate } from "../infra/documents/regional-template";
import { hasKey, namesFor } from "../infra/names";
import { idleCost } from "./cost/idle";

export const README = join(__dirname, "..", "README.md");


/** Minutes between two sweeps that the table of costs shows; the default is one of them. */
const sweeps = [5, 15, 60];

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [`| ${head.join(" | ")} |`, `|${head.map(() => "---|").join("")}`, ...rows.map((cells) => `| ${cells.join(" | ")} |`)].join("\n");
}

const code = (text: string) => `\`${text}\``;

/** One row a source and way of turning it on; the first way is the default. */
export function sourcesTable(all: readonly LogSource[]): string {
  const rows = all.flatMap((source) =>
    source.via.map((via, index) => {
      const kinds = source.kinds(via);
      const kept = [...new Set(kinds.map(({ store }) => (hasKey(store) ? "our KMS key" : "S3's own keys")))].join(", ");
      const keys = [...new Set(kinds.map((kind) => code(kind.keys)))].join(", ");
      const how = `${code(via)}${index === 0 && source.via.length > 1 ? " (default)" : ""}`;
      return [index === 0 ? code(source.name) : "", index === 0 ? source.title : "", how, kept, keys];
    }),
  );
  return table(["source", "log", "`via`", "encrypted by", "keys in the archive"], rows);
}

interface Call {
  readonly how: "denied" | "repaired";
  readonly actions: readonly string[];
  readonly why: string;
  readonly of: string[];
}

/** Every weakening call of every source; calls that sources share are one row. */
function calls(all: readonly LogSource[], config: Configuration): readonly Call[] {
  const found: Call[] = [];
  const names = namesFor(config);
  for (const source of all)
    for (const via of source.via)
      for (const { how, actions, why } of source.weakening(names, via)) {
        const whose = label(source, via);
        const same = found.find((call) => call.how === how && call.why === why && call.actions.join() === actions.join());
        if (!same) found.push({ how, actions, why, of: [whose] });
        else if (!same.of.includes(whose)) same.of.push(whose);
      }
  return found.sort((a, b) => a.how.localeCompare(b.how));
}

const label = ({ name, via }: LogSource, one: Via) => (via.length > 1 && one !== via[0] ? `${name} (${one})` : name);

/** What is denied, and what is repaired because AWS offers no way to deny it. */
export function callsTable(all: readonly LogSource[], config: Configuration): string {
  const rows = calls(all, config).map(({ how, actions, why, of }) => [how, actions.map(code).join(" "), why, of.join(", ")]);
  return table(["", "calls", "what it would do; why it can't be denied", "sources"], rows);
}

/** USD a month of one account and Region in which nothing happens, by the time between two sweeps. */
export function costTable(all: readonly LogSource[], config: Configuration): string {
  const keys = Object.fromEntries(all.map(({ name }) => [name, `functions/${name}.zip`]));
  const rows = sweeps.map((sweepMinutes) => {
    const { items, total } = idleCost(regionalTemplate({ ...config, sweepMinutes }, keys));
    const usd = (type: string) => (items[type] ?? 0).toFixed(2);
    return [`${sweepMinutes}`, usd("AWS::Events::Rule"), usd("AWS::CloudWatch::Alarm"), total.toFixed(2)];
  });
  return table(["`sweepMinutes`", `sweeps of ${all.length} sources`, "alarm", "USD a month"], rows);
}

/** The text with each part between its two markers written anew. @throws Error naming a marker that is not there */
export function documented(text: string, config: Configuration): string {
  const parts = {
    sources: `${sourcesTable(sources)}\n\n${callsTable(sources, config)}`,
    cost: costTable(sources, config),
  };
  return Object.entries(parts).reduce((whole, [name, part]) => {
    const [from, to] = [`<!-- ${name} -->\n`, `\n<!-- end of ${name} -->`];
    const [start, end] = [whole.indexOf(from), whole.indexOf(to)];
    if (start < 0 || end < start) throw new Error(`README.md has no ${from.trim()} with ${to.trim()} after it`);
    return whole.slice(0, start + from.length) + part + whole.slice(end);
  }, text);
}

if (require.main === module) writeFileSync(README, documented(readFileSync(README, "utf8"), readConfiguration("delegated")));
