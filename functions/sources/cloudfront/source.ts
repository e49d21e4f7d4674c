/** CloudFront distributions, staging ones too: standard logging v2. Its API, events and deliveries live in us-east-1. */
import { ANY_ACCOUNT } from "../../../infra/names";
import { deliveredKind, deliveryPermissions, deliveryTrigger, deliveryWeakening } from "../../mechanisms/delivery/facts";
import type { LogKind, LogSource } from "../log-source";

const reference = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html";
const anyDistribution = `arn:aws:cloudfront::${ANY_ACCOUNT}:distribution/*`;

const kinds: readonly LogKind[] = [
  deliveredKind("cloudfront-access", "ACCESS_LOGS", "AWSLogs/{account}/CloudFront/*", reference),
];

export const source: LogSource = {
  name: "cloudfront",
  title: "CloudFront standard logs (v2)",
  scope: "global",
  // The older standard logs are a switch in UpdateDistribution, which has no condition key at all: not offered.
  via: ["delivery"],
  triggers: [
    // By prefix: CreateDistributionWithTags, and the date that some of these carry.
    { eventSource: "cloudfront.amazonaws.com", eventNames: ["CreateDistribution", "CopyDistribution", "UntagResource"] },
    deliveryTrigger,
  ],
  kinds: () => kinds,
  permissions: (names) => [
    { actions: ["cloudfront:ListDistributions"], resources: ["*"] },
    { actions: ["cloudfront:AllowVendedLogDeliveryForResource", "cloudfront:ListTagsForResource"], resources: [anyDistribution] },
    ...deliveryPermissions(names, "cloudfront", kinds),
  ],
  weakening: (names) => deliveryWeakening(names, kinds),
  creating: ["cloudfront:CopyDistribution", "cloudfront:CreateDistribution"],
  // CreateDistributionWithTags is authorised as CreateDistribution, which takes aws:TagKeys.
  exclusionTaggers: ["cloudfront:CreateDistribution", "cloudfront:TagResource"],
  reference,
};
