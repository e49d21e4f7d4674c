/** The organization's trail: it records, to the archive, and what it delivers arrives. Without it no enforcer hears anything. */
import { CloudTrailClient, GetTrailCommand, GetTrailStatusCommand, type GetTrailStatusResponse, type Trail } from "@aws-sdk/client-cloudtrail";
import { trailArn } from "../../../infra/documents/writers";
import { cause, type Check, type Finding } from "../check";
import { keyNameOf } from "../nodes";

export interface TrailReading {
  readonly trail: Trail | null | undefined;
  readonly status: GetTrailStatusResponse | null | undefined;
}

/** CloudTrail delivers about every five minutes, and an organization is never without a call for so long. */
const STALE_MINUTES = 6 * 60;

const DEPLOY = "pulumi up of the stack management";

export const check: Check<TrailReading> = {
  looksAt: "the organization's trail, and its last delivery",
  causes: {
    "trail-missing": { symptom: "no event reaches an enforcer, and no trail log arrives", cause: "there is no such trail" },
    "trail-stopped": { symptom: "no event reaches an enforcer (only sweeps force), and no trail log arrives", cause: "the trail's logging is stopped" },
    "trail-elsewhere": { symptom: "no trail log arrives in the archive", cause: "the trail writes to another bucket" },
    "trail-narrowed": { symptom: "trail logs of some accounts or Regions are missing", cause: "the trail is no longer of the organization, or of one Region" },
    "trail-delivery": { symptom: "no trail log arrives", cause: "CloudTrail's last delivery failed, for a reason that is none of the others" },
    "trail-stale": { symptom: "no trail log arrives", cause: "the trail records, and has delivered nothing for hours" },
  },
  // Whatever was asked for: its events wake every enforcer.
  async read({ access, config }) {
    if (config.services.trail.use === "off") return [];
    const arn = trailArn(config);
    const [, , , region = "", account = ""] = arn.split(":");
    const ask = <T>(action: string, work: (client: CloudTrailClient) => Promise<T>) => access.attempt({ account, region }, action, (entered) => work(entered.client(CloudTrailClient, region)), ["TrailNotFoundException"]);
    const [trail, status] = await Promise.all([
      ask("cloudtrail:GetTrail", async (client) => (await client.send(new GetTrailCommand({ Name: arn }))).Trail ?? null),
      ask("cloudtrail:GetTrailStatus", (client) => client.send(new GetTrailStatusCommand({ Name: arn }))),
    ]);
    return [{ trail, status }];
  },
  judge({ trail, status }, { config, names, now }) {
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
    if (trail && (trail.IsOrganizationTrail !== true || trail.IsMultiRegionTrail !== true))
      findings.push(cause("trail-narrowed", arn, where, `organization: ${trail.IsOrganizationTrail ?? false}, all Regions: ${trail.IsMultiRegionTrail ?? false}`, mend(`update-trail --name ${arn} --is-organization-trail --is-multi-region-trail`)));
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
