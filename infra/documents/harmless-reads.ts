/**
 * The reads that the lock leaves to everyone on what the project owns, reviewed one by one, by full name.
 *
 * A Deny on an owned resource names these as NotAction, so an action that AWS adds next month is denied on its first
 * day. AWS's access level is no test: receiving a message hides it, reading a secret gives the webhook away, and
 * reading a log is the archive's readers' affair - all three are "reads", and none of them is here.
 */

/** By what is read. What is left is metadata: it tells how a thing is set up, and changes, hides or reveals nothing else. */
export const harmlessReads = {
  alarm: ["cloudwatch:DescribeAlarmHistory", "cloudwatch:DescribeAlarms", "cloudwatch:ListTagsForResource"],
  bucket: [
    "s3:GetBucketAcl", "s3:GetBucketLocation", "s3:GetBucketLogging", "s3:GetBucketNotification",
    "s3:GetBucketObjectLockConfiguration", "s3:GetBucketOwnershipControls", "s3:GetBucketPolicy", "s3:GetBucketPolicyStatus",
    "s3:GetBucketPublicAccessBlock", "s3:GetBucketTagging", "s3:GetBucketVersioning", "s3:GetEncryptionConfiguration",
    "s3:GetLifecycleConfiguration", "s3:GetReplicationConfiguration", "s3:GetObjectLegalHold", "s3:GetObjectRetention", "s3:ListBucket", "s3:ListBucketVersions", "s3:ListMultipartUploadParts",
    "s3:ListTagsForResource",
  ],
  bus: ["events:DescribeEventBus", "events:ListTagsForResource"],
  destination: ["logs:GetDeliveryDestination", "logs:GetDeliveryDestinationPolicy", "logs:ListTagsForResource"],
  function: [
    "lambda:GetAlias", "lambda:GetFunction", "lambda:GetFunctionCodeSigningConfig", "lambda:GetFunctionConcurrency",
    "lambda:GetFunctionConfiguration", "lambda:GetFunctionEventInvokeConfig", "lambda:GetFunctionUrlConfig", "lambda:GetPolicy",
    "lambda:GetRuntimeManagementConfig", "lambda:ListAliases", "lambda:ListFunctionEventInvokeConfigs",
    "lambda:ListFunctionUrlConfigs", "lambda:ListTags", "lambda:ListVersionsByFunction",
  ],
  key: [
    "kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListGrants", "kms:ListKeyPolicies",
    "kms:ListKeyRotations", "kms:ListResourceTags",
  ],
  // The functions' own logs tell what was forced; a query of them leaves nothing behind.
  logGroup: [
    "logs:DescribeLogStreams", "logs:DescribeMetricFilters", "logs:DescribeSubscriptionFilters", "logs:FilterLogEvents",
    "logs:GetLogEvents", "logs:GetLogGroupFields", "logs:ListTagsForResource", "logs:StartQuery",
  ],
  provider: ["iam:GetOpenIDConnectProvider", "iam:ListOpenIDConnectProviderTags"],
  queue: ["sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ListDeadLetterSourceQueues", "sqs:ListQueueTags"],
  // A simulation computes, and changes nothing.
  role: [
    "iam:GenerateServiceLastAccessedDetails", "iam:GetContextKeysForPrincipalPolicy", "iam:GetRole", "iam:GetRolePolicy",
    "iam:GetServiceLinkedRoleDeletionStatus", "iam:ListAttachedRolePolicies", "iam:ListInstanceProfilesForRole",
    "iam:ListRolePolicies", "iam:ListRoleTags", "iam:SimulatePrincipalPolicy",
  ],
  rule: ["events:DescribeRule", "events:ListTagsForResource", "events:ListTargetsByRule"],
  secret: ["secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy", "secretsmanager:ListSecretVersionIds"],
  stack: [
    "cloudformation:DescribeChangeSet", "cloudformation:DescribeStackEvents", "cloudformation:DescribeStackResource",
    "cloudformation:DescribeStackResourceDrifts", "cloudformation:DescribeStackResources", "cloudformation:DescribeStacks",
    "cloudformation:GetStackPolicy", "cloudformation:GetTemplate", "cloudformation:GetTemplateSummary",
    "cloudformation:ListChangeSets", "cloudformation:ListStackResources",
  ],
  trail: [
    "cloudtrail:GetEventSelectors", "cloudtrail:GetInsightSelectors", "cloudtrail:GetTrail", "cloudtrail:GetTrailStatus", "cloudtrail:ListInsightsData",
    "cloudtrail:ListTags",
  ],
  user: [
    // A user's own, which asks for the old one.
    "iam:ChangePassword",
    "iam:GetLoginProfile", "iam:GetUser", "iam:GetUserPolicy", "iam:ListAccessKeys", "iam:ListAttachedUserPolicies", "iam:ListGroupsForUser",
    "iam:ListMFADevices", "iam:ListUserPolicies", "iam:ListUserTags",
  ],
  // The table tells how the organization stands, as the functions' logs do, and holds no secret: `npm run status` asks it.
  table: ["dynamodb:DescribeContinuousBackups", "dynamodb:DescribeTable", "dynamodb:DescribeTimeToLive", "dynamodb:ListTagsOfResource", "dynamodb:Query"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Readable = keyof typeof harmlessReads;

/** Using a key is the key policy's to judge, and other services' keys in the archive's account are used in ordinary work. */
export const keyUse = [
  "kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo",
];

/** Of each of these kinds. */
export const readsOf = (...kinds: readonly Readable[]): readonly string[] => kinds.flatMap((kind) => harmlessReads[kind]);
