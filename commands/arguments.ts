/** Command-line arguments, and the one line and exit 2 that answer a wrong one. */
import { parseArgs } from "node:util";

/** One option: `--name VALUE`, or `--name` alone where it is a flag. */
export interface Option {
  readonly type: "string" | "boolean";
  /** The values that are allowed; anything where left out. */
  readonly allowed?: readonly string[];
  /** Says what is allowed where it can't be listed: "a file", "a whole number of 1 or more". */
  readonly what?: string;
  /** Whether a value that is not listed is allowed. */
  readonly valid?: (value: string) => boolean;
  /**
   * It may be given more than once, and take several values at once where the command has no argument without a name:
   * its value is the list of what was given, in that order.
   */
  readonly repeated?: true;
}

/** The one argument without a name that a command takes. */
export interface Positional {
  readonly name: string;
  readonly allowed: readonly string[];
}

type Value<One extends Option> = One["type"] extends "boolean" ? boolean : One extends { readonly repeated: true } ? readonly string[] : string;

export interface Arguments<Options extends Readonly<Record<string, Option>>> {
  readonly values: { readonly [Name in keyof Options]?: Value<Options[Name]> };
  /** "" where the command takes none. */
  readonly positional: string;
}

/** Ends the process: `line` on standard error, exit code 2. What is wrong is the user's to mend, so no stack. */
export function refuse(line: string): never {
  process.stderr.write(`${line}\n`);
  process.exit(2);
}

function usage(command: string, options: Readonly<Record<string, Option>>, positional?: Positional): string {
  const named = Object.entries(options).map(([name, option]) => {
    if (option.type === "boolean") return `[--${name}]`;
    const value = option.allowed?.join("|") ?? (option.what ?? "value").toUpperCase().replace(/^AN? /, "").replace(/\W+/g, "-").replace(/-$/, "");
    return `[--${name} ${value}]${option.repeated ? "..." : ""}`;
  });
  return [command, ...(positional ? [`<${positional.allowed.join("|")}>`] : []), ...named].join(" ");
}

/**
 * The arguments that a command was given.
 *
 * @param given without the program's own name; defaults to the process's
 * @throws Error with one line (what was given, what is allowed) on an argument that the command does not take
 * @example parseArguments("synth", { config: { type: "string", what: "a file" } }, { name: "stack", allowed: ["management"] }, ["management"])
 */
export function parseArguments<const Options extends Readonly<Record<string, Option>>>(
  command: string,
  options: Options,
  positional?: Positional,
  given: readonly string[] = process.argv.slice(2),
): Arguments<Options> {
  const allowed = usage(command, options, positional);
  // Not strict, so that every message is ours: node's own take two sentences.
  const { tokens } = parseArgs({ args: [...given], options: plain(options), strict: false, allowPositionals: true, tokens: true });
  const values: Record<string, string | boolean | readonly string[]> = {};
  const positionals: string[] = [];
  /** Of the repeated option that was given last: what follows it without a name is one value more. */
  let open: string[] | undefined;
  for (const token of tokens) {
    if (token.kind === "positional") (positional ? positionals : (open ?? positionals)).push(token.value);
    if (token.kind !== "option") continue;
    open = undefined;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (!option) throw new Error(`unknown option ${token.rawName}: ${allowed} is allowed`);
    const value = valueOf(token.rawName, token.value, option);
    if (option.repeated) {
      open = [...((values[token.name] as readonly string[] | undefined) ?? []), value as string];
      values[token.name] = open;
    } else if (Object.hasOwn(values, token.name)) throw new Error(`option ${token.rawName} is given twice: once is allowed`);
    else values[token.name] = value;
  }
  const wanted = positional ? 1 : 0;
  if (positionals.length > wanted) throw new Error(`unexpected argument ${JSON.stringify(positionals[wanted])}: ${allowed} is allowed`);
  const first = positionals[0] ?? "";
  if (positional && !positional.allowed.includes(first))
    throw new Error(`${positionals.length === 0 ? `no ${positional.name} is given` : `unknown ${positional.name} ${JSON.stringify(first)}`}: one of ${positional.allowed.join(", ")} is allowed`);
  return { values: values as Arguments<Options>["values"], positional: first };
}

function plain(options: Readonly<Record<string, Option>>): Record<string, { type: "string" | "boolean" }> {
  return Object.fromEntries(Object.entries(options).map(([name, { type }]) => [name, { type }]));
}

function valueOf(name: string, value: string | undefined, option: Option): string | boolean {
  if (option.type === "boolean") {
    if (value !== undefined) throw new Error(`option ${name} is given ${JSON.stringify(value)}: it takes no value`);
    return true;
  }
  const what = option.allowed ? `one of ${option.allowed.join(", ")}` : (option.what ?? "a value");
  if (value === undefined || value === "" || value.startsWith("--")) throw new Error(`option ${name} has no value: ${what} is allowed`);
  if ((option.allowed && !option.allowed.includes(value)) || (option.valid && !option.valid(value)))
    throw new Error(`option ${name} is given ${JSON.stringify(value)}: ${what} is allowed`);
  return value;
}

/** The same for a command's main file: a wrong argument ends the process with one line and exit 2. */
export function readArguments<const Options extends Readonly<Record<string, Option>>>(
  command: string,
  options: Options,
  positional?: Positional,
): Arguments<Options> {
  try {
    return parseArguments(command, options, positional);
  } catch (error) {
    return refuse((error as Error).message);
  }
}
