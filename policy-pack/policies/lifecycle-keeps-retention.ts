/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-conflicts.html: of two rules for an object the shorter one counts. */
import type { Configuration } from "../../infra/config/configuration";
import { lifecycleRules } from "../../infra/documents/lifecycle";
import { partOf, retentionOf, settingOf, storeOf } from "../log-buckets";
import type { Bucket } from "../log-buckets";
import { verdict, type Rule } from "../rule";
import { list, pick } from "../subjects/plain";
import type { Plain } from "../subjects/plain";

interface Expiry {
  readonly prefix: string;
  /** The least of what ends an object's version; infinite where nothing does. */
  readonly days: number;
  readonly recoverable: number;
}

const daysOf = (value: Plain | undefined) => Number(value ?? Infinity);

/** Every rule that is on, as what it ends; without a prefix it is for every object. */
const expiries = (lifecycle: Plain | undefined): readonly Expiry[] =>
  list(pick(lifecycle, "rules"))
    .filter((rule) => pick(rule, "status") !== "Disabled")
    .map((rule) => ({
      prefix: String(pick(pick(rule, "filter"), "prefix") ?? pick(rule, "prefix") ?? ""),
      // A date ends what is older at once, and goes on ending what is newer.
      days: pick(pick(rule, "expiration"), "date") === undefined ? daysOf(pick(pick(rule, "expiration"), "days")) : 0,
      recoverable: daysOf(pick(pick(rule, "noncurrentVersionExpiration"), "noncurrentDays")),
    }));

/** What ends sooner than the configuration says, by the configuration's own prefixes. */
function tooSoon(bucket: Bucket, found: readonly Expiry[], config: Configuration): readonly string[] {
  const store = storeOf(bucket, config);
  if (!store) return [];
  return lifecycleRules(config, store).flatMap(({ filter, expiration, noncurrentVersionExpiration }) =>
    found
      .filter(({ prefix }) => filter.prefix.startsWith(prefix) || prefix.startsWith(filter.prefix))
      .flatMap(({ prefix, days, recoverable }) => [
        ...(days >= expiration.days ? [] : [`What begins ${JSON.stringify(prefix)} expires after ${days} days; the configuration keeps ${filter.prefix} for ${expiration.days}.`]),
        ...(recoverable >= noncurrentVersionExpiration.noncurrentDays
          ? []
          : [`What was overwritten of ${JSON.stringify(prefix)} is gone after ${recoverable} days; the configuration keeps it for ${noncurrentVersionExpiration.noncurrentDays}.`]),
      ]),
  );
}

export const rule: Rule = {
  requirement: "No log expires sooner than the configuration says, or than its bucket's Object Lock ends.",
  needs: "siblings",
  judge: (subject, siblings, { configuration }) => {
    if (subject.kind !== "bucket" || partOf(subject) === undefined) return "not-applicable";
    const found = expiries(settingOf(subject, "lifecycle", siblings));
    const locked = retentionOf(subject, siblings)?.days ?? 0;
    const unlocked = found.filter(({ days }) => days < locked).map(({ prefix, days }) => `What begins ${JSON.stringify(prefix)} expires after ${days} days, and is locked for ${locked}.`);
    return verdict([...unlocked, ...(typeof configuration === "object" ? tooSoon(subject, found, configuration) : [])]);
  },
};
