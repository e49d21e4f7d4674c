/** What each named query answers of the samples: exactly these rows, in this order. */
import { namesFor } from "../../infra/names";
import { denied, suspect } from "./archive";
import type { Ground } from "./ground";

const vpc = "vpc-0abcdef0123456789";

/** What is asked for, by the name of the query; the days and accounts are the caller's to give. */
export const plantedParams: Readonly<Record<string, readonly string[]>> = {
  "top-talkers": ["interface=eni-1235b8ca123456789"],
  "traffic-with-address": [`address=${suspect}`],
  "requests-by-address": [`address=${suspect}`],
  "dns-queries-by-vpc": [`vpc=${vpc}`],
  "who-looked-up": ["domain=Evil.example.net"],
  "changes-of-resource": ["resource=sg-0a1b2c3d"],
};

/** By the name of the query, asked for the ground's day. */
export function plantedRows({ config, account, other, region, day }: Ground): Readonly<Record<string, readonly object[]>> {
  const { homeRegion: home, logBucket, accounts: { logArchive: archive } } = namesFor(config);
  const annSession = `arn:aws:sts::${account}:assumed-role/developer/ann`;
  const developer = `arn:aws:iam::${account}:role/developer`;
  const looked = { account, vpc, type: "A", instance: "i-0d15cd0d3example" };
  const weakened = { account, event_region: region, principal: developer, session: annSession, address: "198.51.100.7" };
  const store = { address: "198.51.100.7", operation: "REST.GET.OBJECT", bucket: logBucket("kms", region), first: `${day}T00:00:38Z`, last: `${day}T00:00:38Z` };
  return {
    "who-turned-logging-off": [
      { time: `${day}T00:30:00Z`, account: other, event_region: home, event: "StopLogging", principal: `arn:aws:iam::${other}:root`, session: `arn:aws:iam::${other}:root`, address: "198.51.100.7", error: null, request: '{"name":"fall-organization-trail"}' },
      { time: `${day}T00:14:00Z`, event: "DeleteTags", error: null, request: '{"tagSet":{"items":[{"key":"fall-log"}]}}', ...weakened },
      { time: `${day}T00:11:00Z`, event: "DeleteFlowLogs", error: denied.errorCode, request: '{"DeleteFlowLogsRequest":{"FlowLogId":"fl-2"}}', ...weakened },
      { time: `${day}T00:10:00Z`, event: "DeleteFlowLogs", error: denied.errorCode, request: '{"DeleteFlowLogsRequest":{"FlowLogId":"fl-1"}}', ...weakened },
    ],
    "who-assumed-break-glass": [
      { time: `${day}T00:20:00Z`, account: archive, role: "LogArchive-Administrator", principal: annSession, session: annSession, source_identity: "ann@example.com", address: "198.51.100.7", error: null, session_name: "ann" },
    ],
    "what-break-glass-did": [
      {
        time: `${day}T00:21:00Z`, account: archive, event_region: home, service: "s3.amazonaws.com", event: "PutBucketPolicy",
        session: `arn:aws:sts::${archive}:assumed-role/LogArchive-Administrator/ann`, source_identity: "ann@example.com", address: "198.51.100.7", error: null,
        request: JSON.stringify({ bucketName: logBucket("kms", home) }),
      },
    ],
    "failed-calls-by-principal": [
      { principal: developer, service: "ec2.amazonaws.com", event: "DeleteFlowLogs", error: denied.errorCode, calls: 2, first: `${day}T00:10:00Z`, last: `${day}T00:11:00Z`, accounts: account, addresses: "198.51.100.7" },
      { principal: "config.amazonaws.com", service: "s3.amazonaws.com", event: "GetObject", error: "AccessDenied", calls: 1, first: `${day}T00:31:00Z`, last: `${day}T00:31:00Z`, accounts: other, addresses: "198.51.100.7" },
    ],
    "top-talkers": [
      { direction: "egress", action: "ACCEPT", peer: suspect, peer_port: 443, protocol: 6, bytes: 3000, packets: 30, flows: 2, first: `${day}T00:00:00.000Z`, last: `${day}T00:01:00.000Z` },
      { direction: "ingress", action: "ACCEPT", peer: "10.20.33.164", peer_port: 20641, protocol: 6, bytes: 500, packets: 5, flows: 1, first: `${day}T00:00:00.000Z`, last: `${day}T00:00:00.000Z` },
    ],
    "traffic-with-address": [
      { interface: "eni-0fffffffffffffff0", direction: "ingress", action: "REJECT", bytes: 40, flows: 1, last: `${day}T00:00:00.000Z` },
      { interface: "eni-1235b8ca123456789", direction: "egress", action: "ACCEPT", bytes: 3000, flows: 2, last: `${day}T00:01:00.000Z` },
    ].map((row) => ({ account, region, vpc: "vpc-abcdefab012345678", instance: "i-01234567890123456", first: `${day}T00:00:00.000Z`, ...row })),
    "requests-by-address": [
      { time: `${day}T00:10:00.186641Z`, kind: "alb", resource: "app/my-loadbalancer/50dc6c495c0c9188", method: "GET", url: "https://www.example.com:443/?q='%22", status: 403, agent: "Mozilla/5.0 (X11; Linux x86_64)" },
      { time: `${day}T00:13:00Z`, kind: "nlb", resource: "net/my-network-loadbalancer/c6e77e28c25b2234", method: "tlsv12", url: "my-network-loadbalancer-c6e77e28c25b2234.elb.us-east-2.amazonaws.com", status: null, agent: null },
      { time: `${day}T00:14:00.186641Z`, kind: "clb", resource: "my-loadbalancer", method: "GET", url: "https://classic.example.com:443/", status: 200, agent: "curl/7.38.0" },
      { time: `${day}T00:16:00Z`, kind: "cloudfront", resource: "d111111abcdef8.cloudfront.net", method: "GET", url: "https://www.example.com/index.html", status: 304, agent: "curl/8.12.1" },
      { time: `${day}T00:17:00.123Z`, kind: "s3", resource: "amzn-s3-demo-bucket", method: "REST.GET.OBJECT", url: "secret/key", status: 403, agent: null },
    ].map((row) => ({ account, ...row })),
    "tls-refused": [
      {
        address: suspect, listener_port: 443, protocol: "TLSv1.2", cipher: "ECDHE-RSA-AES128-GCM-SHA256", verified: "Failed:ClientCertMaxChainDepthExceeded",
        subject: "CN=amazondomains.com,O=endEntity,L=Seattle,ST=Washington,C=US", connections: 2, first: `${day}T00:10:15.514108Z`, last: `${day}T00:11:15.514108Z`,
      },
    ],
    "dns-queries-by-vpc": [
      { account, vpc, name: "evil.example.net", type: "A", answer_code: "NOERROR", firewall_action: null, queries: 2, sources: 2, first: `${day}T00:10:00Z`, last: `${day}T00:12:00Z` },
      { account, vpc, name: "c2.Evil.example.net", type: "A", answer_code: "NXDOMAIN", firewall_action: "BLOCK", queries: 1, sources: 1, first: `${day}T00:11:00Z`, last: `${day}T00:11:00Z` },
    ],
    "who-looked-up": [
      { time: `${day}T00:10:00Z`, source: "10.5.0.121", name: "evil.example.net", answer_code: "NOERROR", firewall_action: null, ...looked },
      { time: `${day}T00:11:00Z`, source: "10.5.0.121", name: "c2.Evil.example.net", answer_code: "NXDOMAIN", firewall_action: "BLOCK", ...looked },
      { time: `${day}T00:12:00Z`, source: "10.5.0.122", name: "evil.example.net", answer_code: "NOERROR", firewall_action: null, ...looked },
    ],
    "who-read-the-archive": [
      { requester: `arn:aws:sts::${archive}:assumed-role/LogsReadOnlyFrequencyRole/ann`, status: 200, error: null, requests: 2, objects: 2 },
      { requester: "-", status: 403, error: "AccessDenied", requests: 1, objects: 1, address: suspect },
    ].map((row) => ({ ...store, ...row })),
    findings: [
      { finding: "f1", last: `${day}T01:10:00.000Z`, account, region, type: "Stealth:IAMUser/CloudTrailLoggingDisabled", severity: 5, title: "CloudTrail logging was disabled.", resource_type: "AccessKey", seen: 2 },
    ],
    "changes-of-resource": [
      { time: `${day}T00:20:00.000Z`, configuration: '{"ipPermissions":[{"ipRanges":["0.0.0.0/0"]}]}' },
      { time: `${day}T00:10:00.000Z`, configuration: '{"ipPermissions":[]}' },
    ].map((row) => ({ account, region, type: "AWS::EC2::SecurityGroup", id: "sg-0a1b2c3d", name: "web", status: "OK", ...row })),
  };
}
