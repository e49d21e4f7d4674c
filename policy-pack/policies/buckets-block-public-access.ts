/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html */
import { isOf } from "../log-buckets";
import { verdict, type Rule } from "../rule";
import { pick, type Plain } from "../subjects/plain";
import type { Subject, SubjectOf } from "../subjects/subject";

const settings = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

/** The block on the bucket itself, or on a resource that names it. */
function blockOf(bucket: SubjectOf<"bucket">, siblings: readonly Subject[]): Plain {
  if (bucket.publicAccessBlock !== null) return bucket.publicAccessBlock;
  const block = siblings.find((other) => other.kind === "public-access-block" && isOf(other.resource, other.bucket, bucket));
  return block?.kind === "public-access-block" ? block.settings : null;
}

export const rule: Rule = {
  requirement: "Every bucket blocks public access in all four ways.",
  needs: "siblings",
  judge: (subject, siblings) => {
    if (subject.kind !== "bucket") return "not-applicable";
    const block = blockOf(subject, siblings);
    if (block === null) return verdict(["It has no public access block."]);
    return verdict(settings.filter((name) => pick(block, name) !== true && pick(block, name) !== "true").map((name) => `Its ${name} is not true.`));
  },
};
