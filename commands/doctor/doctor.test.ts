import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sources } from "../../functions/sources";
import { logBucketPolicy } from "../../infra/documents/log-bucket-policy";
import { logKeyPolicy } from "../../infra/documents/log-key-policy";
import { deliveryDestinationPolicy } from "../../infra/documents/delivery-destination-policy";
import { sourcePattern } from "../../infra/documents/event-patterns";
import { namesFor } from "../../infra/names";
import { readConfiguration } from "../../infra/config/read";
import type { PolicyDocument } from "../../policy-pack/evaluator";
import { checks } from "./checks";
import { byBucket, check as buckets, type BucketReading } from "./checks/buckets";
import { check as clock } from "./checks/clock";
import { check as destinations } from "./checks/destinations";
import { check as enforcers, type EnforcerReading } from "./checks/enforcers";
import { check as exclusions } from "./checks/exclusions";
import { check as keys } from "./checks/keys";
import { check as rollout } from "./checks/rollout";
import { check as signsOfLife } from "./checks/signs-of-life";
import { check as stackInstances } from "./checks/stack-instances";
import { check as trail } from "./checks/trail";
import { doctorPage } from "./document";
import { scopeOf } from "./examine";
import { enforcerNodes } from "./nodes";
import { exitCodeOf, linesOf, summarised } from "./report";
import { writersIn } from "./writers";
import { enforcerEnvironment } from "../../functions/enforcer/environment";

const config = { ...readConfiguration("delegated"), phase: "lock" as const };
const names = namesFor(config);
const now = Date.parse("2026-11-21T12:00:00Z");
const ground = { config, names, scope: scopeOf(config), now };
const account = "333333333333";
const region = config.homeRegion;
const none = { scp: undefined, rcp: undefined };
const ids = (findings: readonly { readonly cause: string }[]) => findings.map((finding) => finding.cause);

/** Every bucket that services write to, with the policy that is deployed. */
const bucketReadings = (change: (document: PolicyDocument) => PolicyDocument = (document) => document): readonly BucketReading[] =>
  byBucket(writersIn(config, ground.scope, sources.length)).map((writers) => {
    const [{ bucketArn: arn, region: place, store, naming }] = writers as [(typeof writers)[number]];
    const policy = change(logBucketPolicy(config, place, store, naming) as PolicyDocument);
    return { arn, region: place, writers, accounts: [account], location: place, policy, encryption: store === "kms" ? "aws:kms" : "AES256", retention: null, controls: none };
  });

test("every source's writer, the trail, AWS Config and GuardDuty may write under the policies that are deployed, and nothing else is found", () => {
  const readings = bucketReadings();
  const written = new Set(readings.flatMap(({ writers }) => writers.map(({ source }) => source)));
  expect([...written]).toEqual(expect.arrayContaining([...sources.map(({ name }) => name), "trail"]));
  for (const reading of readings) expect(buckets.judge(reading, ground)).toEqual([]);
});

test("a bucket that is gone, elsewhere, closed, locked or encrypted for nobody is named", () => {
  const [reading] = bucketReadings() as [BucketReading];
  const classic = bucketReadings().find(({ writers }) => writers[0]!.store === "sse-s3")!;
  expect(ids(buckets.judge({ ...reading, location: null }, ground))).toEqual(["bucket-missing"]);
  expect(ids(buckets.judge({ ...reading, location: "eu-north-1" }, ground))).toEqual(["bucket-elsewhere"]);
  expect(new Set(ids(buckets.judge({ ...reading, policy: null }, ground)))).toEqual(new Set(["bucket-policy"]));
  expect(ids(buckets.judge({ ...classic, retention: { Mode: "GOVERNANCE", Days: 1 } }, ground))).toEqual(["object-lock"]);
  expect(ids(buckets.judge({ ...classic, encryption: "aws:kms" }, ground))).toEqual(["bucket-encryption"]);
});

test("what could not be read is no cause", () => {
  const [reading] = bucketReadings() as [BucketReading];
  expect(buckets.judge({ ...reading, location: undefined, policy: undefined, encryption: undefined, retention: undefined }, ground)).toEqual([]);
  expect(keys.judge({ alias: names.keyAlias, region, writers: [], accounts: [], key: undefined, policy: undefined, controls: none }, ground)).toEqual([]);
  expect(trail.judge({ trail: undefined, status: undefined }, ground)).toEqual([]);
});

test("a resource control policy on the way is named itself, and not the bucket", () => {
  const [reading] = bucketReadings() as [BucketReading];
  const rcp = [[{ name: "perimeter", document: { Statement: [{ Sid: "No", Effect: "Deny" as const, Action: "s3:PutObject", Resource: "*" }, { Effect: "Allow" as const, Action: "*", Resource: "*" }] } }]];
  const found = buckets.judge({ ...reading, controls: { scp: undefined, rcp } }, ground);
  expect(new Set(found.map(({ cause, what }) => `${cause} ${what}`))).toEqual(new Set(["control-policy-on-writer perimeter"]));
});

test("a key is open to its writers as deployed; disabled, pending deletion, gone and closed are told apart", () => {
  const writers = writersIn(config, ground.scope, sources.length).filter((writer) => writer.store === "kms" && writer.region === region && writer.source !== "trail");
  const Arn = `arn:aws:kms:${region}:${config.accounts.logArchive}:key/1`;
  const reading = { alias: names.keyAlias, region, writers, accounts: [account], key: { Arn, KeyState: "Enabled" as const }, policy: logKeyPolicy(config, region) as PolicyDocument, controls: none };
  expect(keys.judge(reading, ground)).toEqual([]);
  expect(ids(keys.judge({ ...reading, key: { Arn, KeyState: "Disabled" } }, ground))).toEqual(["key-disabled"]);
  expect(ids(keys.judge({ ...reading, key: { Arn, KeyState: "PendingDeletion" } }, ground))).toEqual(["key-pending-deletion"]);
  expect(ids(keys.judge({ ...reading, key: null }, ground))).toEqual(["key-missing"]);
  expect(new Set(ids(keys.judge({ ...reading, policy: { Statement: [] } }, ground)))).toEqual(new Set(["key-policy"]));
});

test("a trail that is stopped, elsewhere, narrowed, failing or late is named", () => {
  const good = { trail: { S3BucketName: names.logBucket("kms", region), IsOrganizationTrail: true, IsMultiRegionTrail: true }, status: { $metadata: {}, IsLogging: true, LatestDeliveryTime: new Date(now - 60_000) } };
  expect(trail.judge(good, ground)).toEqual([]);
  expect(ids(trail.judge({ ...good, trail: null }, ground))).toEqual(["trail-missing"]);
  expect(ids(trail.judge({ ...good, status: { ...good.status, IsLogging: false } }, ground))).toEqual(["trail-stopped"]);
  expect(ids(trail.judge({ ...good, trail: { ...good.trail, S3BucketName: "other" } }, ground))).toEqual(["trail-elsewhere"]);
  expect(ids(trail.judge({ ...good, trail: { ...good.trail, IsOrganizationTrail: false } }, ground))).toEqual(["trail-narrowed"]);
  expect(ids(trail.judge({ ...good, status: { ...good.status, LatestDeliveryError: "NoSuchBucket" } }, ground))).toEqual(["trail-delivery"]);
  expect(ids(trail.judge({ ...good, status: { ...good.status, LatestDeliveryTime: new Date(now - 7 * 3_600_000) } }, ground))).toEqual(["trail-stale"]);
});

test("a destination admits every account's enforcer as deployed", () => {
  for (const source of sources)
    for (const kind of source.kinds(config.sources[source.name]!.via).filter(({ delivery }) => delivery)) {
      const reading = { source: source.name, kind, region, accounts: [account], leadsTo: names.logBucketArn(kind.store, region, kind.naming), policy: deliveryDestinationPolicy(config, kind.kind, region) as PolicyDocument };
      expect(destinations.judge(reading, ground)).toEqual([]);
      expect(ids(destinations.judge({ ...reading, policy: null }, ground))).toEqual(["destination-policy"]);
      expect(ids(destinations.judge({ ...reading, leadsTo: "arn:aws:s3:::other" }, ground))).toEqual(["destination-elsewhere"]);
      expect(ids(destinations.judge({ ...reading, leadsTo: null }, ground))).toEqual(["destination-missing"]);
    }
});

test("an enforcer as deployed is well, and each part that is not is named", () => {
  const source = sources.find(({ name }) => name === "vpc")!;
  const nodes = enforcerNodes(config, "vpc", { account, region });
  const invoked = (arn: string) => ({ Effect: "Allow" as const, Principal: { Service: "events.amazonaws.com" }, Action: "lambda:InvokeFunction", Resource: nodes.function, Condition: { ArnLike: { "AWS:SourceArn": arn } } });
  const rule = (more: object) => ({ rule: { $metadata: {}, State: "ENABLED" as const, ...more }, targets: [{ Id: "enforcer", Arn: nodes.function }] });
  const good: EnforcerReading = {
    source, account, region, concurrency: null,
    fn: { State: "Active", Environment: { Variables: enforcerEnvironment(names, "delivery") } },
    policy: { Statement: [invoked(nodes.events), invoked(nodes.sweep)] },
    events: rule({ EventPattern: JSON.stringify(sourcePattern(source)) }),
    sweep: rule({ ScheduleExpression: `rate(${config.sweepMinutes} minutes)` }),
  };
  const judged = (more: Partial<EnforcerReading>) => ids(enforcers.judge({ ...good, ...more }, ground));
  expect(judged({})).toEqual([]);
  expect(judged({ fn: null })).toEqual(["enforcer-missing"]);
  expect(judged({ concurrency: 0 })).toEqual(["enforcer-starved"]);
  expect(judged({ fn: { State: "Active", Environment: { Variables: { ...enforcerEnvironment(names, "delivery"), FALL_LOG_ARCHIVE_ACCOUNT: "9" } } } })).toEqual(["enforcer-environment"]);
  expect(judged({ events: { rule: null, targets: null } })).toEqual(["rule-missing"]);
  expect(judged({ events: { ...good.events, rule: { ...good.events.rule!, State: "DISABLED" } } })).toEqual(["rule-disabled"]);
  expect(judged({ events: { ...good.events, rule: { ...good.events.rule!, EventPattern: '{"source":["nobody"]}' } } })).toEqual(["rule-pattern"]);
  expect(judged({ sweep: { ...good.sweep, targets: [] } })).toEqual(["rule-target"]);
  expect(judged({ policy: { Statement: [invoked(nodes.sweep)] } })).toEqual(["rule-refused"]);
});

test("silence is judged by two sweeps, an instance under way is no cause, and nothing new is none either", () => {
  const spoke = (minutes: number) => ids(signsOfLife.judge({ source: "vpc", account, region, last: now - minutes * 60_000 }, ground));
  expect(spoke(config.sweepMinutes)).toEqual([]);
  expect(spoke(2 * config.sweepMinutes + 16)).toEqual(["enforcer-silent"]);
  const instance = { stackSet: names.regionalStackSet, account, region, stack: "", status: "OUTDATED", detailedStatus: "FAILED", reason: "", operation: "" };
  expect(stackInstances.judge({ instance }, ground)).toMatchObject([{ kind: "cause" }]);
  expect(stackInstances.judge({ instance: { ...instance, detailedStatus: "RUNNING" } }, ground)).toMatchObject([{ kind: "note" }]);
  expect(clock.judge({ source: "vpc-flow-log", account, region, bucket: "b", newest: null }, ground)).toMatchObject([{ kind: "note" }]);
  expect(clock.judge({ source: "vpc-flow-log", account, region, bucket: "b", newest: now - 60_000 }, ground)).toEqual([]);
});

test("a configuration that forces nothing yet, or not there, is the cause", () => {
  const canary = { ...config, force: { rollout: "canary" as const, canary: { ou: "ou-1", accounts: ["444444444444"] } } };
  expect(rollout.judge({ beyond: [] }, ground)).toEqual([]);
  expect(ids(rollout.judge({ beyond: [] }, { ...ground, config: { ...config, phase: "prepare" } }))).toEqual(["phase-prepare"]);
  expect(rollout.judge({ beyond: [account] }, { ...ground, config: canary })).toMatchObject([{ kind: "note", cause: "beyond-canary" }]);
  expect(rollout.judge({ beyond: [account] }, { ...ground, config: canary, scope: scopeOf(canary, { account }) })).toMatchObject([{ kind: "cause" }]);
});

test("an exclusion is a note, but the answer to whoever asks about what it excludes; an observed source likewise", () => {
  const entry = { account, region: "*", source: "vpc", resource: "arn:aws:ec2:us-east-1:333333333333:vpc/vpc-1", owner: "a team", reason: "a test", expires: "2999-01-01" };
  const text = JSON.stringify({ exclusions: [entry, { ...entry, expires: "2020-01-01" }], observe: [] });
  const judged = (asked: Parameters<typeof scopeOf>[1], list = text) => exclusions.judge({ region, text: list }, { ...ground, scope: scopeOf(config, asked) });
  expect(judged({})).toMatchObject([{ kind: "note", cause: "excluded" }]);
  expect(judged({ resource: entry.resource })).toMatchObject([{ kind: "cause", what: entry.resource }]);
  expect(judged({ resource: "arn:aws:ec2:us-east-1:333333333333:vpc/vpc-2" })).toEqual([]);
  expect(judged({}, "no JSON")).toMatchObject([{ kind: "note", cause: "exclusions-unreadable" }]);
  expect(judged({}, JSON.stringify({ exclusions: [], observe: [{ source: "vpc", account: "*" }] }))).toMatchObject([{ kind: "cause", cause: "observed-only" }]);
});

test("the exit code tells a cause, something unread, and neither", () => {
  const [found] = trail.judge({ trail: null, status: undefined }, ground);
  const unread = [{ account, region, action: "kms:DescribeKey", why: "not allowed to these credentials" }];
  const causes = [{ ...found!, affects: ["vpc"] }];
  expect([exitCodeOf({ causes, unread }), exitCodeOf({ causes: [], unread }), exitCodeOf({ causes: [], unread: [] })]).toEqual([1, 3, 0]);
  const lines = linesOf({ causes, notes: [], unread, read: { trail: 1 }, accounts: [account] });
  expect(lines[0]).toMatch(/^CAUSE +trail-missing: .*; symptom: .*; explains vpc; mend: /);
  expect(lines[1]).toMatch(/^UNREAD .*kms:DescribeKey/);
  expect(summarised(["1", "2", "3", "4"].map((id) => ({ ...unread[0]!, account: id })))).toMatchObject([{ account: "4 accounts" }]);
});

test("the doctor can only read: its own calls are Get, List, Describe and AssumeRole, and of an enforcer it uses the reading half", () => {
  const files = [...readdirSync(__dirname).map((file) => join(__dirname, file)), ...readdirSync(join(__dirname, "checks")).map((file) => join(__dirname, "checks", file))].filter((file) => /(?<!\.test)\.ts$/.test(file));
  const text = files.map((file) => readFileSync(file, "utf8")).join("\n");
  const commands = [...text.matchAll(/\b([A-Z][A-Za-z0-9]+)Command\b/g)].map(([, name]) => name!);
  expect(new Set(commands).size).toBeGreaterThan(20);
  expect(commands.filter((name) => !/^(Get|List|Describe|AssumeRole$)/.test(name))).toEqual([]);
  expect(text).not.toMatch(/import \* as|\.apply\(/);
});

test("every file of a check is one of the checks, every cause has one id, and docs/doctor.md is theirs", () => {
  expect(Object.keys(checks).sort()).toEqual(readdirSync(join(__dirname, "checks")).filter((file) => file !== "index.ts").map((file) => file.replace(/\.ts$/, "")).sort());
  const all = Object.values(checks).flatMap(({ causes }) => Object.keys(causes));
  expect(new Set(all).size).toBe(all.length);
  expect(readFileSync(join(__dirname, "..", "..", "docs", "doctor.md"), "utf8")).toBe(doctorPage());
});
