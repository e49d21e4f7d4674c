/** A configuration as what it was read from: the way back, for running the program without the Pulumi CLI. */
import type { Configuration } from "./configuration";
import { stringKeys } from "./schema";

/** The entries that `configurationFrom` reads into the very same configuration. */
export function entriesOf({ tier: _tier, homeRegion: _home, reservedConcurrency, ci, ...rest }: Configuration): Readonly<Record<string, unknown>> {
  return { ...rest, reservedConcurrency: reservedConcurrency ?? 0, ...(ci && { ci }) };
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
