/**
 * S3 general purpose buckets: server access logs, by vended delivery.
 *
 * The classic switch (PutBucketLogging) needs a target bucket in the same account and Region, without Object Lock: it can
 * never reach the archive, so it is not offered.
 *
 * What is neither denied nor repaired: a bucket's owner may refuse `s3:AllowVendedLogDeliveryForResource` in its bucket
 * policy. Denying every PutBucketPolicy would stop ordinary work, and the enforcer may not edit bucket policies; its
 * failure is reported. Whether such a statement stops a delivery that exists already is NC.
 */
import { deliveredKind, deliveryPermissions, deliveryTrigger, deliveryWeakening } from "../../mechanisms/delivery/facts";
import type { LogKind, LogSource } from "../log-source";

const reference = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/sal-cw-enabling.html";

// AWS shows no key of this log type; without a prefix every delivery's begins AWSLogs/<account>/, so that is the bound.
const kinds: readonly LogKind[] = [
  deliveredKind("s3-access", "S3_SERVER_ACCESS_LOGS", "AWSLogs/{account}/*", reference),
];

export const source: LogSource = {
  name: "s3",
  title: "S3 server access logs",
  scope: "regional",
  via: ["delivery"],
  triggers: [{ eventSource: "s3.amazonaws.com", eventNames: ["CreateBucket"] }, deliveryTrigger],
  kinds: () => kinds,
  permissions: (names) => [
    { actions: ["s3:ListAllMyBuckets"], resources: ["*"] },
    { actions: ["s3:AllowVendedLogDeliveryForResource"], resources: ["arn:aws:s3:::*"] },
    ...deliveryPermissions(names, "s3", kinds),
  ],
  weakening: (names) => deliveryWeakening(names, kinds),
  creating: ["s3:CreateBucket"],
  creatingRegionKey: "s3:LocationConstraint",
  // No exclusion tag: PutBucketTagging, which sets it, takes no aws:TagKeys.
  reference,
};
