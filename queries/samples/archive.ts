/**
 * A small archive on disk for tests: every kind of log under the keys and in the format of its service, with rows that each
 * named query has to find and, beside them, rows that it must not.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { flow, flowLogFile, lookup } from "./network";
import { call, configFile, configItem, finding, sessionOf, trailFile } from "./recorders";
import { albJson, albText, balancerTest, clbText, cloudFront, connectionJson, connectionText, nlbJson, nlbText, s3Json, storeAccess } from "./requests";

export const ACCOUNT = "444444444444";
export const OTHER = "555555555555";
/** 2026-09-29, the day of what is planted; the day before and after hold what is not asked for. */
export const DAY = "2026-09-29";
const [before, day, after] = ["2026/09/28", "2026/09/29", "2026/09/30"] as const;
const home = "us-east-1";
const region = "eu-central-1";
const kms = (at: string) => `aws-fall-log-storage-222222222222-${at}`;
const sse = (at: string) => `aws-fall-log-storage-s3-222222222222-${at}`;
const audit = `aws-fall-log-storage-audit-222222222222-${region}`;
const suspect = "203.0.113.9";

const ann = sessionOf(ACCOUNT, "developer", "ann");
const enforcer = sessionOf(ACCOUNT, "fall/enforcer-vpc", "fall-enforcer-vpc");
const administrator = sessionOf("222222222222", "fall/LogArchive-Administrator", "ann", { sourceIdentity: "ann@example.com" });
const root = { type: "Root", principalId: OTHER, arn: `arn:aws:iam::${OTHER}:root`, accountId: OTHER };
const denied = { errorCode: "Client.UnauthorizedOperation", errorMessage: "You are not authorized: explicit deny in a service control policy" };

function trailFiles(): Readonly<Record<string, string>> {
  const key = (account: string, at: string, on: string, part: string) =>
    `${kms(home)}/AWSLogs/o-exampleorgid/${account}/CloudTrail/${at}/${on}/${account}_CloudTrail_${at}_${on.replaceAll("/", "")}T0010Z_${part}.json.gz`;
  const become = (role: string, who: object, more = {}) =>
    call(`${DAY}T00:20:00Z`, "sts", "AssumeRole", who as never, { roleArn: role, roleSessionName: "ann" }, { readOnly: true, ...more });
  return {
    [key(ACCOUNT, region, day, "a")]: trailFile(
      call(`${DAY}T00:10:00Z`, "ec2", "DeleteFlowLogs", ann, { DeleteFlowLogsRequest: { FlowLogId: "fl-1" } }, denied),
      call(`${DAY}T00:11:00Z`, "ec2", "DeleteFlowLogs", ann, { DeleteFlowLogsRequest: { FlowLogId: "fl-2" } }, denied),
      // The enforcer mends with the same call, and these tags are not ours.
      call(`${DAY}T00:12:00Z`, "ec2", "DeleteFlowLogs", enforcer, { DeleteFlowLogsRequest: { FlowLogId: "fl-3" } }),
      call(`${DAY}T00:13:00Z`, "ec2", "CreateTags", ann, { tagSet: { items: [{ key: "team", value: "web" }] } }),
      call(`${DAY}T00:14:00Z`, "ec2", "DeleteTags", ann, { tagSet: { items: [{ key: "fall-log" }] } }),
      call(`${DAY}T00:15:00Z`, "ec2", "DescribeInstances", ann, null, { readOnly: true }),
      become("arn:aws:iam::444444444444:role/LogArchive-Administrator", ann),
    ),
    [key(OTHER, home, day, "b")]: trailFile(
      call(`${DAY}T00:30:00Z`, "cloudtrail", "StopLogging", root, { name: "fall-organization-trail" }, { awsRegion: home, recipientAccountId: OTHER }),
      call(`${DAY}T00:31:00Z`, "s3", "GetObject", { type: "AWSService", invokedBy: "config.amazonaws.com" }, { bucketName: "b" }, { errorCode: "AccessDenied" }),
    ),
    [key("222222222222", home, day, "c")]: trailFile(
      become("arn:aws:iam::222222222222:role/fall/LogArchive-Administrator", { ...ann, sessionContext: { sourceIdentity: "ann@example.com" } }),
      call(`${DAY}T00:21:00Z`, "s3", "PutBucketPolicy", administrator, { bucketName: kms(home) }, { awsRegion: home }),
    ),
    [key(ACCOUNT, region, before, "d")]: trailFile(call("2026-09-28T23:59:00Z", "ec2", "DeleteFlowLogs", ann, null, denied)),
  };
}

function networkFiles(): Readonly<Record<string, string>> {
  const flows = (on: string) => `${kms(region)}/AWSLogs/${ACCOUNT}/vpcflowlogs/${region}/${on}/${ACCOUNT}_vpcflowlogs_${region}_fl-1234abcd_${on.replaceAll("/", "")}T0010Z_fe123456.log.gz`;
  const lookups = (vpc: string, on: string) => `${kms(region)}/AWSLogs/${ACCOUNT}/vpcdnsquerylogs/${vpc}/${on}/${vpc}_vpcdnsquerylogs_${ACCOUNT}_${on.replaceAll("/", "")}T0010Z_71584702.log.gz`;
  const out = { srcaddr: "172.31.16.139", dstaddr: suspect, "pkt-srcaddr": "172.31.16.139", "pkt-dstaddr": suspect, srcport: "40000", dstport: "443", "flow-direction": "egress", "traffic-path": "8" };
  return {
    [flows(day)]: flowLogFile(
      flow({ ...out, bytes: "1000", packets: "10" }),
      flow({ ...out, bytes: "2000", packets: "20", start: "1790640060", end: "1790640120" }),
      flow({ bytes: "500", packets: "5", "pkt-srcaddr": "10.20.33.164" }),
      flow({ "interface-id": "eni-0fffffffffffffff0", srcaddr: suspect, "pkt-srcaddr": suspect, action: "REJECT", bytes: "40", packets: "1" }),
      flow({}, true),
    ),
    [flows(after)]: flowLogFile(flow({ ...out, bytes: "9999" })),
    [lookups("vpc-0abcdef0123456789", day)]: [
      lookup({ vpc_id: "vpc-0abcdef0123456789", query_name: "evil.example.net." }),
      lookup({ vpc_id: "vpc-0abcdef0123456789", query_name: "c2.Evil.example.net.", query_timestamp: `${DAY}T00:11:00Z`, rcode: "NXDOMAIN", firewall_rule_action: "BLOCK" }),
      lookup({ vpc_id: "vpc-0abcdef0123456789", query_name: "evil.example.net.", query_timestamp: `${DAY}T00:12:00Z`, srcaddr: "10.5.0.122" }),
    ].join("\n"),
    [lookups("vpc-0fffffffffffffff0", day)]: lookup({ vpc_id: "vpc-0fffffffffffffff0", query_name: "notevil.example.net." }),
    [lookups("vpc-0abcdef0123456789", before)]: lookup({ vpc_id: "vpc-0abcdef0123456789", query_name: "evil.example.net.", query_timestamp: "2026-09-28T10:00:00Z" }),
  };
}

/** @param text whether load balancers log by the switch */
function requestFiles(text: boolean): Readonly<Record<string, string>> {
  const bucket = text ? sse(region) : kms(region);
  const balancer = (at: string, on: string, id: string) => `${at}/AWSLogs/${ACCOUNT}/elasticloadbalancing/${region}/${on}/${ACCOUNT}_elasticloadbalancing_${region}_${id}_${on.replaceAll("/", "")}T0010Z_172.160.001.192_20sg8hgm.log`;
  const asked = (minute: number, url: string, status = "200", address = suspect, on = DAY) => ({ at: `${on}T00:${minute}:00.186641Z`, address, url, status });
  const [alb, connection] = text ? [albText, connectionText] : [albJson, connectionJson];
  const nlb = text ? nlbText : nlbJson;
  const refused = "Failed:ClientCertMaxChainDepthExceeded";
  return {
    [`${balancer(bucket, day, "app.my-loadbalancer.50dc6c495c0c9188")}.gz`]: [
      alb(asked(10, "https://www.example.com:443/?q='%22", "403")),
      alb(asked(11, "https://www.example.com:443/", "200", "192.0.2.4")),
      alb(asked(12, "https://www.example.com:443/six", "200", "2001:db8::9")),
    ].join("\n"),
    [`${balancer(bucket, before, "app.my-loadbalancer.50dc6c495c0c9188")}.gz`]: alb(asked(10, "https://www.example.com:443/", "200", suspect, "2026-09-28")),
    [`${balancer(bucket, day, "conn_log.my-loadbalancer")}.gz`]: [
      connection({ at: `${DAY}T00:10:15.514108Z`, address: suspect, verified: refused }),
      connection({ at: `${DAY}T00:11:15.514108Z`, address: suspect, verified: refused }),
      connection({ at: `${DAY}T00:12:15.514108Z`, address: "192.0.2.4", verified: "Success" }),
    ].join("\n"),
    // A Network Load Balancer's switch writes as the log delivery service, into the other class of bucket.
    [`${balancer(kms(region), day, "net.my-network-loadbalancer.c6e77e28c25b2234")}.gz`]: [nlb(`${DAY}T00:13:00`, suspect), nlb(`${DAY}T00:13:30`, "192.0.2.4")].join("\n"),
    [balancer(sse(region), day, "my-loadbalancer")]: [clbText(asked(14, "https://classic.example.com:443/")), clbText(asked(15, "https://classic.example.com:443/", "200", "192.0.2.4"))].join("\n"),
    [`${sse(region)}/AWSLogs/${ACCOUNT}/ELBAccessLogTestFile`]: balancerTest,
    [`${kms(home)}/AWSLogs/${ACCOUNT}/CloudFront/EMLARXS9EXAMPLE.${DAY}-00.RT4KCN4SGK9.gz`]: [
      cloudFront({ at: `${DAY}T00:16:00Z`, address: suspect, url: "/index.html", status: "304" }),
      cloudFront({ at: `${DAY}T00:16:30Z`, address: "192.0.2.4", url: "/index.html", status: "200" }),
    ].join("\n"),
    [`${kms(region)}/AWSLogs/${ACCOUNT}/S3/${region}/amzn-s3-demo-bucket/${day}/20260929T0010Z_1a2b3c4d.log.gz`]: [
      s3Json({ at: `${DAY}T00:17:00.123Z`, address: suspect, url: "secret/key", status: "403" }),
      s3Json({ at: `${DAY}T00:17:30.123Z`, address: "192.0.2.4", url: "index.html", status: "200" }),
    ].join("\n"),
    [`${audit}/access/222222222222/${region}/${kms(region)}/${day}/2026-09-29-00-00-00-0123456789ABCDEF`]: [
      storeAccess("29/Sep/2026", "arn:aws:sts::222222222222:assumed-role/LogsReadOnlyFrequencyRole/ann", "198.51.100.7", "REST.GET.OBJECT", "AWSLogs/444444444444/vpcflowlogs/a.log.gz", "200"),
      storeAccess("29/Sep/2026", "arn:aws:sts::222222222222:assumed-role/LogsReadOnlyFrequencyRole/ann", "198.51.100.7", "REST.GET.OBJECT", "AWSLogs/444444444444/vpcflowlogs/b.log.gz", "200"),
      storeAccess("29/Sep/2026", "-", suspect, "REST.GET.OBJECT", "AWSLogs/444444444444/vpcflowlogs/a.log.gz", "403", "AccessDenied"),
      storeAccess("29/Sep/2026", "svc:delivery.logs.amazonaws.com", "-", "REST.PUT.OBJECT", "AWSLogs/444444444444/vpcflowlogs/a.log.gz", "200"),
    ].join("\n"),
  };
}

function recorderFiles(): Readonly<Record<string, string>> {
  return {
    [`${sse(region)}/config/AWSLogs/${ACCOUNT}/Config/${region}/2026/9/29/ConfigHistory/${ACCOUNT}_Config_${region}_ConfigHistory_AWS::EC2::SecurityGroup_20260929T001000Z_20260929T002000Z_1.json.gz`]: configFile(
      configItem(`${DAY}T00:10:00.000Z`, "sg-0a1b2c3d", "OK", { ipPermissions: [] }),
      configItem(`${DAY}T00:20:00.000Z`, "sg-0a1b2c3d", "OK", { ipPermissions: [{ ipRanges: ["0.0.0.0/0"] }] }),
      configItem(`${DAY}T00:20:00.000Z`, "sg-0ffffffff", "ResourceDeleted", {}),
    ),
    [`${kms(region)}/guardduty/AWSLogs/${ACCOUNT}/GuardDuty/${region}/${day}/2b2a1c1e.jsonl.gz`]: [
      finding("f1", `${DAY}T00:10:00.000Z`, 5, 1),
      finding("f1", `${DAY}T01:10:00.000Z`, 5, 2),
      finding("f2", `${DAY}T00:10:00.000Z`, 2, 1),
    ].join("\n"),
  };
}

/** Writes the archive below a folder, a bucket a folder. @param text whether load balancers log by the switch */
export function writeArchive(folder: string, text = false): void {
  const files = { ...trailFiles(), ...networkFiles(), ...requestFiles(text), ...recorderFiles() };
  for (const [key, content] of Object.entries(files)) {
    const path = join(folder, key);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, key.endsWith(".gz") ? gzipSync(content) : content);
  }
}
