/**
 * What a refused call looks like in CloudTrail: the error codes, and the event pattern that picks the refusals
 * of an organization's policies out of everything else.
 *
 * A refusal by an identity policy is somebody's everyday mistake; one by a service or resource control policy is an
 * attempt at what the organization has locked. The message tells them apart, the code does not.
 */

export interface DenialCode {
  readonly code: string;
  /** Whether `code` is the whole error code, its start or its end. */
  readonly match: "exact" | "prefix" | "suffix";
  /** Who answers with it. */
  readonly services: string;
  /** Where that is written. */
  readonly source: string;
}

/** Every error code by which an AWS service says "you may not". */
export const denialCodes: readonly DenialCode[] = [
  {
    code: "AccessDenied",
    match: "prefix",
    services:
      "AccessDenied: Amazon S3, CloudFront, and the Query protocol (IAM, STS, CloudFormation, Elastic Load Balancing, SQS); " +
      "AccessDeniedException: Lambda, CloudWatch Logs, KMS, EventBridge, Organizations and 184 more; " +
      "AccessDeniedForDependencyException: Organizations; AccessDeniedFault: DMS",
    source:
      "CIS AWS Foundations Benchmark 4.1 (errorCode = \"AccessDenied*\"); botocore 1.44.5 error shapes; " +
      "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html",
  },
  {
    code: "UnauthorizedOperation",
    match: "suffix",
    services: "Client.UnauthorizedOperation: Amazon EC2 as CloudTrail records it; UnauthorizedOperation: EC2's API, Redshift, Migration Hub",
    source:
      "CIS AWS Foundations Benchmark 4.1 (errorCode = \"*UnauthorizedOperation\"); " +
      "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html",
  },
  {
    code: "AuthorizationError",
    match: "prefix",
    services: "AuthorizationError: Amazon SNS; AuthorizationErrorException: Application Discovery",
    source: "botocore 1.44.5, sns AuthorizationErrorException (code AuthorizationError, 403)",
  },
  { code: "AuthorizationException", match: "exact", services: "License Manager", source: "botocore 1.44.5 error shapes" },
  {
    code: "UnauthorizedException",
    match: "exact",
    services: "API Gateway, AppSync, Amplify and 22 more",
    source: "botocore 1.44.5 error shapes (401)",
  },
  { code: "UnauthorizedOperationException", match: "exact", services: "WorkDocs", source: "botocore 1.44.5 error shapes (403)" },
  {
    code: "NotAuthorizedException",
    match: "exact",
    services: "Route 53, Kinesis Video Streams, Cognito",
    source: "botocore 1.44.5 error shapes (401)",
  },
  {
    code: "ForbiddenException",
    match: "exact",
    services: "App Mesh, Chime, IoT and 23 more",
    source: "botocore 1.44.5 error shapes (403)",
  },
  {
    code: "KMSAccessDenied",
    match: "prefix",
    services: "SNS and Lambda, where the key refuses",
    source: "botocore 1.44.5 error shapes",
  },
  {
    code: "KmsAccessDenied",
    match: "prefix",
    services: "SQS, CloudWatch and Step Functions, where the key refuses",
    source: "botocore 1.44.5 error shapes",
  },
  {
    code: "KMS.AccessDenied",
    match: "prefix",
    services: "SQS by its Query name, where the key refuses",
    source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html",
  },
];

/**
 * How the message of a refusal names the layer that refused.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export const denyingLayers = [
  { layer: "service control policy", phrase: "explicit deny in a service control policy" },
  { layer: "resource control policy", phrase: "explicit deny in a resource control policy" },
] as const;

export type DenyingLayer = (typeof denyingLayers)[number]["layer"];

/** The quota of an EventBridge pattern, in characters. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
export const LONGEST_PATTERN = 2_048;

/** Whether an error code of CloudTrail is a refusal. */
export function isDenial(errorCode: string): boolean {
  return denialCodes.some(({ code, match }) => {
    if (match === "prefix") return errorCode.startsWith(code);
    if (match === "suffix") return errorCode.endsWith(code);
    return errorCode === code;
  });
}

/** The layer that a refusal's message names; undefined where it names none of the organization's. */
export function denyingLayer(errorMessage: string): DenyingLayer | undefined {
  return denyingLayers.find(({ phrase }) => errorMessage.includes(phrase))?.layer;
}

/**
 * The event pattern of the rule that forwards refused calls to the central bus, in EventBridge's own JSON.
 *
 * Codes match by prefix and suffix, because these cost no rule of the thirty with wildcards that a bus may have;
 * the message needs the wildcard.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function denialPattern() {
  return {
    "detail-type": ["AWS API Call via CloudTrail"],
    detail: {
      errorCode: denialCodes.map(({ code, match }) => (match === "exact" ? code : { [match]: code })),
      errorMessage: denyingLayers.map(({ phrase }) => ({ wildcard: `*${phrase}*` })),
    },
  };
}
