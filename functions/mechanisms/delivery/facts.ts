/**
 * What every log source that travels by vended log delivery has in common: events, permissions, weakening calls.
 *
 * A working delivery is three things: a delivery source (the resource and its log type), a delivery destination (ours,
 * in the archive) and a delivery that joins them.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-vended-logs-permissions-V2.html
 */
import { ANY_ACCOUNT } from "../../../infra/names";
import type { Names } from "../../../infra/names";
import type { LogKind, Permission, Trigger, WeakeningCall } from "../../sources/log-source";

const own = (type: string, name: string) => `arn:aws:logs:*:${ANY_ACCOUNT}:${type}:${name}`;

/** Every delivery, delivery source and delivery destination of the account that calls. */
const anyDelivery = own("delivery", "*");
const anySource = own("delivery-source", "*");
const anyDestination = own("delivery-destination", "*");

/**
 * The calls that undo a delivery; names match by prefix, so DeleteDelivery stands for DeleteDeliverySource too. None but
 * PutDeliverySource and UntagResource names what it touches, so the others make the enforcer look at every resource.
 */
export const deliveryTrigger: Trigger = {
  eventSource: "logs.amazonaws.com",
  eventNames: ["DeleteDelivery", "UpdateDeliveryConfiguration", "PutDeliverySource", "UntagResource"],
};

/**
 * One kind of log delivered into the bucket of the KMS class.
 *
 * @param keys as in `LogKind`; without a prefix at the destination AWS starts every key `AWSLogs/<account>/`
 */
export function deliveredKind(kind: string, logType: string, keys: string, reference: string): LogKind {
  return {
    kind,
    store: "kms",
    writer: "delivery.logs.amazonaws.com",
    keys,
    sourceArn: own("delivery-source", "*"),
    // The one format that every log type offers, and that needs no conversion fee (Parquet does).
    delivery: { logType, outputFormat: "json" },
    reference,
  };
}

/** What of `kinds` an adapter of deliveries needs to know. */
export function deliveredLogs(kinds: readonly LogKind[]): { kind: string; logType: string }[] {
  return kinds.flatMap(({ kind, delivery }) => (delivery === undefined ? [] : [{ kind, logType: delivery.logType }]));
}

const destinationArns = (names: Names, kinds: readonly LogKind[]) =>
  kinds.map(({ kind }) => names.deliveryDestinationArn(kind, "*"));

/**
 * What an enforcer's role needs to read, make and mend deliveries; without the service's own
 * `AllowVendedLogDeliveryForResource`, whose resource differs.
 *
 * Delivery sources and deliveries are not narrowed to our names: a stranger's source is adopted under its own name, and
 * AWS gives deliveries theirs. Tagging is narrowed to our one tag.
 */
export function deliveryPermissions(names: Names, source: string, kinds: readonly LogKind[]): readonly Permission[] {
  return [
    {
      actions: ["logs:DescribeConfigurationTemplates", "logs:DescribeDeliveries", "logs:DescribeDeliverySources"],
      resources: ["*"],
    },
    { actions: ["logs:GetDeliverySource", "logs:PutDeliverySource"], resources: [anySource] },
    { actions: ["logs:DeleteDelivery"], resources: [anyDelivery] },
    {
      actions: ["logs:CreateDelivery", "logs:UpdateDeliveryConfiguration"],
      resources: [anyDelivery, anySource, ...destinationArns(names, kinds)],
    },
    {
      actions: ["logs:TagResource"],
      resources: [anyDelivery, anySource],
      condition: {
        StringEquals: { [`aws:RequestTag/${names.tagKey}`]: source },
        "ForAllValues:StringEquals": { "aws:TagKeys": names.tagKey },
      },
    },
  ];
}

/**
 * The calls that weaken a delivery of ours.
 *
 * What carries our tag is denied by tag, what carries our name by name. Other people's deliveries stay theirs, also
 * those beside ours on a source that we adopted: UpdateDeliveryConfiguration is authorised on the source too, so it is
 * denied on *delivery* alone. DeleteDeliverySource is listed on delivery-destination in AWS's authorization reference
 * and on delivery-source in its documentation: both are covered.
 */
export function deliveryWeakening(names: Names, kinds: readonly LogKind[]): readonly WeakeningCall[] {
  const ours = { Null: { [`aws:ResourceTag/${names.tagKey}`]: "false" } };
  const named = (type: string) => kinds.map(({ kind }) => own(type, `${names.deliverySourcePrefix(kind)}*`));
  return [
    {
      how: "denied",
      actions: ["logs:DeleteDelivery", "logs:UntagResource", "logs:UpdateDeliveryConfiguration"],
      resources: [anyDelivery],
      condition: ours,
      why: "stops our delivery, drops fields from it, sends it where the archive refuses it, or takes the tag that protects it",
    },
    {
      how: "denied",
      actions: ["logs:DeleteDeliverySource", "logs:PutDeliverySource", "logs:UntagResource"],
      resources: [anySource, anyDestination],
      condition: ours,
      why: "removes or samples down the delivery source that our delivery reads, or takes the tag that protects it",
    },
    {
      how: "denied",
      actions: ["logs:DeleteDeliverySource", "logs:PutDeliverySource", "logs:UntagResource"],
      resources: [...named("delivery-source"), ...named("delivery-destination")],
      why: "takes the name of a delivery source of ours for another resource, or removes it",
    },
    {
      how: "denied",
      actions: ["logs:CreateDelivery", "logs:PutDeliverySource", "logs:TagResource"],
      resources: [anyDelivery, anySource],
      condition: { "ForAnyValue:StringEquals": { "aws:TagKeys": names.tagKey } },
      why: "passes a stranger's delivery off as ours",
    },
    {
      how: "denied",
      actions: [
        "logs:CreateDelivery",
        "logs:DeleteDeliveryDestination",
        "logs:DeleteDeliveryDestinationPolicy",
        "logs:PutDeliveryDestination",
        "logs:PutDeliveryDestinationPolicy",
      ],
      resources: destinationArns(names, kinds),
      why: "joins the archive with a crippled delivery, or re-points, closes or removes the archive's destination",
    },
    {
      how: "repaired",
      actions: ["logs:CreateDelivery", "logs:PutDeliverySource"],
      why: "whoever makes a delivery source or a delivery first may be any service's user: the source is adopted and tagged, and a delivery that crowds ours out makes room",
    },
  ];
}
