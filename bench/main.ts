/**
 * `npm run bench`: sizes, time to a ready handler, and calls and time per enforcement, against the same on boto3; proofs
 * against z3; `npm run status` on recorded organizations of up to 600,000 resources.
 *
 * Everything compared is run in turn on the same machine, so that only ratios count. Exit 1 where a promise is broken:
 * a package over 300 kB, a ratio to boto3's time to ready over 0.4, more than 3 calls to force a VPC,
 * 120 proofs over half a second, a `status` whose memory grows with the organization.
 */
import { CreateVpcCommand, EC2Client } from "@aws-sdk/client-ec2";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateEventBusCommand, EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { unzipSync } from "fflate";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readArguments } from "../commands/arguments";
import { LARGEST_PACKAGE, packageAll } from "../functions/package";
import type { Package } from "../functions/package";
import { namesFor } from "../infra/names";
import { startMoto } from "../lab/moto/start";
import { counting, paired, timeToReady } from "./measure";
import { proving } from "./prover";
import { statusOfMany } from "./status";

readArguments("bench", {});

const root = join(__dirname, "..");
const python = join(root, ".venv", "bin", "python");
const RUNS = 9;
const account = "123456789012";
const accounts = { management: "111111111111", logArchive: "222222222222", delegated: account };
const names = namesFor({ prefix: "fall", accounts, homeRegion: "us-east-1" });
const environment = (endpoint: string) => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_ACCESS_KEY_ID: "AKIABENCH0000000000",
  AWS_SECRET_ACCESS_KEY: "bench",
  AWS_REGION: "us-east-1",
  FALL_PREFIX: names.prefix,
  FALL_MANAGEMENT_ACCOUNT: accounts.management,
  FALL_LOG_ARCHIVE_ACCOUNT: accounts.logArchive,
  FALL_DELEGATED_ACCOUNT: accounts.delegated,
  FALL_VIA: "delivery",
  FALL_WEBHOOKS: "[]",
  FALL_SOURCES: "[]",
  FALL_REGIONS: '["us-east-1"]',
  FALL_SWEEP_MINUTES: "60",
  FALL_STACK_SETS: "[]",
});

function unpack(folder: string, { name, zip }: Package): string {
  const place = join(folder, name);
  mkdirSync(place);
  for (const [file, content] of Object.entries(unzipSync(zip))) writeFileSync(join(place, file), content);
  return place;
}

/** What forcing one VPC takes, ours and boto3's, each on VPCs of its own. */
async function enforcement(folder: string) {
  const moto = await startMoto();
  const proxy = await counting(moto.url);
  const env = environment(proxy.url);
  const client = { endpoint: moto.url, region: "us-east-1", credentials: { accessKeyId: env.AWS_ACCESS_KEY_ID, secretAccessKey: "bench" }, forcePathStyle: true };
  await new S3Client(client).send(new CreateBucketCommand({ Bucket: names.logBucket("kms", "us-east-1") }));
  await new EventBridgeClient(client).send(new CreateEventBusCommand({ Name: names.bus }));
  const newVpc = async () => (await new EC2Client(client).send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }))).Vpc?.VpcId ?? "";
  let calls: { ours: Record<string, number>; theirs: Record<string, number> } = { ours: {}, theirs: {} };
  try {
    const ours = async () => {
      const detail = { eventSource: "ec2.amazonaws.com", eventName: "CreateVpc", responseElements: { vpc: { vpcId: await newVpc() } }, userIdentity: {} };
      const event = JSON.stringify({ id: "bench", source: "aws.ec2", "detail-type": "AWS API Call via CloudTrail", detail });
      const arn = `arn:aws:lambda:us-east-1:${account}:function:${names.enforcerFunction("vpc")}`;
      const took = await timeToReady({ program: process.execPath, args: [join(__dirname, "handler.js"), folder, event, arn], env });
      calls = { ...calls, ours: proxy.take() };
      return took;
    };
    const theirs = async () => {
      const args = [join(__dirname, "twin.py"), "force", await newVpc(), names.logBucket("kms", "us-east-1")];
      const took = await timeToReady({ program: python, args, env });
      calls = { ...calls, theirs: proxy.take() };
      return took;
    };
    return { ...(await paired(RUNS, ours, theirs)), calls };
  } finally {
    proxy.stop();
    await moto.stop();
  }
}

async function main(): Promise<void> {
  const start = Date.now();
  const packages = await packageAll();
  const packaging = Date.now() - start;
  const folder = mkdtempSync(join(tmpdir(), "fall-bench-"));
  const broken: string[] = [];
  try {
    const env = environment("http://127.0.0.1:9");
    const twin = () => timeToReady({ program: python, args: [join(__dirname, "twin.py"), "ready"], env });
    const rows = [];
    for (const each of packages) {
      const place = unpack(folder, each);
      const ready = () => timeToReady({ program: process.execPath, args: [join(__dirname, "handler.js"), place], env });
      const { ours, theirs, ratio } = await paired(RUNS, ready, twin);
      rows.push({ function: each.name, "zipped kB": Math.round(each.zip.length / 1000), "ready ms": Math.round(ours), "boto3 ms": Math.round(theirs), ratio: Number(ratio.toFixed(2)) });
      if (each.zip.length > LARGEST_PACKAGE) broken.push(`${each.name}: ${each.zip.length} bytes zipped, at most ${LARGEST_PACKAGE}`);
      if (ratio > 0.4) broken.push(`${each.name}: ${ratio.toFixed(2)} of boto3's time to ready, at most 0.4`);
    }
    console.table(rows);
    const vpc = await enforcement(join(folder, "vpc"));
    const line = { "ours ms": Math.round(vpc.ours), "boto3 ms": Math.round(vpc.theirs), ratio: Number(vpc.ratio.toFixed(2)) };
    console.log(`forcing one VPC, from a cold start: ${JSON.stringify({ ...line, calls: vpc.calls })}`);
    if ((vpc.calls.ours["ec2"] ?? 0) > 3) broken.push(`forcing a VPC takes ${vpc.calls.ours["ec2"]} EC2 calls, at most 3`);
    console.log(`packaging all ${packages.length} functions: ${packaging} ms`);
    const proof = await proving();
    console.table(proof.report);
    broken.push(...proof.broken);
    const status = await statusOfMany();
    console.table(status.report);
    broken.push(...status.broken);
    mkdirSync(join(root, "bench", "out"), { recursive: true });
    writeFileSync(join(root, "bench", "out", "bench.json"), JSON.stringify({ rows, vpc, packaging, proof: proof.report, status: status.report }, null, 2));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  for (const promise of broken) console.error(`broken promise: ${promise}`);
  process.exitCode = broken.length > 0 ? 1 : 0;
}

void main();
