/**
 * A small archive of samples: every kind of log under the keys and in the format of its service, with rows that each named
 * query has to find (planted.ts) and, beside them, rows that it must not. Tests write it on disk, and the lab has each service
 * deliver its own into the buckets.
 */
import { gzipSync } from "node:zlib";
import { namesFor } from "../../infra/names";
import { dayFrom, type Ground } from "./ground";
import { flow, flowLogFile, lookup } from "./network";
import { call, configFile, configItem, finding, sessionOf, trailFile } from "./recorders";
import { albJson, albText, balancerTest, clbText, cloudFront, connectionJson, connectionText, nlbJson, nlbText, s3Json, storeAccess } from "./requests";

/** Whose requests and packets are asked for. */
export const suspect = "203.0.113.9";
export const denied = { errorCode: "Client.UnauthorizedOperation", errorMessage: "You are not authorized: explicit deny in a service control policy" };
/** Where logs lie that are no secret to their writer: an object whose reading is recorded. */
export const readKey = (account: string, name: string) => `AWSLogs/${account}/vpcflowlogs/${name}.log.gz`;

type Files = Readonly<Record<string, string>>;

/** The names of a ground, and its days as keys have them. */
function placesOf(ground: Ground) {
  const { config, region } = ground;
  const { homeRegion: home, logBucket, accounts } = namesFor(config);
  const [before, day, after] = [-1, 0, 1].map((days) => dayFrom(ground, days).replaceAll("-", "/")) as [string, string, string];
  return { home, before, day, after, archive: accounts.logArchive, kms: (at: string) => logBucket("kms", at), sse: logBucket("sse-s3", region), audit: logBucket("audit", region) };
}

const stamp = (on: string) => `${on.replaceAll("/", "")}T0010Z`;

function trailFiles(ground: Ground): Files {
  const { config, account, other, region } = ground;
  const { home, before, day, archive, kms } = placesOf(ground);
  const key = (of: string, at: string, on: string, part: string) =>
    `${kms(home)}/AWSLogs/${config.organizationId}/${of}/CloudTrail/${at}/${on}/${of}_CloudTrail_${at}_${stamp(on)}_${part}.json.gz`;
  const ann = sessionOf(ground, account, "developer", "ann");
  const enforcer = sessionOf(ground, account, "fall/enforcer-vpc", "fall-enforcer-vpc");
  const administrator = sessionOf(ground, archive, "fall/LogArchive-Administrator", "ann", { sourceIdentity: "ann@example.com" });
  const root = { type: "Root", principalId: other, arn: `arn:aws:iam::${other}:root`, accountId: other };
  const become = (role: string, who: object) => call(ground, "00:20:00", "sts", "AssumeRole", who as never, { roleArn: role, roleSessionName: "ann" }, { readOnly: true });
  return {
    [key(account, region, day, "a")]: trailFile(
      call(ground, "00:10:00", "ec2", "DeleteFlowLogs", ann, { DeleteFlowLogsRequest: { FlowLogId: "fl-1" } }, denied),
      call(ground, "00:11:00", "ec2", "DeleteFlowLogs", ann, { DeleteFlowLogsRequest: { FlowLogId: "fl-2" } }, denied),
      // The enforcer mends with the same call, and these tags are not ours.
      call(ground, "00:12:00", "ec2", "DeleteFlowLogs", enforcer, { DeleteFlowLogsRequest: { FlowLogId: "fl-3" } }),
      call(ground, "00:13:00", "ec2", "CreateTags", ann, { tagSet: { items: [{ key: "team", value: "web" }] } }),
      call(ground, "00:14:00", "ec2", "DeleteTags", ann, { tagSet: { items: [{ key: "fall-log" }] } }),
      call(ground, "00:15:00", "ec2", "DescribeInstances", ann, null, { readOnly: true }),
      become(`arn:aws:iam::${account}:role/LogArchive-Administrator`, ann),
    ),
    [key(other, home, day, "b")]: trailFile(
      call(ground, "00:30:00", "cloudtrail", "StopLogging", root, { name: "fall-organization-trail" }, { awsRegion: home, recipientAccountId: other }),
      call(ground, "00:31:00", "s3", "GetObject", { type: "AWSService", invokedBy: "config.amazonaws.com" }, { bucketName: "b" }, { errorCode: "AccessDenied" }),
    ),
    [key(archive, home, day, "c")]: trailFile(
      become(`arn:aws:iam::${archive}:role/fall/LogArchive-Administrator`, { ...ann, sessionContext: { sourceIdentity: "ann@example.com" } }),
      call(ground, "00:21:00", "s3", "PutBucketPolicy", administrator, { bucketName: kms(home) }, { awsRegion: home }),
    ),
    [key(account, region, before, "d")]: trailFile(call({ ...ground, day: dayFrom(ground, -1) }, "23:59:00", "ec2", "DeleteFlowLogs", ann, null, denied)),
  };
}

function networkFiles(ground: Ground): Files {
  const { account, other, region } = ground;
  const { before, day, after, kms } = placesOf(ground);
  const tomorrow = { ...ground, day: dayFrom(ground, 1) };
  const flows = (of: string, on: string) => `${kms(region)}/AWSLogs/${of}/vpcflowlogs/${region}/${on}/${of}_vpcflowlogs_${region}_fl-1234abcd_${stamp(on)}_fe123456.log.gz`;
  const lookups = (vpc: string, on: string) => `${kms(region)}/AWSLogs/${account}/vpcdnsquerylogs/${vpc}/${on}/${vpc}_vpcdnsquerylogs_${account}_${stamp(on)}_71584702.log.gz`;
  const out = { srcaddr: "172.31.16.139", dstaddr: suspect, "pkt-srcaddr": "172.31.16.139", "pkt-dstaddr": suspect, srcport: "40000", dstport: "443", "flow-direction": "egress", "traffic-path": "8" };
  return {
    [flows(account, day)]: flowLogFile(
      flow(ground, { ...out, bytes: "1000", packets: "10" }),
      flow(ground, { ...out, bytes: "2000", packets: "20" }, 1),
      flow(ground, { bytes: "500", packets: "5", "pkt-srcaddr": "10.20.33.164" }),
      flow(ground, { "interface-id": "eni-0fffffffffffffff0", srcaddr: suspect, "pkt-srcaddr": suspect, action: "REJECT", bytes: "40", packets: "1" }),
      flow(ground, {}, 0, true),
    ),
    [flows(account, after)]: flowLogFile(flow(tomorrow, { ...out, bytes: "9999" })),
    [flows(other, day)]: flowLogFile(flow({ ...ground, account: other }, { "interface-id": "eni-0eeeeeeeeeeeeeee0" })),
    [lookups("vpc-0abcdef0123456789", day)]: [
      lookup(ground, { vpc_id: "vpc-0abcdef0123456789", query_name: "evil.example.net." }),
      lookup(ground, { vpc_id: "vpc-0abcdef0123456789", query_name: "c2.Evil.example.net.", query_timestamp: `${ground.day}T00:11:00Z`, rcode: "NXDOMAIN", firewall_rule_action: "BLOCK" }),
      lookup(ground, { vpc_id: "vpc-0abcdef0123456789", query_name: "evil.example.net.", query_timestamp: `${ground.day}T00:12:00Z`, srcaddr: "10.5.0.122" }),
    ].join("\n"),
    [lookups("vpc-0fffffffffffffff0", day)]: lookup(ground, { vpc_id: "vpc-0fffffffffffffff0", query_name: "notevil.example.net." }),
    [lookups("vpc-0abcdef0123456789", before)]: lookup({ ...ground, day: dayFrom(ground, -1) }, { vpc_id: "vpc-0abcdef0123456789", query_name: "evil.example.net." }),
  };
}

function requestFiles(ground: Ground): Files {
  const { config, account, region } = ground;
  const { home, before, day, archive, kms, sse, audit } = placesOf(ground);
  const text = config.sources.alb!.via === "switch";
  const bucket = text ? sse : kms(region);
  const balancer = (at: string, on: string, id: string) => `${at}/AWSLogs/${account}/elasticloadbalancing/${region}/${on}/${account}_elasticloadbalancing_${region}_${id}_${stamp(on)}_172.160.001.192_20sg8hgm.log`;
  const asked = (minute: number, url: string, status = "200", address = suspect, on = ground.day) => ({ at: `${on}T00:${minute}:00.186641Z`, address, url, status });
  const [alb, connection] = text ? [albText, connectionText] : [albJson, connectionJson];
  const nlb = config.sources.nlb!.via === "switch" ? nlbText : nlbJson;
  const refused = "Failed:ClientCertMaxChainDepthExceeded";
  const store = kms(region);
  const reader = `arn:aws:sts::${archive}:assumed-role/LogsReadOnlyFrequencyRole/ann`;
  return {
    [`${balancer(bucket, day, "app.my-loadbalancer.50dc6c495c0c9188")}.gz`]: [
      alb(asked(10, "https://www.example.com:443/?q='%22", "403")),
      alb(asked(11, "https://www.example.com:443/", "200", "192.0.2.4")),
      alb(asked(12, "https://www.example.com:443/six", "200", "2001:db8::9")),
    ].join("\n"),
    [`${balancer(bucket, before, "app.my-loadbalancer.50dc6c495c0c9188")}.gz`]: alb(asked(10, "https://www.example.com:443/", "200", suspect, dayFrom(ground, -1))),
    [`${balancer(bucket, day, "conn_log.my-loadbalancer")}.gz`]: [
      connection({ at: `${ground.day}T00:10:15.514108Z`, address: suspect, verified: refused }),
      connection({ at: `${ground.day}T00:11:15.514108Z`, address: suspect, verified: refused }),
      connection({ at: `${ground.day}T00:12:15.514108Z`, address: "192.0.2.4", verified: "Success" }),
    ].join("\n"),
    // A Network Load Balancer's switch writes as the log delivery service, into the other class of bucket.
    [`${balancer(kms(region), day, "net.my-network-loadbalancer.c6e77e28c25b2234")}.gz`]: [nlb(`${ground.day}T00:13:00`, suspect), nlb(`${ground.day}T00:13:30`, "192.0.2.4")].join("\n"),
    [balancer(sse, day, "my-loadbalancer")]: [clbText(asked(14, "https://classic.example.com:443/")), clbText(asked(15, "https://classic.example.com:443/", "200", "192.0.2.4"))].join("\n"),
    [`${sse}/AWSLogs/${account}/ELBAccessLogTestFile`]: balancerTest,
    [`${kms(home)}/AWSLogs/${account}/CloudFront/EMLARXS9EXAMPLE.${ground.day}-00.RT4KCN4SGK9.gz`]: [
      cloudFront({ at: `${ground.day}T00:16:00Z`, address: suspect, url: "/index.html", status: "304" }),
      cloudFront({ at: `${ground.day}T00:16:30Z`, address: "192.0.2.4", url: "/index.html", status: "200" }),
    ].join("\n"),
    [`${kms(region)}/AWSLogs/${account}/S3/${region}/amzn-s3-demo-bucket/${day}/${stamp(day)}_1a2b3c4d.log.gz`]: [
      s3Json(ground, { at: `${ground.day}T00:17:00.123Z`, address: suspect, url: "secret/key", status: "403" }),
      s3Json(ground, { at: `${ground.day}T00:17:30.123Z`, address: "192.0.2.4", url: "index.html", status: "200" }),
    ].join("\n"),
    [`${audit}/access/${archive}/${region}/${store}/${day}/${ground.day}-00-00-00-0123456789ABCDEF`]: [
      storeAccess(ground, store, reader, "198.51.100.7", "REST.GET.OBJECT", readKey(account, "a"), "200"),
      storeAccess(ground, store, reader, "198.51.100.7", "REST.GET.OBJECT", readKey(account, "b"), "200"),
      storeAccess(ground, store, "-", suspect, "REST.GET.OBJECT", readKey(account, "a"), "403", "AccessDenied"),
      storeAccess(ground, store, "svc:delivery.logs.amazonaws.com", "-", "REST.PUT.OBJECT", readKey(account, "a"), "200"),
    ].join("\n"),
  };
}

function recorderFiles(ground: Ground): Files {
  const { account, region } = ground;
  const { day, kms, sse } = placesOf(ground);
  const [year, month, date] = day.split("/").map(Number);
  const recorded = `${day.replaceAll("/", "")}T001000Z_${day.replaceAll("/", "")}T002000Z`;
  return {
    // The day without leading zeros, as AWS Config writes it.
    [`${sse}/config/AWSLogs/${account}/Config/${region}/${year}/${month}/${date}/ConfigHistory/${account}_Config_${region}_ConfigHistory_AWS::EC2::SecurityGroup_${recorded}_1.json.gz`]: configFile(
      configItem(ground, "00:10:00", "sg-0a1b2c3d", "OK", { ipPermissions: [] }),
      configItem(ground, "00:20:00", "sg-0a1b2c3d", "OK", { ipPermissions: [{ ipRanges: ["0.0.0.0/0"] }] }),
      configItem(ground, "00:20:00", "sg-0ffffffff", "ResourceDeleted", {}),
    ),
    [`${kms(region)}/guardduty/AWSLogs/${account}/GuardDuty/${region}/${day}/2b2a1c1e.jsonl.gz`]: [
      finding(ground, "f1", "00:10:00", 5, 1),
      finding(ground, "f1", "01:10:00", 5, 2),
      finding(ground, "f2", "00:10:00", 2, 1),
    ].join("\n"),
  };
}

/** An object of the archive, as it lies there: compressed where its key says so. */
export interface SampleObject {
  readonly bucket: string;
  readonly key: string;
  readonly body: Buffer;
}

export function sampleObjects(ground: Ground): readonly SampleObject[] {
  const files = { ...trailFiles(ground), ...networkFiles(ground), ...requestFiles(ground), ...recorderFiles(ground) };
  return Object.entries(files).map(([path, content]) => {
    const [bucket = "", ...key] = path.split("/");
    return { bucket, key: key.join("/"), body: path.endsWith(".gz") ? gzipSync(content) : Buffer.from(content) };
  });
}
