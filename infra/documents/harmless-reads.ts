/**
 * The reads that the lock leaves to everyone on what the project owns, by service: reviewed one by one, by full name.
 *
 * A Deny on an owned resource names these as NotAction, so an action that AWS adds next month is denied on its first
 * day. AWS's access level is no test: receiving a message hides it, reading a secret gives the webhook away, and
 * reading a log is the archive's readers' affair - all three are "reads", and none of them is here.
 */

/** What is left is metadata: it tells how a thing is set up, and changes, hides or reveals nothing else. */
export const harmlessReads = {
  cloudformation: [
    "DescribeChangeSet", "DescribeStackEvents", "DescribeStackResource", "DescribeStackResourceDrifts",
    "DescribeStackResources", "DescribeStacks", "GetStackPolicy", "GetTemplate", "GetTemplateSummary", "ListChangeSets",
    "ListStackResources",
  ],
  cloudwatch: ["DescribeAlarmHistory", "DescribeAlarms", "ListTagsForResource"],
  dynamodb: ["DescribeContinuousBackups", "DescribeTable", "DescribeTimeToLive", "ListTagsOfResource"],
  events: ["DescribeEventBus", "DescribeRule", "ListRules", "ListTagsForResource", "ListTargetsByRule"],
  iam: [
    "GetOpenIDConnectProvider", "GetRole", "GetRolePolicy", "GetServiceLinkedRoleDeletionStatus", "ListAttachedRolePolicies",
    "ListInstanceProfilesForRole", "ListOpenIDConnectProviderTags", "ListRolePolicies", "ListRoleTags",
    // A simulation computes, and changes nothing.
    "GenerateServiceLastAccessedDetails", "GetContextKeysForPrincipalPolicy", "SimulatePrincipalPolicy",
  ],
  kms: ["DescribeKey", "GetKeyPolicy", "GetKeyRotationStatus", "ListGrants", "ListKeyPolicies", "ListKeyRotations", "ListResourceTags"],
  lambda: [
    "GetAlias", "GetFunction", "GetFunctionCodeSigningConfig", "GetFunctionConcurrency", "GetFunctionConfiguration",
    "GetFunctionEventInvokeConfig", "GetFunctionUrlConfig", "GetPolicy", "GetRuntimeManagementConfig", "ListAliases",
    "ListFunctionEventInvokeConfigs", "ListFunctionUrlConfigs", "ListTags", "ListVersionsByFunction",
  ],
  logs: [
    "DescribeLogGroups", "DescribeLogStreams", "DescribeMetricFilters", "DescribeSubscriptionFilters", "FilterLogEvents",
    "GetDeliveryDestination", "GetDeliveryDestinationPolicy", "GetLogEvents", "GetLogGroupFields", "ListTagsForResource",
    // The enforcers' own logs tell what was forced; a query of them leaves nothing behind.
    "StartQuery",
  ],
  s3: [
    "GetBucketAcl", "GetBucketLocation", "GetBucketLogging", "GetBucketNotification", "GetBucketObjectLockConfiguration",
    "GetBucketOwnershipControls", "GetBucketPolicy", "GetBucketPolicyStatus", "GetBucketPublicAccessBlock", "GetBucketTagging",
    "GetBucketVersioning", "GetEncryptionConfiguration", "GetLifecycleConfiguration", "GetReplicationConfiguration", "ListBucket",
    "ListBucketVersions", "ListTagsForResource",
  ],
  secretsmanager: ["DescribeSecret", "GetResourcePolicy", "ListSecretVersionIds"],
  sqs: ["GetQueueAttributes", "GetQueueUrl", "ListDeadLetterSourceQueues", "ListQueueTags"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Service = keyof typeof harmlessReads;

/** Using a key is the key policy's to judge, and other services' keys in the archive's account are used in ordinary work. */
export const keyUse = [
  "kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo",
];

/** As IAM actions, in the order of the services given. */
export const readsOf = (...services: readonly Service[]): readonly string[] =>
  services.flatMap((service) => harmlessReads[service].map((action) => `${service}:${action}`));
