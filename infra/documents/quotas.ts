/** How large AWS lets a document be, in characters (bytes for bucket and key policies; ours are ASCII, so the same). */
import { minified } from "./policy";
import type { PolicyDocument } from "./policy";

export const quotas = {
  /** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html (10,240 since May 2026) */
  "service control policy": 10_240,
  "resource control policy": 5_120,
  /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/add-bucket-policy.html */
  "bucket policy": 20_480,
  /** https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html */
  "key policy": 32_768,
  /** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
  "inline policy": 10_240,
  "managed policy": 6_144,
  "trust policy": 2_048,
  /** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
  "event bus policy": 10_240,
  "event pattern": 2_048,
  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
  "delivery destination policy": 51_200,
  /** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html */
  "queue policy": 8_192,
  /** https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html */
  "secret policy": 20_480,
} as const;

export type Quota = keyof typeof quotas;

/**
 * How many of ours a root, OU or account may have, of 10 service and 5 resource control policies there are (AWS's own
 * included): what is left is the user's.
 */
export const attached = { "service control policy": 8, "resource control policy": 4 } as const;

/** A document that AWS would not take: what, how large, how large is allowed. */
export class BeyondQuota extends Error {
  constructor(quota: Quota, what: string, length: number) {
    super(`${what} has ${length} characters; a ${quota} may have ${quotas[quota]}`);
  }
}

/**
 * The document, if it is within the quota.
 *
 * @param what names the document to a person: "log bucket policy of kms in eu-central-1"
 * @throws BeyondQuota in one line
 */
export function within(quota: Quota, what: string, policy: PolicyDocument): PolicyDocument {
  const { length } = minified(policy);
  if (length > quotas[quota]) throw new BeyondQuota(quota, what, length);
  return policy;
}
