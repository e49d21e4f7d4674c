/**
 * What is taken for an organization where the command is not told: round figures to begin with, every one of them shown
 * beside the result and replaced by an option.
 */

export interface Usual {
  /** Resources in one account and Region; of a global source, in one account. */
  readonly resources: number;
  /** GB of logs that one of them writes in a month, before compression. */
  readonly gigabytes: number;
  /** Log files an hour of one of them. */
  readonly files: number;
}

/** What is taken for a log source that is not in the list below. */
export const anySource: Usual = { resources: 1, gigabytes: 1, files: 12 };

/** Most of these services write a file each five minutes, load balancers one a node. */
export const usualOf: Readonly<Record<string, Usual>> = {
  alb: { resources: 2, gigabytes: 5, files: 24 },
  clb: { resources: 1, gigabytes: 1, files: 24 },
  cloudfront: { resources: 1, gigabytes: 10, files: 30 },
  nlb: { resources: 1, gigabytes: 2, files: 24 },
  "route53-resolver": { resources: 2, gigabytes: 1, files: 12 },
  s3: { resources: 10, gigabytes: 0.5, files: 12 },
  vpc: { resources: 2, gigabytes: 20, files: 12 },
};

/** What else the bill depends on, each in one account and Region a month. */
export const usualDrivers = {
  /** Calls that CloudTrail records as management events. */
  "management-events": 200_000,
  /** Calls on objects in Amazon S3, recorded where `services.trail.dataEvents` has s3. */
  "s3-data-events": 500_000,
  "lambda-data-events": 200_000,
  /** What AWS Config records. */
  "config-items": 2_000,
  "security-checks": 5_000,
  /** What other services report to Security Hub. */
  findings: 500,
  /** Calls that the control policies refuse, each of which is forwarded to the central bus. */
  refusals: 100,
} as const;

export type Driver = keyof typeof usualDrivers;

/** 6.5 TB in Amazon S3 of 72 TB, in AWS's own example of flow logs. https://aws.amazon.com/cloudwatch/pricing/ */
export const COMPRESSED = 6.5 / 72;

/** 30 TB in CloudWatch Logs of 72 TB, in the same example. */
export const COMPRESSED_IN_CLOUDWATCH = 30 / 72;

/** GB of the largest file that a service writes before it begins another: 75 MB of VPC flow logs. */
export const LARGEST_FILE = 75 / 1_024;

/** The part of management events that write; CloudTrail's insights look at those twice. AWS's example has one in ten. */
export const WRITES = 0.1;

/** Bytes of one record in a log that is counted by records. */
export const bytesOf = { event: 1_500, item: 5_000, access: 600 } as const;

/** Changes of one resource in a month after which its enforcer looks again, and seconds that the look takes. */
export const changes = { aMonth: 20, seconds: 3 } as const;

/**
 * Bytes of the status table's row in which a sweep tells what it saw: one that saw nothing, and more for each resource. An
 * identifier that AWS makes up hardly gets shorter by compression.
 */
export const SWEEP_ROW_BYTES = 200;
export const SWEEP_ROW_BYTES_A_RESOURCE = 20;

/** Seconds that a sweep takes more for each resource. */
export const SWEEP_SECONDS_A_RESOURCE = 0.2;
