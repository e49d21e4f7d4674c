/**
 * What AWS would answer to the creation of a resource, of the same shape and always the same: ids and ARNs that other
 * resources refer to. Generated parts are digests of the resource's URN.
 */
import { createHash } from "node:crypto";

/** A resource about to be created. */
export interface Creation {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  /** As the program set them; strings where the table below reads one. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly account: string;
  readonly region: string;
}

export interface Created {
  readonly id: string;
  readonly outputs: Readonly<Record<string, unknown>>;
}

const hex = (urn: string, length: number) => createHash("sha256").update(urn).digest("hex").slice(0, length);

function uuid(urn: string): string {
  const digits = hex(urn, 32);
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join("-");
}

function text(creation: Creation, key: string): string {
  const value = creation.inputs[key];
  if (typeof value !== "string") throw new Error(`${creation.urn}: ${key} is not a string`);
  return value;
}

const named = (id: string, arn: string): Created => ({ id, outputs: { arn } });

/** By type; a type that is not here gets its name as its id, and no further output. */
const table: Readonly<Record<string, (creation: Creation) => Created>> = {
  "aws:s3/bucket:Bucket": (c) => {
    const bucket = text(c, "bucket");
    return { id: bucket, outputs: { arn: `arn:aws:s3:::${bucket}`, bucketDomainName: `${bucket}.s3.amazonaws.com` } };
  },
  "aws:kms/key:Key": (c) => ({
    id: uuid(c.urn),
    outputs: { keyId: uuid(c.urn), arn: `arn:aws:kms:${c.region}:${c.account}:key/${uuid(c.urn)}` },
  }),
  "aws:kms/alias:Alias": (c) => {
    const here = `arn:aws:kms:${c.region}:${c.account}`;
    return { id: text(c, "name"), outputs: { arn: `${here}:${text(c, "name")}`, targetKeyArn: `${here}:key/${text(c, "targetKeyId")}` } };
  },
  "aws:iam/role:Role": (c) => ({
    id: text(c, "name"),
    outputs: {
      arn: `arn:aws:iam::${c.account}:role${(c.inputs.path as string | undefined) ?? "/"}${text(c, "name")}`,
      uniqueId: `AROA${hex(c.urn, 17).toUpperCase()}`,
    },
  }),
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": (c) => {
    const arn = `arn:aws:iam::${c.account}:oidc-provider/${text(c, "url").replace("https://", "")}`;
    return named(arn, arn);
  },
  "aws:lambda/function:Function": (c) => {
    const arn = `arn:aws:lambda:${c.region}:${c.account}:function:${text(c, "name")}`;
    return { id: text(c, "name"), outputs: { arn, qualifiedArn: `${arn}:$LATEST` } };
  },
  "aws:lambda/eventSourceMapping:EventSourceMapping": (c) =>
    named(uuid(c.urn), `arn:aws:lambda:${c.region}:${c.account}:event-source-mapping:${uuid(c.urn)}`),
  "aws:sqs/queue:Queue": (c) => {
    const url = `https://sqs.${c.region}.amazonaws.com/${c.account}/${text(c, "name")}`;
    return { id: url, outputs: { url, arn: `arn:aws:sqs:${c.region}:${c.account}:${text(c, "name")}` } };
  },
  "aws:dynamodb/table:Table": (c) => named(text(c, "name"), `arn:aws:dynamodb:${c.region}:${c.account}:table/${text(c, "name")}`),
  "aws:secretsmanager/secret:Secret": (c) => {
    const arn = `arn:aws:secretsmanager:${c.region}:${c.account}:secret:${text(c, "name")}-${hex(c.urn, 6)}`;
    return named(arn, arn);
  },
  "aws:cloudwatch/eventBus:EventBus": (c) => named(text(c, "name"), `arn:aws:events:${c.region}:${c.account}:event-bus/${text(c, "name")}`),
  "aws:cloudwatch/eventRule:EventRule": (c) => {
    const bus = c.inputs.eventBusName as string | undefined;
    const path = bus === undefined ? text(c, "name") : `${bus}/${text(c, "name")}`;
    return named(path, `arn:aws:events:${c.region}:${c.account}:rule/${path}`);
  },
  "aws:cloudwatch/logGroup:LogGroup": (c) => named(text(c, "name"), `arn:aws:logs:${c.region}:${c.account}:log-group:${text(c, "name")}`),
  "aws:cloudwatch/metricAlarm:MetricAlarm": (c) => named(text(c, "name"), `arn:aws:cloudwatch:${c.region}:${c.account}:alarm:${text(c, "name")}`),
  "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": (c) =>
    named(text(c, "name"), `arn:aws:logs:${c.region}:${c.account}:delivery-destination:${text(c, "name")}`),
  "aws:organizations/policy:Policy": (c) => {
    const kind = text(c, "type").toLowerCase();
    const id = `p-${hex(c.urn, 8)}`;
    return named(id, `arn:aws:organizations::${c.account}:policy/o-exampleorgid/${kind}/${id}`);
  },
  "aws:cloudtrail/trail:Trail": (c) => {
    const arn = `arn:aws:cloudtrail:${c.region}:${c.account}:trail/${text(c, "name")}`;
    return { id: arn, outputs: { arn, homeRegion: c.region } };
  },
  "aws:guardduty/detector:Detector": (c) => named(hex(c.urn, 32), `arn:aws:guardduty:${c.region}:${c.account}:detector/${hex(c.urn, 32)}`),
  "aws-native:cloudformation:Stack": (c) => {
    const stackId = `arn:aws:cloudformation:${c.region}:${c.account}:stack/${text(c, "stackName")}/${uuid(c.urn)}`;
    return { id: stackId, outputs: { stackId } };
  },
  "aws-native:cloudformation:StackSet": (c) => {
    const id = `${text(c, "stackSetName")}:${uuid(c.urn)}`;
    return { id, outputs: { stackSetId: id } };
  },
};

/** The id and the computed outputs of a resource. */
export function created(creation: Creation): Created {
  return table[creation.type]?.(creation) ?? { id: creation.name, outputs: {} };
}
