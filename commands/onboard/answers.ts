/** What a workload says of its logs, by flag or by question: what is asked, what is allowed, and the entry that it makes. */
import type { Option } from "../arguments";

/** Rules that the configuration has too are its own to say: here only what a flag's text must be to become a value. */
interface Asked {
  readonly flag: string;
  readonly question: string;
  readonly option: Option;
  /** Not asked for where this says so. */
  readonly unless?: (given: Given) => boolean;
  /** Taken where nothing is given; without one it has to be. */
  readonly usual?: string;
}

type Given = Readonly<Record<string, string | readonly string[] | boolean | undefined>>;

const isService = (writer: unknown): boolean => typeof writer === "string" && !writer.startsWith("arn:");

export const asked: readonly Asked[] = [
  { flag: "name", question: "Name of the place (lower-case letters, digits, hyphens)", option: { type: "string", what: "a name" } },
  { flag: "owner", question: "Who answers for it", option: { type: "string", what: "who answers for it" } },
  { flag: "contents", question: "What it holds", option: { type: "string", what: "what it holds" } },
  { flag: "pii", question: "Personal data (yes or no)", option: { type: "string", allowed: ["yes", "no"] } },
  { flag: "volume-gb", question: "GB a month", option: { type: "string", what: "a number of GB a month", valid: (text) => /^\d+(\.\d+)?$/.test(text) } },
  { flag: "retention-days", question: "Days to keep", option: { type: "string", what: "a whole number of days", valid: (text) => /^[1-9]\d{0,4}$/.test(text) } },
  { flag: "region", question: "Region", option: { type: "string", what: "a Region" }, usual: "us-east-1" },
  { flag: "reader", question: "ARNs of the roles or users that read, with spaces between", option: { type: "string", what: "the ARN of a role or user", repeated: true } },
  { flag: "writer", question: "Who writes: the ARN of a role, or an AWS service", option: { type: "string", what: "the ARN of a role, or a service" } },
  { flag: "writer-account", question: "The account for which that service writes", option: { type: "string", what: "an account id" }, unless: ({ writer }) => !isService(writer) },
];

/** The flags, for `readArguments`. */
export const placeOptions: Readonly<Record<string, Option>> = Object.fromEntries(asked.map(({ flag, option }) => [flag, option]));

const usage = ({ flag, option }: Asked) => `--${flag} ${option.allowed?.join("|") ?? (option.what ?? "").toUpperCase().replace(/^(AN?|THE) /, "").replace(/\W+/g, "-")}`;

/** What has no answer, and has to have one. */
export const missingIn = (given: Given): readonly Asked[] => asked.filter(({ flag, usual, unless }) => given[flag] === undefined && usual === undefined && !unless?.(given));

/** One line: what is missing. */
export const lacking = (missing: readonly Asked[]): string => `${missing.map(usage).join(", ")} ${missing.length === 1 ? "is" : "are"} missing: without a terminal to ask on, each is given once`;

/**
 * Asks for what is missing, one after the other, each until its answer is allowed; an empty answer takes what is usual.
 *
 * @param ask puts one question and resolves to the answer's text
 * @param choices by flag: the values that the configuration allows
 */
export async function askFor(given: Given, ask: (question: string) => Promise<string>, choices: Readonly<Record<string, readonly string[]>> = {}): Promise<Given> {
  const answers: Record<string, string | readonly string[] | boolean | undefined> = { ...given };
  for (const { flag, question, option, usual, unless } of asked) {
    if (answers[flag] !== undefined || unless?.(answers)) continue;
    const listed = choices[flag] ?? option.allowed;
    const asking = `${question}${choices[flag] ? ` (${choices[flag].join(", ")})` : ""}${usual === undefined ? "" : ` [${usual}]`}: `;
    for (let first = true; answers[flag] === undefined; first = false) {
      const allowed = listed ? `one of ${listed.join(", ")}` : (option.what ?? "");
      const text = (await ask(`${first ? "" : `${allowed} is allowed. `}${asking}`)).trim() || (usual ?? "");
      if (text !== "" && (listed?.includes(text) ?? option.valid?.(text) ?? true)) answers[flag] = option.repeated ? text.split(/[\s,]+/) : text;
    }
  }
  return answers;
}

/** The entry of `fall:logs.places`, plain; whether it is allowed, the configuration's own reader says. */
export function entryOf(given: Given): Readonly<Record<string, unknown>> {
  const { name, owner, contents, writer } = given;
  return {
    name,
    owner,
    contents,
    pii: given.pii === "yes",
    region: given.region ?? "us-east-1",
    volumeGb: Number(given["volume-gb"]),
    keepDays: Number(given["retention-days"]),
    readers: given.reader,
    writer: isService(writer) ? { service: writer, account: given["writer-account"] } : writer,
  };
}
