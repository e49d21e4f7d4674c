/**
 * The policy of the organization trail's own key: CloudTrail encrypts for our trail alone, readers decrypt through Amazon S3,
 * and who administers it does neither.
 *
 * It lies in the archive's account and not in the trail's, the management account: no service control policy binds that one,
 * so whoever administers it could destroy a key there and with it all that the trail ever wrote.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
 */
import type { Configuration } from "../config/configuration";
import { keyAdministration, readersDecrypt, THIS_KEY } from "./key-statements";
import { document } from "./policy";
import type { PolicyDocument } from "./policy";
import { within } from "./quotas";
import { replicationDecrypts } from "./replication-role";
import { trailArn } from "./writers";

/** @throws Error in one line where the policy is beyond AWS KMS's quota */
export function trailKeyPolicy(config: Configuration): PolicyDocument {
  const Principal = { Service: "cloudtrail.amazonaws.com" };
  const ours = { "aws:SourceArn": trailArn(config) };
  const policy = document([
    ...keyAdministration(config),
    {
      Sid: "EncryptTrail",
      Effect: "Allow",
      Principal,
      Action: "kms:GenerateDataKey*",
      Resource: THIS_KEY,
      // The context is the trail's, of whichever account the log is.
      Condition: { StringEquals: { ...ours, "kms:EncryptionContext:aws:cloudtrail:arn": trailArn(config) } },
    },
    // CloudTrail asks for the key's description without an encryption context.
    { Sid: "TrailFindsKey", Effect: "Allow", Principal, Action: "kms:DescribeKey", Resource: THIS_KEY, Condition: { StringEquals: ours } },
    ...readersDecrypt(config, config.homeRegion),
    replicationDecrypts(config, config.homeRegion, "logs"),
  ]);
  return within("key policy", "the trail's key policy", policy);
}
