/**
 * Whatever is told beside outcomes and refusals, raised once each: what is done in the archive's account, the calls in the
 * management account that no control policy binds, and alarms. What the lab would not survive (an organization that is
 * deleted), and what moto never does (an alarm that goes off), is put where AWS would put it: on the account's default bus.
 */
import { randomUUID } from "node:crypto";
import { CloudTrailClient, StartLoggingCommand, StopLoggingCommand } from "@aws-sdk/client-cloudtrail";
import { CloudWatchLogsClient, CreateLogGroupCommand, DeleteLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DeregisterDelegatedAdministratorCommand, OrganizationsClient, RegisterDelegatedAdministratorCommand } from "@aws-sdk/client-organizations";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { watchedCalls } from "../../infra/documents/watched-calls";
import type { CloudTrailEvent } from "../proxy";
import type { CheckRow } from "../report/report";
import type { Lab } from "./start";
import { sentRows } from "./status-rows";

/** Milliseconds in which people have to hear of it. */
const MINUTE = 60_000;

/** By calls that are made: what one post has to hold. */
async function done(lab: Lab): Promise<Readonly<Record<string, readonly string[]>>> {
  const { organization, callers, proxy, world } = lab;
  const { names } = world;
  const { management, logArchive, delegated } = organization;
  const region = names.homeRegion;
  const next = () => lab.runtime.idle();
  const logs = (who: typeof logArchive.admin) => callers(who, region).client(CloudWatchLogsClient);
  const groups = { admin: `/lab/${randomUUID()}`, root: `/lab/${randomUUID()}` };
  for (const who of ["admin", "root"] as const) {
    await logs(logArchive[who]).send(new CreateLogGroupCommand({ logGroupName: groups[who] }));
    await logs(logArchive[who]).send(new DeleteLogGroupCommand({ logGroupName: groups[who] }));
    await next();
  }
  const withMfa = { account: management.id, credentials: proxy.registry.saying(management.user.credentials, { "aws:MultiFactorAuthPresent": "true" }) };
  const administrator = names.roleArn(names.roleName.administrator, logArchive.id);
  await callers(withMfa, region).client(STSClient).send(new AssumeRoleCommand({ RoleArn: administrator, RoleSessionName: "alerts" }));
  await next();
  const trail = callers(management.admin, region).client(CloudTrailClient);
  await trail.send(new StopLoggingCommand({ Name: names.trail }));
  await trail.send(new StartLoggingCommand({ Name: names.trail }));
  await next();
  const organizations = callers(management.admin).client(OrganizationsClient);
  const administering = { AccountId: delegated.id, ServicePrincipal: "macie.amazonaws.com" };
  await organizations.send(new RegisterDelegatedAdministratorCommand(administering));
  await organizations.send(new DeregisterDelegatedAdministratorCommand(administering));
  await next();
  const by = (who: string, account: string) => `arn:aws:sts::${account}:assumed-role/${who}/`;
  return {
    "a role that writes in the archive's account": ["logs:CreateLogGroup", by("admin", logArchive.id), logArchive.id],
    "the root user of the archive's account": ["logs:CreateLogGroup", `arn:aws:iam::${logArchive.id}:root`],
    "becoming the archive's administrator": ["sts:AssumeRole", administrator, `arn:aws:iam::${management.id}:user/operator`],
    "a trail that is stopped": ["cloudtrail:StopLogging", by("admin", management.id)],
    "a delegated administrator": ["organizations:RegisterDelegatedAdministrator", by("admin", management.id)],
    "a delegated administrator no more": ["organizations:DeregisterDelegatedAdministrator", by("admin", management.id)],
  };
}

const recorded = (account: string, region: string, eventSource: string, eventName: string): CloudTrailEvent => {
  const id = randomUUID();
  const time = new Date().toISOString();
  const userIdentity = { type: "AssumedRole", arn: `arn:aws:sts::${account}:assumed-role/admin/lab`, accountId: account };
  return {
    version: "0", id, "detail-type": "AWS API Call via CloudTrail", source: `aws.${eventSource.split(".")[0]}`, account, time, region, resources: [],
    detail: { eventVersion: "1.11", userIdentity, eventTime: time, eventSource, eventName, awsRegion: region, eventID: id, readOnly: false, eventType: "AwsApiCall", managementEvent: true, recipientAccountId: account, eventCategory: "Management" },
  };
};

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html */
const alarm = (account: string, region: string, alarmName: string, value: "ALARM" | "OK", before: "ALARM" | "OK") => {
  const time = new Date().toISOString();
  return {
    version: "0" as const, id: randomUUID(), "detail-type": "CloudWatch Alarm State Change", source: "aws.cloudwatch", account, time, region, resources: [`arn:aws:cloudwatch:${region}:${account}:alarm:${alarmName}`],
    detail: { alarmName, state: { value, reason: "in the lab", timestamp: time }, previousState: { value: before } },
  };
};

/** @returns a check for each kind of alert, told at every webhook within the minute */
export async function alerts(lab: Lab): Promise<readonly CheckRow[]> {
  const { world, receivers, runtime, organization } = lab;
  const { names, regions, members } = world;
  const made = await done(lab);
  const management = organization.management.id;
  const now = () => Date.now() + runtime.clock.ahead;
  const start = now();
  const calls = watchedCalls.flatMap(({ eventSource, eventNames }) => eventNames.map((name) => recorded(management, names.homeRegion, eventSource, name)));
  // A trail is changed in its home Region, a recorder in each.
  const elsewhere = watchedCalls.filter(({ eventSource }) => eventSource === "config.amazonaws.com").flatMap(({ eventSource, eventNames }) => eventNames.map((name) => recorded(management, regions.at(-1) ?? names.homeRegion, eventSource, name)));
  const alarms = [members[0] ?? management, organization.delegated.id].flatMap((account) => [alarm(account, names.homeRegion, names.deadLetterAlarm, "ALARM", "OK"), alarm(account, names.homeRegion, names.deadLetterAlarm, "OK", "ALARM")]);
  for (const event of [...calls, ...elsewhere, ...alarms]) runtime.onEvent(event);
  await runtime.idle();
  const seconds = (now() - start) / 1_000;
  const sent = await sentRows(lab);
  /** The webhooks that were not told of it. */
  const missing = (id: string) => receivers.filter(({ name }) => !sent.some((key) => key.includes(id) && key.includes(name))).map(({ name }) => name);
  const untold = (events: readonly { readonly id: string; readonly what: string }[]) => events.flatMap(({ id, what }) => missing(id).map((webhook) => `${what} to ${webhook}`));
  const row = (name: string, events: readonly { readonly id: string; readonly what: string }[]): CheckRow => {
    const lost = untold(events);
    return { name, ok: lost.length === 0 && seconds * 1_000 < MINUTE, detail: lost.slice(0, 5).join(", ") || `${events.length} at ${receivers.length} webhooks within ${seconds.toFixed(1)} s` };
  };
  const named = (events: readonly CloudTrailEvent[]) => events.map(({ id, detail, region }) => ({ id, what: `${detail.eventSource} ${detail.eventName} in ${region}` }));
  return [
    ...Object.entries(made).map(([what, parts]): CheckRow => {
      const deaf = receivers.filter(({ received }) => !received.some((post) => parts.every((part) => JSON.stringify(post).includes(part)))).map(({ name }) => name);
      return { name: `${what} reaches people`, ok: deaf.length === 0, detail: deaf.length === 0 ? "told to each" : `not by ${deaf.join(", ")}` };
    }),
    row("every call in the management account that no policy binds reaches people", [...named(calls), ...named(elsewhere)]),
    row("alarms reach people, and that they are over", alarms.map(({ detail, resources: [arn] }) => ({ id: `alarm#${arn}#${detail.state.value}`, what: `${detail.state.value} of ${arn}` }))),
  ];
}
