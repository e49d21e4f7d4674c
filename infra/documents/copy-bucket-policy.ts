/** The policy of a bucket of copies: the archive's replication writes, and nobody else writes, deletes or weakens. */
import type { Configuration } from "../config/configuration";
import { namesFor } from "../names";
import { bucketRefusals, denyAll, writing } from "./bucket-refusals";
import { exemptPrincipals, unless } from "./exempt";
import { document } from "./policy";
import type { PolicyDocument, Statement } from "./policy";
import { within } from "./quotas";
import { copying, givingAway } from "./replication-role";
import type { Store } from "./stores";

/**
 * In another account the bucket itself admits the role; in the archive's own, the role's policy does.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-walkthrough-2.html, where s3:List* and
 * s3:PutBucketVersioning are given as well; that replication does without is NC.
 */
function admitted(config: Configuration, bucket: string): Statement {
  return {
    Sid: "ReplicationCopies",
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${config.accounts.logArchive}:root` },
    Action: [...givingAway, ...copying],
    Resource: `${bucket}/*`,
    // Whom of that account, the refusal of everybody's writes but the role's says.
  };
}

export function copyBucketPolicy(config: Configuration, copy: Store): PolicyDocument {
  const { part, store, region, naming } = copy;
  const bucket = namesFor(config).bucketArnOf(part, store, region, naming);
  const policy = document([
    ...(part === "backup" ? [admitted(config, bucket)] : []),
    ...bucketRefusals(config, copy),
    denyAll("ReplicationAloneWrites", writing, `${bucket}/*`, unless([exemptPrincipals(config).replication])),
  ]);
  return within("bucket policy", `the policy of the ${part} of ${store} in ${region}`, policy);
}
