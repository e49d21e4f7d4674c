/** The organization's trail: it records, to the archive, and what it delivers arrives. Without it no enforcer hears anything. */
import { isDeepStrictEqual } from "node:util";
import { CloudTrailClient, GetEventSelectorsCommand, GetTrailCommand, GetTrailStatusCommand, type AdvancedEventSelector, type EventSelector, type GetTrailStatusResponse, type Trail } from "@aws-sdk/client-cloudtrail";
import type { Configuration } from "../../../infra/config/configuration";
import { trailSelectors } from "../../../infra/documents/trail-selectors";
import { trailArn } from "../../../infra/documents/writers";
import { namesFor } from "../../../infra/names";
import { cause, type Check, type Finding } from "../check";
import { archiveKey, type ArchiveKey } from "../archive-key";
import { keyNameOf } from "../nodes";

export interface TrailReading {
  readonly trail: Trail | null | undefined;
  readonly status: GetTrailStatusResponse | null | undefined;
  readonly selectors: { readonly basic: readonly EventSelector[]; readonly advanced: readonly AdvancedEventSelector[] } | null | undefined;
  /** The archive's, for trails. */
  readonly key: ArchiveKey | null | undefined;
}

/** A selector's fields, however they are ordered and spelled: the deployment's `startsWiths` is AWS's `StartsWith`. */
function plain(fields: readonly object[]): readonly string[] {
  const entries = (field: object) => Object.entries(field).flatMap(([name, value]: [string, unknown]) => (Array.isArray(value) ? (value.length > 0 ? [[name, [...(value as string[])].sort()]] : []) : value === undefined ? [] : [[name, value]]));
  return fields.map((field) => JSON.stringify(entries(field).map(([name, value]) => [String(name).toLowerCase().replace(/withs$/, "with"), value]).sort())).sort();
}

/** What the trail no longer records of what wakes the enforcers or, where it is ours, of what was deployed; in words. */
function unrecorded({ basic, advanced }: NonNullable<TrailReading["selectors"]>, config: Configuration): readonly string[] {
  // API calls that write, of every service: EventBridge hears of no other.
  const whole = (field: string, values: readonly string[] = []) => field === "eventCategory" || (field === "readOnly" && !values.includes("true"));
  const wakes =
    advanced.some(({ FieldSelectors: fields = [] }) => fields.some(({ Field, Equals = [] }) => Field === "eventCategory" && Equals.includes("Management")) && fields.every(({ Field, Equals }) => whole(Field!, Equals))) ||
    basic.some(({ IncludeManagementEvents, ReadWriteType }) => IncludeManagementEvents !== false && ReadWriteType !== "ReadOnly");
  if (!wakes) return ["management events that write"];
  if (config.services.trail.use !== "create") return [];
  const there = advanced.map(({ FieldSelectors = [] }) => plain(FieldSelectors));
  return trailSelectors(config).filter(({ fieldSelectors }) => !there.some((one) => isDeepStrictEqual(one, plain(fieldSelectors)))).map(({ name }) => name);
}

/** CloudTrail delivers about every five minutes, and an organization is never without a call for so long. */
const STALE_MINUTES = 6 * 60;

const DEPLOY = "pulumi up of the stack management";

export const check: Check<TrailReading> = {
  looksAt: "the organization's trail, and its last delivery",
  causes: {
    "trail-missing": { symptom: "no event reaches an enforcer, and no trail log arrives", cause: "there is no such trail" },
    "trail-stopped": { symptom: "no event reaches an enforcer (only sweeps force), and no trail log arrives", cause: "the trail's logging is stopped" },
    "trail-elsewhere": { symptom: "no trail log arrives in the archive", cause: "the trail writes to another bucket, or to other keys in it" },
    "trail-narrowed": { symptom: "trail logs of some accounts or Regions are missing", cause: "the trail is no longer of the organization, or of one Region, or leaves out global services" },
    "trail-selectors": { symptom: "no event of some calls reaches an enforcer (only sweeps force), and trail logs are not whole", cause: "the trail's event selectors leave out what they should record" },
    "trail-key": { symptom: "no trail log arrives, or its readers can't decrypt it", cause: "the trail encrypts with another key than the archive's, or with none" },
    "trail-delivery": { symptom: "no trail log arrives", cause: "CloudTrail's last delivery failed, for a reason that is none of the others" },
    "trail-stale": { symptom: "no trail log arrives", cause: "the trail records, and has delivered nothing for hours" },
  },
  // Whatever was asked for: its events wake every enforcer.
  async read({ access, config }) {
    if (config.services.trail.use === "off") return [];
    const arn = trailArn(config);
    const [, , , region = "", account = ""] = arn.split(":");
    const ask = <T>(action: string, work: (client: CloudTrailClient) => Promise<T>) => access.attempt({ account, region }, action, (entered) => work(entered.client(CloudTrailClient, region)), ["TrailNotFoundException"]);
    const [trail, status, selectors, key] = await Promise.all([
      ask("cloudtrail:GetTrail", async (client) => (await client.send(new GetTrailCommand({ Name: arn }))).Trail ?? null),
      ask("cloudtrail:GetTrailStatus", (client) => client.send(new GetTrailStatusCommand({ Name: arn }))),
      ask("cloudtrail:GetEventSelectors", async (client) => {
        const { EventSelectors = [], AdvancedEventSelectors = [] } = await client.send(new GetEventSelectorsCommand({ TrailName: arn }));
        return { basic: EventSelectors, advanced: AdvancedEventSelectors };
      }),
      config.services.trail.use === "create" ? archiveKey({ access, config }, namesFor(config).trailKeyAlias, region) : undefined,
    ]);
    return [{ trail, status, selectors, key }];
  },
  judge({ trail, status, selectors, key }, { config, names, now }) {
    const arn = trailArn(config);
    const [, , , region = "", account = ""] = arn.split(":");
    const where = { account, region, source: "trail" };
    const create = config.services.trail.use === "create";
    if (trail === null) return [cause("trail-missing", arn, where, "there is none of this name", create ? DEPLOY : "make the trail that fall:services.trail.existing names, or name another")];
    const bucket = names.logBucket("kms", region);
    const findings: Finding[] = [];
    const mend = (what: string) => `aws cloudtrail ${what}`;
    if (trail && trail.S3BucketName !== bucket)
      findings.push(cause("trail-elsewhere", arn, where, `it writes to ${trail.S3BucketName}, and not to ${bucket}`, mend(`update-trail --name ${arn} --s3-bucket-name ${bucket}`)));
    else if (trail?.S3KeyPrefix) findings.push(cause("trail-elsewhere", arn, where, `its keys begin with ${trail.S3KeyPrefix}, under which the bucket's policy admits nothing and nobody reads`, mend(`update-trail --name ${arn} --s3-key-prefix ""`)));
    if (trail && (trail.IsOrganizationTrail !== true || trail.IsMultiRegionTrail !== true || trail.IncludeGlobalServiceEvents === false))
      findings.push(
        cause("trail-narrowed", arn, where, `organization: ${trail.IsOrganizationTrail ?? false}, all Regions: ${trail.IsMultiRegionTrail ?? false}, global services: ${trail.IncludeGlobalServiceEvents ?? true}`, mend(`update-trail --name ${arn} --is-organization-trail --is-multi-region-trail --include-global-service-events`)),
      );
    const left = selectors ? unrecorded(selectors, config) : [];
    if (left.length > 0) findings.push(cause("trail-selectors", arn, where, `not recorded: ${left.join(", ")}`, create ? DEPLOY : mend(`put-event-selectors --trail-name ${arn}, with every management event`)));
    // By its ARN, or by the alias that it was given.
    const ours = key && [key.Arn, keyNameOf(config, names.trailKeyAlias, region)];
    if (trail && ours && !ours.includes(trail.KmsKeyId)) findings.push(cause("trail-key", arn, where, `its key is ${trail.KmsKeyId ?? "none"}, and not ${key.Arn}`, mend(`update-trail --name ${arn} --kms-key-id ${key.Arn}`)));
    if (!status) return findings;
    if (status.IsLogging !== true) return [...findings, cause("trail-stopped", arn, where, `IsLogging is false${status.StopLoggingTime ? ` since ${status.StopLoggingTime.toISOString()}` : ""}`, mend(`start-logging --region ${region} --name ${arn}`))];
    const error = status.LatestDeliveryError || status.LatestDigestDeliveryError;
    const rests = [names.logBucketArn("kms", region), keyNameOf(config, names.trailKeyAlias, region)];
    if (error) findings.push(cause("trail-delivery", arn, where, `LatestDeliveryError is ${error}`, `mend what ${error} says of the bucket ${bucket} or of the trail's key`, rests));
    const last = status.LatestDeliveryTime?.getTime();
    if (!error && last !== undefined && now - last > STALE_MINUTES * 60_000)
      findings.push(cause("trail-stale", arn, where, `the last delivery was ${new Date(last).toISOString()}`, "ask AWS Support: nothing that can be read keeps CloudTrail from delivering", rests));
    return findings;
  },
};
