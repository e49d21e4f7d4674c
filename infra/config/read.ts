/** Reads and validates a stack's configuration, once, strictly. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { z } from "zod";
import { sources } from "../../functions/sources";
import { oversized } from "../documents/oversized";
import type { Configuration, SourceSettings, Tier } from "./configuration";
import { contradictions } from "./contradictions";
import { ConfigurationError, keyOf, linesFor } from "./problems";
import { entriesSchema, stringKeys } from "./schema";

const NAMESPACE = "fall:";

/** The keys that the schema knows at a path, for the message about one that it doesn't. */
function knownAt(path: readonly PropertyKey[]): readonly string[] {
  let schema: z.core.JSONSchema.BaseSchema | undefined = z.toJSONSchema(entriesSchema, { io: "input" });
  for (const part of path) {
    const next: unknown = typeof part === "number" ? schema?.items : (schema?.properties?.[String(part)] ?? schema?.additionalProperties);
    schema = typeof next === "object" && next !== null && !Array.isArray(next) ? (next as z.core.JSONSchema.BaseSchema) : undefined;
  }
  return Object.keys(schema?.properties ?? {});
}

/**
 * The configuration that a stack's entries stand for, defaults filled in.
 *
 * @param tier the stack's name
 * @param entries plain values by key without namespace: `{phase: "prepare", regions: ["us-east-1"], ...}`
 * @param file named in every message
 * @param now what is over is refused; a test may give another time
 * @throws ConfigurationError with one line for each problem
 */
export function configurationFrom(tier: Tier, entries: Readonly<Record<string, unknown>>, file = `Pulumi.${tier}.yaml`, now = new Date()): Configuration {
  const parsed = entriesSchema.safeParse(entries);
  if (!parsed.success)
    throw new ConfigurationError(parsed.error.issues.flatMap((issue) => linesFor(issue, entries, knownAt)).map((line) => `${file}: ${line}`));
  const found = contradictions(parsed.data, tier, sources, now.toISOString().slice(0, 10));
  if (found.length > 0) throw new ConfigurationError(found.map(({ path, line }) => `${file}: ${keyOf(path)} ${line}`));
  const { reservedConcurrency, ci, sources: chosen, ...rest } = parsed.data;
  const settings = sources.map(({ name, via }): [string, SourceSettings] => {
    const given = chosen[name];
    return [name, { via: given?.via ?? via[0]!, mode: given?.mode ?? "force", observeIn: given?.observeIn ?? [] }];
  });
  const configuration: Configuration = {
    ...rest,
    tier,
    homeRegion: "us-east-1",
    sources: Object.fromEntries(settings),
    ...(reservedConcurrency > 0 && { reservedConcurrency }),
    ...(ci.repository !== undefined && { ci: { repository: ci.repository, createProvider: ci.createProvider } }),
  };
  const tooMuch = oversized(configuration);
  if (tooMuch.length > 0) throw new ConfigurationError(tooMuch.map(({ path, line }) => `${file}: ${keyOf(path)} ${line}`));
  return configuration;
}

/**
 * The same from what Pulumi hands a program: `pulumi.runtime.allConfig()`, where every value is a string and what is
 * not a string by nature is JSON. Keys of other namespaces are Pulumi's own (`aws:skipMetadataApiCheck`).
 */
export function configurationFromPulumi(tier: Tier, all: Readonly<Record<string, string>>): Configuration {
  const file = `Pulumi.${tier}.yaml`;
  const entries = Object.entries(all)
    .filter(([key]) => key.startsWith(NAMESPACE))
    .map(([key, value]): [string, unknown] => {
      const name = key.slice(NAMESPACE.length);
      return [name, stringKeys.includes(name) ? value : fromJson(value)];
    });
  return configurationFrom(tier, Object.fromEntries(entries), file);
}

/** A value that is not JSON is left as it is: the schema then says what is allowed. */
function fromJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch (error) {
    if (error instanceof SyntaxError) return value;
    throw error;
  }
}

/**
 * The `fall:` entries of a stack's file, plain values by key without namespace, not yet validated.
 *
 * @throws ConfigurationError if the file can't be read, is not YAML or has no `config:`
 */
export function readEntries(file: string): Readonly<Record<string, unknown>> {
  let content: string;
  try {
    content = readFileSync(file, "utf8");
  } catch (error) {
    throw new ConfigurationError([`${file}: can't be read (${(error as NodeJS.ErrnoException).code ?? String(error)}): a stack's configuration is allowed`]);
  }
  return entriesIn(content, file);
}

/** The same of a file's text. @param file named in every message */
export function entriesIn(content: string, file: string): Readonly<Record<string, unknown>> {
  const document = parseDocument(content);
  const broken = document.errors[0];
  if (broken) throw new ConfigurationError([`${file}: is not YAML: ${broken.message.split("\n")[0]!.replace(/:$/, "")}`]);
  const config = (document.toJS() as { config?: unknown } | null)?.config;
  if (typeof config !== "object" || config === null || Array.isArray(config))
    throw new ConfigurationError([`${file}: has no config: a map of fall: keys is allowed`]);
  return Object.fromEntries(
    Object.entries(config)
      .filter(([key]) => key.startsWith(NAMESPACE))
      .map(([key, value]) => [key.slice(NAMESPACE.length), value]),
  );
}

/**
 * A stack's configuration from its file.
 *
 * @param file defaults to the project's own `Pulumi.<tier>.yaml`
 * @throws ConfigurationError with one line for each problem
 */
export function readConfiguration(tier: Tier, file = join(__dirname, "..", "..", `Pulumi.${tier}.yaml`)): Configuration {
  const shown = file.startsWith(join(__dirname, "..", "..")) ? `Pulumi.${tier}.yaml` : file;
  return configurationFrom(tier, readEntries(file), shown);
}
