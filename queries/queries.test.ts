import { readdirSync } from "node:fs";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runLocally } from "../commands/query/duckdb";
import { filesIn } from "../commands/query/files";
import { readParameters } from "../commands/query/parameters";
import { asObjects } from "../commands/query/rows";
import { statementOf } from "../commands/query/statement";
import { ordinary, switched } from "../infra/documents/configurations-for-tests";
import { tablesFor } from "../infra/documents/tables";
import { namesFor } from "../infra/names";
import { queries } from ".";
import { ACCOUNT, DAY, OTHER, writeArchive } from "./samples/archive";

const folders = { delivered: mkdtempSync(join(tmpdir(), "queries-")), switched: mkdtempSync(join(tmpdir(), "queries-")) };
const configurations = { delivered: ordinary, switched };
type Way = keyof typeof folders;

beforeAll(() => {
  writeArchive(folders.delivered);
  writeArchive(folders.switched, true);
});
afterAll(() => Object.values(folders).forEach((folder) => rmSync(folder, { recursive: true })));

/** As the command does it, with every account. */
async function answered(name: string, params: readonly string[], way: Way = "delivered") {
  const config = configurations[way];
  const query = queries.find((one) => one.name === name)!;
  const all = tablesFor(config);
  const tables = all.filter((table) => query.tables.includes(table.name));
  const files = filesIn(folders[way], all, query.tables);
  const values = { ...readParameters(query, [`from=${DAY}`, `to=${DAY}`, ...params]), accounts: [...new Set(files.map(({ account }) => account))] };
  return asObjects(await runLocally(statementOf(config, query, tables, "duckdb"), values, namesFor(config).logDatabase, tables, files));
}

const developer = `arn:aws:iam::${ACCOUNT}:role/developer`;
const annSession = `arn:aws:sts::${ACCOUNT}:assumed-role/developer/ann`;
const denied = "Client.UnauthorizedOperation";
const suspect = "203.0.113.9";
const vpc = "vpc-0abcdef0123456789";
const looked = { account: ACCOUNT, vpc, type: "A", instance: "i-0d15cd0d3example" };
const weakened = { account: ACCOUNT, event_region: "eu-central-1", principal: developer, session: annSession, address: "198.51.100.7" };
const store = { address: "198.51.100.7", operation: "REST.GET.OBJECT", bucket: "aws-fall-log-storage-222222222222-eu-central-1", first: `${DAY}T00:00:38Z`, last: `${DAY}T00:00:38Z` };

/** Exactly the rows that are planted, in order. */
const planted: Readonly<Record<string, { readonly params: readonly string[]; readonly rows: readonly object[] }>> = {
  "who-turned-logging-off": {
    params: [],
    rows: [
      { time: `${DAY}T00:30:00Z`, account: OTHER, event_region: "us-east-1", event: "StopLogging", principal: `arn:aws:iam::${OTHER}:root`, session: `arn:aws:iam::${OTHER}:root`, address: "198.51.100.7", error: null, request: '{"name":"fall-organization-trail"}' },
      { time: `${DAY}T00:14:00Z`, event: "DeleteTags", error: null, request: '{"tagSet":{"items":[{"key":"fall-log"}]}}', ...weakened },
      { time: `${DAY}T00:11:00Z`, event: "DeleteFlowLogs", error: denied, request: '{"DeleteFlowLogsRequest":{"FlowLogId":"fl-2"}}', ...weakened },
      { time: `${DAY}T00:10:00Z`, event: "DeleteFlowLogs", error: denied, request: '{"DeleteFlowLogsRequest":{"FlowLogId":"fl-1"}}', ...weakened },
    ],
  },
  "who-assumed-break-glass": {
    params: [],
    rows: [
      { time: `${DAY}T00:20:00Z`, account: "222222222222", role: "LogArchive-Administrator", principal: annSession, session: annSession, source_identity: "ann@example.com", address: "198.51.100.7", error: null, session_name: "ann" },
    ],
  },
  "what-break-glass-did": {
    params: [],
    rows: [
      {
        time: `${DAY}T00:21:00Z`, account: "222222222222", event_region: "us-east-1", service: "s3.amazonaws.com", event: "PutBucketPolicy",
        session: "arn:aws:sts::222222222222:assumed-role/LogArchive-Administrator/ann", source_identity: "ann@example.com", address: "198.51.100.7", error: null,
        request: '{"bucketName":"aws-fall-log-storage-222222222222-us-east-1"}',
      },
    ],
  },
  "failed-calls-by-principal": {
    params: [],
    rows: [
      { principal: developer, service: "ec2.amazonaws.com", event: "DeleteFlowLogs", error: denied, calls: 2, first: `${DAY}T00:10:00Z`, last: `${DAY}T00:11:00Z`, accounts: ACCOUNT, addresses: "198.51.100.7" },
      { principal: "config.amazonaws.com", service: "s3.amazonaws.com", event: "GetObject", error: "AccessDenied", calls: 1, first: `${DAY}T00:31:00Z`, last: `${DAY}T00:31:00Z`, accounts: OTHER, addresses: "198.51.100.7" },
    ],
  },
  "top-talkers": {
    params: ["interface=eni-1235b8ca123456789"],
    rows: [
      { direction: "egress", action: "ACCEPT", peer: suspect, peer_port: 443, protocol: 6, bytes: 3000, packets: 30, flows: 2, first: `${DAY}T00:00:00.000Z`, last: `${DAY}T00:01:00.000Z` },
      { direction: "ingress", action: "ACCEPT", peer: "10.20.33.164", peer_port: 20641, protocol: 6, bytes: 500, packets: 5, flows: 1, first: `${DAY}T00:00:00.000Z`, last: `${DAY}T00:00:00.000Z` },
    ],
  },
  "traffic-with-address": {
    params: [`address=${suspect}`],
    rows: [
      { interface: "eni-0fffffffffffffff0", direction: "ingress", action: "REJECT", bytes: 40, flows: 1, last: `${DAY}T00:00:00.000Z` },
      { interface: "eni-1235b8ca123456789", direction: "egress", action: "ACCEPT", bytes: 3000, flows: 2, last: `${DAY}T00:01:00.000Z` },
    ].map((row) => ({ account: ACCOUNT, region: "eu-central-1", vpc: "vpc-abcdefab012345678", instance: "i-01234567890123456", first: `${DAY}T00:00:00.000Z`, ...row })),
  },
  "requests-by-address": {
    params: [`address=${suspect}`],
    rows: [
      { time: `${DAY}T00:10:00.186641Z`, kind: "alb", resource: "app/my-loadbalancer/50dc6c495c0c9188", method: "GET", url: "https://www.example.com:443/?q='%22", status: 403, agent: "Mozilla/5.0 (X11; Linux x86_64)" },
      { time: `${DAY}T00:13:00Z`, kind: "nlb", resource: "net/my-network-loadbalancer/c6e77e28c25b2234", method: "tlsv12", url: "my-network-loadbalancer-c6e77e28c25b2234.elb.us-east-2.amazonaws.com", status: null, agent: null },
      { time: `${DAY}T00:14:00.186641Z`, kind: "clb", resource: "my-loadbalancer", method: "GET", url: "https://classic.example.com:443/", status: 200, agent: "curl/7.38.0" },
      { time: `${DAY}T00:16:00Z`, kind: "cloudfront", resource: "d111111abcdef8.cloudfront.net", method: "GET", url: "https://www.example.com/index.html", status: 304, agent: "curl/8.12.1" },
      { time: `${DAY}T00:17:00.123Z`, kind: "s3", resource: "amzn-s3-demo-bucket", method: "REST.GET.OBJECT", url: "secret/key", status: 403, agent: null },
    ].map((row) => ({ account: ACCOUNT, ...row })),
  },
  "tls-refused": {
    params: [],
    rows: [
      {
        address: suspect, listener_port: 443, protocol: "TLSv1.2", cipher: "ECDHE-RSA-AES128-GCM-SHA256", verified: "Failed:ClientCertMaxChainDepthExceeded",
        subject: "CN=amazondomains.com,O=endEntity,L=Seattle,ST=Washington,C=US", connections: 2, first: `${DAY}T00:10:15.514108Z`, last: `${DAY}T00:11:15.514108Z`,
      },
    ],
  },
  "dns-queries-by-vpc": {
    params: [`vpc=${vpc}`],
    rows: [
      { account: ACCOUNT, vpc, name: "evil.example.net", type: "A", answer_code: "NOERROR", firewall_action: null, queries: 2, sources: 2, first: `${DAY}T00:10:00Z`, last: `${DAY}T00:12:00Z` },
      { account: ACCOUNT, vpc, name: "c2.Evil.example.net", type: "A", answer_code: "NXDOMAIN", firewall_action: "BLOCK", queries: 1, sources: 1, first: `${DAY}T00:11:00Z`, last: `${DAY}T00:11:00Z` },
    ],
  },
  "who-looked-up": {
    params: ["domain=Evil.example.net"],
    rows: [
      { time: `${DAY}T00:10:00Z`, source: "10.5.0.121", name: "evil.example.net", answer_code: "NOERROR", firewall_action: null, ...looked },
      { time: `${DAY}T00:11:00Z`, source: "10.5.0.121", name: "c2.Evil.example.net", answer_code: "NXDOMAIN", firewall_action: "BLOCK", ...looked },
      { time: `${DAY}T00:12:00Z`, source: "10.5.0.122", name: "evil.example.net", answer_code: "NOERROR", firewall_action: null, ...looked },
    ],
  },
  "who-read-the-archive": {
    params: [],
    rows: [
      { requester: "arn:aws:sts::222222222222:assumed-role/LogsReadOnlyFrequencyRole/ann", status: 200, error: null, requests: 2, objects: 2 },
      { requester: "-", status: 403, error: "AccessDenied", requests: 1, objects: 1, address: suspect },
    ].map((row) => ({ ...store, ...row })),
  },
  findings: {
    params: [],
    rows: [
      { finding: "f1", last: `${DAY}T01:10:00.000Z`, account: ACCOUNT, region: "eu-central-1", type: "Stealth:IAMUser/CloudTrailLoggingDisabled", severity: 5, title: "CloudTrail logging was disabled.", resource_type: "AccessKey", seen: 2 },
    ],
  },
  "changes-of-resource": {
    params: ["resource=sg-0a1b2c3d"],
    rows: [
      { time: `${DAY}T00:20:00.000Z`, configuration: '{"ipPermissions":[{"ipRanges":["0.0.0.0/0"]}]}' },
      { time: `${DAY}T00:10:00.000Z`, configuration: '{"ipPermissions":[]}' },
    ].map((row) => ({ account: ACCOUNT, region: "eu-central-1", type: "AWS::EC2::SecurityGroup", id: "sg-0a1b2c3d", name: "web", status: "OK", ...row })),
  },
};

test("every file of the folder is a query on the list, and every query has rows planted for it", () => {
  const files = readdirSync(__dirname).map((file) => file.replace(/\.ts$/, ""));
  expect(files.filter((file) => !/^(index|kinds|query|samples|.*\.test)$/.test(file))).toEqual(queries.map(({ name }) => name));
  expect(Object.keys(planted).sort()).toEqual(queries.map(({ name }) => name));
});

test.each(Object.entries(planted))("%s returns exactly the planted rows", async (name, { params, rows }) => {
  expect(await answered(name, params)).toEqual(rows);
});

test.each(["requests-by-address", "tls-refused"])("%s returns the same of logs by the switch", async (name) => {
  const { params, rows } = planted[name]!;
  expect(await answered(name, params, "switched")).toEqual(rows);
});

test("an address of IPv6 is told from its port", async () => {
  expect(await answered("requests-by-address", ["address=2001:db8::9"])).toMatchObject([{ kind: "alb", url: "https://www.example.com:443/six" }]);
});

test("every table is read by a query", () => {
  expect([...new Set(queries.flatMap(({ tables }) => tables))].sort()).toEqual(tablesFor(ordinary).map(({ name }) => name).sort());
});
