/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html: with access lists an object could let in whom the bucket refuses. */
import { settingOf } from "../log-buckets";
import { demand, type Rule } from "../rule";
import { list, pick } from "../subjects/plain";
import { said } from "../wanted";

export const rule: Rule = {
  requirement: "Every bucket owns what is put into it, and access lists count for nothing.",
  needs: "siblings",
  judge: (subject, siblings) => {
    if (subject.kind !== "bucket") return "not-applicable";
    const setting = settingOf(subject, "ownership", siblings);
    const [rule] = list(pick(pick(setting, "ownershipControls"), "rules"));
    const ownership = pick(pick(setting, "rule") ?? rule, "objectOwnership");
    return demand(ownership === "BucketOwnerEnforced", `Its object ownership is ${said(ownership)}; "BucketOwnerEnforced" is allowed.`);
  },
};
