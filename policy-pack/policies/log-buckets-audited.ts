/**
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html: a bucket that logs into itself, or in a circle, logs its
 * own logs for ever.
 */
import { bucketNamed, partOf, settingOf } from "../log-buckets";
import { verdict, type Rule } from "../rule";
import { pick } from "../subjects/plain";

const isAudit = (names: readonly string[]) => names.some((name) => /-log-(storage|replica|backup|records)-audit-/.test(name));

export const rule: Rule = {
  requirement: "Who asked a log bucket for what is logged, and what lies in it is listed, in a bucket of which neither is done.",
  needs: "siblings",
  judge: (subject, siblings) => {
    const part = subject.kind === "bucket" ? partOf(subject) : undefined;
    if (subject.kind !== "bucket" || part === undefined) return "not-applicable";
    const logging = settingOf(subject, "logging", siblings);
    const inventory = settingOf(subject, "inventory", siblings);
    if (isAudit(subject.names))
      return verdict([...(logging === undefined ? [] : ["It takes access logs and logs itself: that never ends."]), ...(inventory === undefined ? [] : ["It takes inventories and is listed itself."])]);
    const target = bucketNamed(pick(logging, "targetBucket"), siblings);
    const listed = bucketNamed(pick(pick(pick(inventory, "destination"), "bucket"), "bucketArn"), siblings);
    return verdict([
      ...(logging === undefined ? ["It has no access logs."] : target && isAudit(target.names) ? [] : ["Its access logs go to no bucket of the class audit."]),
      ...(inventory === undefined || pick(inventory, "enabled") === false ? ["It has no inventory."] : listed && isAudit(listed.names) ? [] : ["Its inventory goes to no bucket of the class audit."]),
      ...(inventory === undefined || pick(inventory, "includedObjectVersions") === "All" ? [] : ["Its inventory leaves out old versions."]),
    ]);
  },
};
