/**
 * What the organization's trail records: every management event, the data events that the configuration chooses, and of the
 * archive's own objects what is not the delivery of a log.
 *
 * A delivery recorded would be delivered, and recorded, for ever. So the archive's buckets are left out of the data events of
 * others, and taken in again for calls that somebody made: an AWS service that writes for itself has no userIdentity.arn.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html
 */
import type { Configuration } from "../config/configuration";
import { namesFor } from "../names";

export interface FieldSelector {
  readonly field: string;
  readonly equals?: string[];
  readonly notEquals?: string[];
  readonly startsWiths?: string[];
  readonly notStartsWiths?: string[];
}

export interface Selector {
  readonly name: string;
  readonly fieldSelectors: FieldSelector[];
}

/** How every bucket of the archive's begins: stores, copies and their own records. */
export const archiveBuckets = ({ prefix }: Pick<Configuration, "prefix">): string[] => ["aws-", "aws-waf-logs-"].map((start) => `arn:aws:s3:::${start}${prefix}-log-`);

/** Where workloads put objects: as often as deliveries come, and by callers with an ARN. */
const placeBuckets = ({ prefix }: Pick<Configuration, "prefix">): string[] => [`arn:aws:s3:::aws-${prefix}-places-`];

const data = (type: string): FieldSelector[] => [
  { field: "eventCategory", equals: ["Data"] },
  { field: "resources.type", equals: [type] },
];

export function trailSelectors(config: Configuration): readonly Selector[] {
  const { roleName, accounts } = namesFor(config);
  const { dataEvents, exceptBuckets } = config.services.trail;
  const archive = archiveBuckets(config);
  return [
    { name: "Management events", fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }] },
    ...(dataEvents.includes("s3")
      ? [
          {
            name: "Objects, but for the archive's",
            fieldSelectors: [...data("AWS::S3::Object"), { field: "resources.ARN", notStartsWiths: [...archive, ...placeBuckets(config), ...exceptBuckets.map((bucket) => `arn:aws:s3:::${bucket}/`)] }],
          },
        ]
      : []),
    ...(dataEvents.includes("lambda") ? [{ name: "Invocations of functions", fieldSelectors: data("AWS::Lambda::Function") }] : []),
    {
      name: "The archive's objects, but for deliveries",
      fieldSelectors: [
        ...data("AWS::S3::Object"),
        { field: "resources.ARN", startsWiths: archive },
        {
          field: "userIdentity.arn",
          startsWiths: ["arn:aws:"],
          // Copies too are deliveries.
          notStartsWiths: [accounts.logArchive, ...(accounts.backup === undefined ? [] : [accounts.backup])].map((account) => `arn:aws:sts::${account}:assumed-role/${roleName.replication}/`),
        },
      ],
    },
    {
      name: "Workloads' own logs, but for their writing",
      fieldSelectors: [...data("AWS::S3::Object"), { field: "resources.ARN", startsWiths: placeBuckets(config) }, { field: "eventName", notEquals: ["PutObject"] }],
    },
  ];
}
