/** What is known of the requests of whoever does ordinary work, or the work of a role of ours. */
import { sources } from "../functions/sources";
import type { Configuration } from "../infra/config/configuration";
import { namesFor } from "../infra/names";
import type { KeyDomain } from "./prover/types";

type Free = Extract<KeyDomain, { kind: "free" }>;

/** A key that is there and is of some globs. */
export const only = (like: readonly string[], reading: "text" | "arn", many: boolean): Free => ({ kind: "free", presence: "always", many, values: { reading, like } });

/** Nobody who only works tags by the keys that are locked, or in a Region that is not governed. */
export function ordinarily(config: Configuration): Readonly<Record<string, KeyDomain>> {
  const { tagKey, exclusionTagKey } = namesFor(config);
  const governed = only(config.regions, "text", false);
  const regionKeys = sources.flatMap(({ creatingRegionKey }) => creatingRegionKey?.toLowerCase() ?? []);
  return {
    "aws:tagkeys": { kind: "free", presence: "either", many: true, values: { reading: "text", like: ["*"], unlike: [tagKey, exclusionTagKey] } },
    "aws:requestedregion": governed,
    ...Object.fromEntries(regionKeys.map((key) => [key, { ...governed, presence: "either" } as const])),
  };
}
