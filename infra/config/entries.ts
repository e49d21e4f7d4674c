/** A configuration as what it was read from: the way back, for running the program without the Pulumi CLI. */
import type { Configuration } from "./configuration";
import { stringKeys } from "./schema";

/** The entries that `configurationFrom` reads into the very same configuration. */
export function entriesOf(configuration: Configuration): Readonly<Record<string, unknown>> {
  const computed: readonly string[] = ["tier", "homeRegion"];
  const given = Object.entries(configuration).filter(([key]) => !computed.includes(key));
  return { reservedConcurrency: 0, ci: {}, ...Object.fromEntries(given) };
}

/** The same as `pulumi.runtime.allConfig()` gives it: with the namespace, every value a string. */
export function pulumiConfig(configuration: Configuration): Record<string, string> {
  return Object.fromEntries(
    Object.entries(entriesOf(configuration)).map(([key, value]) => [
      `fall:${key}`,
      stringKeys.includes(key) ? String(value) : JSON.stringify(value),
    ]),
  );
}
