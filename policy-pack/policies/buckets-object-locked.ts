/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html; where services write it may not be allowed, on copies it is. */
import { bucketNamed, partOf, retentionOf, settingOf, storeOf } from "../log-buckets";
import { verdict, type Rule } from "../rule";
import { list, pick } from "../subjects/plain";
import type { Plain } from "../subjects/plain";

/** Where a bucket's objects are copied to. */
const destinations = (replication: Plain | undefined): readonly Plain[] => list(pick(replication, "rules")).flatMap((rule) => pick(pick(rule, "destination"), "bucket") ?? []);

export const rule: Rule = {
  requirement: "Every log is under Object Lock for as long as the configuration says: in each of its copies, and where it is written if that is configured.",
  needs: "siblings",
  judge: (subject, siblings, { configuration }) => {
    if (subject.kind !== "bucket") return "not-applicable";
    const part = partOf(subject);
    // Amazon S3 writes access logs to no bucket with Object Lock's default retention; what is recorded of the last copies goes no further.
    if (part === undefined || part === "records") return "not-applicable";
    const retention = retentionOf(subject, siblings);
    const store = typeof configuration === "object" ? storeOf(subject, configuration) : undefined;
    const wanted = store && typeof configuration === "object" ? configuration.archive.objectLock[store.store] : undefined;
    if (part === "storage" && wanted?.inPlace !== true) {
      if (retention) return "compliant";
      const copies = destinations(settingOf(subject, "replication", siblings)).map((value) => bucketNamed(value, siblings));
      if (copies.length === 0) return verdict(["It is neither under Object Lock nor copied into a bucket that is."]);
      return verdict(copies.every((copy) => copy !== undefined && retentionOf(copy, siblings) !== undefined) ? [] : ["A bucket that it is copied into is not under Object Lock."]);
    }
    if (!retention) return verdict(["It has no Object Lock with a default retention."]);
    if (!wanted) return "compliant";
    return verdict([
      ...(retention.mode === wanted.mode.toUpperCase() ? [] : [`Its retention's mode is ${JSON.stringify(String(retention.mode))}; the configuration says ${wanted.mode.toUpperCase()}.`]),
      ...(retention.days >= wanted.days ? [] : [`Its retention is ${retention.days} days; the configuration says ${wanted.days}.`]),
    ]);
  },
};
