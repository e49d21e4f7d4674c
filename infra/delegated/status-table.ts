/** The status table: what was delivered to whom, heartbeats, and the last outcome of every resource. */
import * as aws from "@pulumi/aws";
import type { Stack } from "../stack";

export function statusTable({ config, names, kept }: Stack): aws.dynamodb.Table {
  return new aws.dynamodb.Table(
    "status",
    {
      region: config.homeRegion,
      name: names.statusTable,
      billingMode: "PAY_PER_REQUEST",
      hashKey: "pk",
      rangeKey: "sk",
      attributes: [
        { name: "pk", type: "S" },
        { name: "sk", type: "S" },
      ],
      ttl: { attributeName: "expires", enabled: true },
      serverSideEncryption: { enabled: true },
      pointInTimeRecovery: { enabled: true },
      deletionProtectionEnabled: true,
    },
    kept,
  );
}
