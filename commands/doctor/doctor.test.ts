import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { AdvancedEventSelector, EventSelector } from "@aws-sdk/client-cloudtrail";
import { sources } from "../../functions/sources";
import { logBucketPolicy } from "../../infra/documents/log-bucket-policy";
import { logKeyPolicy } from "../../infra/documents/log-key-policy";
import { deliveryDestinationPolicy } from "../../infra/documents/delivery-destination-policy";
import { sourcePattern } from "../../infra/documents/event-patterns";
import { trailSelectors } from "../../infra/documents/trail-selectors";
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
import { check as signsOfLife, type LifeReading } from "./checks/signs-of-life";
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

const key = { Arn: `arn:aws:kms:${region}:${config.accounts.logArchive}:key/1`, KeyState: "Enabled" as const };

/** Every bucket that services write to, with the policy that is deployed. */
const bucketReadings = (change: (document: PolicyDocument) => PolicyDocument = (document) => document): readonly BucketReading[] =>
  byBucket(writersIn(config, ground.scope, sources.length)).map((writers) => {
    const [{ bucketArn: arn, region: place, store, naming }] = writers as [(typeof writers)[number]];
    const policy = change(logBucketPolicy(config, place, store, naming) as PolicyDocument);
    return { arn, region: place, writers, accounts: [account], location: place, policy, key, ownership: "BucketOwnerEnforced", encryption: store === "kms" ? { SSEAlgorithm: "aws:kms" as const, KMSMasterKeyID: key.Arn } : { SSEAlgorithm: "AES256" as const }, retention: null, controls: none };
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
  expect(ids(buckets.judge({ ...classic, encryption: { SSEAlgorithm: "aws:kms" } }, ground))).toEqual(["bucket-encryption"]);
  const keyed = (encryption: BucketReading["encryption"]) => ids(buckets.judge({ ...reading, encryption }, ground));
  expect(keyed({ SSEAlgorithm: "aws:kms", KMSMasterKeyID: names.keyAlias })).toEqual([]);
  expect([keyed({ SSEAlgorithm: "aws:kms", KMSMasterKeyID: "arn:aws:kms:us-east-1:9:key/2" }), keyed({ SSEAlgorithm: "AES256" }), keyed(null)]).toEqual([["bucket-key"], ["bucket-key"], ["bucket-key"]]);
  expect(ids(buckets.judge({ ...reading, ownership: "ObjectWriter" }, ground))).toEqual(["bucket-ownership"]);
});

test("what could not be read is no cause", () => {
  const [reading] = bucketReadings() as [BucketReading];
  expect(buckets.judge({ ...reading, location: undefined, policy: undefined, encryption: undefined, ownership: undefined, key: undefined, retention: undefined }, ground)).toEqual([]);
  expect(keys.judge({ alias: names.keyAlias, region, writers: [], accounts: [], key: undefined, policy: undefined, controls: none }, ground)).toEqual([]);
  expect(trail.judge({ trail: undefined, status: undefined, selectors: undefined, key: undefined }, ground)).toEqual([]);
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
  const advanced: AdvancedEventSelector[] = trailSelectors(config).map(({ name, fieldSelectors }) => ({
    Name: name,
    FieldSelectors: fieldSelectors.map(({ field, equals, notEquals, startsWiths, notStartsWiths }) => ({ Field: field, Equals: equals, NotEquals: notEquals, StartsWith: startsWiths, NotStartsWith: notStartsWiths })),
  }));
  const good = { key, selectors: { basic: [], advanced }, trail: { S3BucketName: names.logBucket("kms", region), IsOrganizationTrail: true, IsMultiRegionTrail: true, KmsKeyId: key.Arn }, status: { $metadata: {}, IsLogging: true, LatestDeliveryTime: new Date(now - 60_000) } };
  expect(trail.judge(good, ground)).toEqual([]);
  expect(ids(trail.judge({ ...good, trail: null }, ground))).toEqual(["trail-missing"]);
  expect(ids(trail.judge({ ...good, status: { ...good.status, IsLogging: false } }, ground))).toEqual(["trail-stopped"]);
  expect(ids(trail.judge({ ...good, trail: { ...good.trail, S3BucketName: "other" } }, ground))).toEqual(["trail-elsewhere"]);
  expect(ids(trail.judge({ ...good, trail: { ...good.trail, IsOrganizationTrail: false } }, ground))).toEqual(["trail-narrowed"]);
  expect(ids(trail.judge({ ...good, trail: { ...good.trail, S3KeyPrefix: "logs" } }, ground))).toEqual(["trail-elsewhere"]);
  expect(ids(trail.judge({ ...good, trail: { ...good.trail, IncludeGlobalServiceEvents: false } }, ground))).toEqual(["trail-narrowed"]);
  expect(ids(trail.judge({ ...good, trail: { ...good.trail, KmsKeyId: undefined } }, ground))).toEqual(["trail-key"]);
  const recorded = (selectors: { basic?: EventSelector[]; advanced?: AdvancedEventSelector[] }, of = ground) => trail.judge({ ...good, selectors: { basic: [], advanced: [], ...selectors } }, of).map(({ cause, found }) => `${cause}: ${found}`);
  const existing = { ...ground, config: { ...config, services: { ...config.services, trail: { ...config.services.trail, use: "existing" as const, existing: "arn:aws:cloudtrail:us-east-1:111111111111:trail/t" } } } };
  expect(recorded({ advanced: advanced.slice(1) })).toEqual(["trail-selectors: not recorded: management events that write"]);
  expect(recorded({ advanced: advanced.slice(0, -1) })).toEqual([`trail-selectors: not recorded: ${trailSelectors(config).at(-1)!.name}`]);
  expect(recorded({ basic: [{ ReadWriteType: "ReadOnly", IncludeManagementEvents: true }] }, existing)).toEqual(["trail-selectors: not recorded: management events that write"]);
  expect(recorded({ basic: [{ ReadWriteType: "All", IncludeManagementEvents: true }] }, existing)).toEqual([]);
  const narrowed = { ...advanced[0]!, FieldSelectors: [...advanced[0]!.FieldSelectors!, { Field: "readOnly", Equals: ["true"] }] };
  expect(recorded({ advanced: [narrowed] }, existing)).toEqual(["trail-selectors: not recorded: management events that write"]);
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
  const ago = (minutes: number) => now - minutes * 60_000;
  const [well, late] = [ago(config.sweepMinutes), ago(2 * config.sweepMinutes + 16)];
  const life = (reading: Partial<LifeReading>) => signsOfLife.judge({ source: "vpc", account, region, ...reading }, ground).map(({ found }) => found);
  // By the table, whatever the log says; by the log where there is no table.
  expect([life({ heartbeat: well, line: late }), life({ line: well }), life({})]).toEqual([[], [], []]);
  expect(life({ heartbeat: late, line: well })).toEqual([expect.stringMatching(/^its last heartbeat in the status table is of .* it runs, and what it reports does not arrive$/)]);
  expect(life({ heartbeat: late, line: null })).toEqual([expect.stringMatching(/its log holds no line$/)]);
  expect(life({ line: late })).toEqual([expect.stringMatching(/^the last line of its log is of .*, which is what is gone by where the status table may not be read$/)]);
  // One that was never heard has its time from when the watcher first expected it.
  expect([life({ heartbeat: null, expected: null }), life({ heartbeat: null, expected: well })]).toEqual([[], []]);
  expect(life({ heartbeat: null, expected: late })).toEqual([expect.stringMatching(/^the status table holds no heartbeat, and one was expected from/)]);
  const instance = { stackSet: names.regionalStackSet, account, region, stack: "", status: "OUTDATED", detailedStatus: "FAILED", reason: "", operation: "" };
  expect(stackInstances.judge({ instance }, ground)).toMatchObject([{ kind: "cause" }]);
  expect(stackInstances.judge({ instance: { ...instance, detailedStatus: "RUNNING" } }, ground)).toMatchObject([{ kind: "note" }]);
  const arrived = (newest: number | null | undefined, logging?: number) => clock.judge({ source: "vpc", log: "vpc-flow-log", account, region, bucket: "b", prefix: "p/", newest, ...(logging !== undefined && { logging }) }, ground);
  expect([arrived(now - 60_000, 3), arrived(undefined, 3)]).toEqual([[], []]);
  expect(arrived(null, 3)).toMatchObject([{ kind: "note", found: expect.stringContaining("no vpc-flow-log has arrived so far") }]);
  expect(arrived(now - 2 * 86_400_000, 3)).toMatchObject([{ kind: "note", what: "s3://b/p/" }]);
  // What is known to have arrived, of resources that log, and nothing else known: no sure cause, and no silence either.
  expect(arrived(now - 12 * 86_400_000, 3)).toMatchObject([{ kind: "cause", cause: "stopped-arriving", certainty: "possible", found: expect.stringContaining("12 days ago") }]);
  expect([arrived(now - 12 * 86_400_000, 0), arrived(now - 12 * 86_400_000)]).toMatchObject([[{ kind: "note" }], [{ kind: "note" }]]);
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
  const [found] = trail.judge({ trail: null, status: undefined, selectors: undefined, key: undefined }, ground);
  const unread = [{ account, region, action: "kms:DescribeKey", why: "not allowed to these credentials" }];
  const causes = [{ ...found!, affects: ["vpc"] }];
  expect([exitCodeOf({ causes, unread }), exitCodeOf({ causes: [], unread }), exitCodeOf({ causes: [], unread: [] })]).toEqual([1, 3, 0]);
  const lines = linesOf({ causes, notes: [], unread, read: { trail: 1 }, accounts: [account], clock: [] });
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
