/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html: without versions an overwritten log is gone, and nothing is copied. */
import { settingOf } from "../log-buckets";
import { demand, type Rule } from "../rule";
import { pick } from "../subjects/plain";

export const rule: Rule = {
  requirement: "Every bucket keeps versions of its objects.",
  needs: "siblings",
  judge: (subject, siblings) => {
    if (subject.kind !== "bucket") return "not-applicable";
    const status = pick(pick(settingOf(subject, "versioning", siblings), "versioningConfiguration"), "status");
    return demand(status === "Enabled", `Its versioning is ${status === undefined ? "not set" : JSON.stringify(String(status))}; "Enabled" is allowed.`);
  },
};
