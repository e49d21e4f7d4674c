import { readConfiguration } from "../infra/config/read";
import { synthesize, type GraphResource } from "../infra/program/synthesize";
import { rules } from "../policy-pack/policies";
import { plain } from "../policy-pack/subjects/plain";
import { subjectsOf } from "../policy-pack/subjects/read";
import type { Resource, Subject } from "../policy-pack/subjects/subject";

jest.setTimeout(120_000);

const configuration = readConfiguration("log-archive");
const judged = rules.filter(({ id }) =>
  ["buckets-block-public-access", "buckets-have-policy", "buckets-object-locked", "buckets-versioned", "lifecycle-keeps-retention", "log-buckets-audited", "log-buckets-copied", "resources-protected"].includes(id),
);
let graph: readonly GraphResource[] = [];
beforeAll(async () => {
  graph = await synthesize("log-archive", { configuration });
});

async function subjectsIn(resources: readonly GraphResource[]): Promise<readonly Subject[]> {
  const all = await Promise.all(
    resources.map(async ({ type, name, urn, props, dependencies, protect, account }) => {
      const resource: Resource = { type, name, urn, props: (await plain(props)) as Resource["props"], dependencies, protect, account };
      return subjectsOf(resource);
    }),
  );
  return all.flat();
}

/** `rule: resource: violation` of every rule about buckets. */
async function holes(resources: readonly GraphResource[]): Promise<readonly string[]> {
  const subjects = await subjectsIn(resources);
  const found: string[] = [];
  for (const { id, judge } of judged)
    for (const subject of subjects) {
      const verdict = await judge(subject, subjects, { configuration, parameters: {} });
      if (typeof verdict !== "string") found.push(...verdict.violations.map((violation) => `${id}: ${subject.resource.name}: ${violation}`));
    }
  return found;
}

const without = (type: string, name: string) => graph.filter((resource) => !(resource.type.endsWith(`:${type}`) && resource.name === name));
const changed = (type: string, name: string, change: (props: Record<string, unknown>) => void): readonly GraphResource[] =>
  graph.map((resource) => {
    if (!resource.type.endsWith(`:${type}`) || resource.name !== name) return resource;
    const props = structuredClone(resource.props) as Record<string, unknown>;
    change(props);
    return { ...resource, props };
  });
const rulesOf = (props: Record<string, unknown>) => props.rules as Record<string, unknown>[];

test("the examples' stores have no hole", async () => {
  expect(await holes(graph)).toEqual([]);
});

const store = "log-storage-kms-us-east-1";
const copy = "log-replica-kms-eu-central-1";
const backup = "log-backup-kms-eu-central-1";

test.each<[string, () => readonly GraphResource[], RegExp]>([
  ["a store's versions", () => changed("BucketVersioning", store, (props) => (props.versioningConfiguration = { status: "Suspended" })), /^buckets-versioned: log-storage-kms-us-east-1: /],
  ["a copy's lock", () => without("BucketObjectLockConfiguration", copy), /^buckets-object-locked: log-replica-kms-eu-central-1: /],
  ["a backup's lock", () => without("BucketObjectLockConfiguration", backup), /^buckets-object-locked: log-backup-kms-eu-central-1: /],
  ["a store's lifecycle", () => changed("BucketLifecycleConfiguration", store, (props) => (rulesOf(props)[0]!.expiration = { days: 2 })), /^lifecycle-keeps-retention: log-storage-kms-us-east-1: /],
  ["a copy's lifecycle", () => changed("BucketLifecycleConfiguration", copy, (props) => (rulesOf(props)[0]!.noncurrentVersionExpiration = { noncurrentDays: 1 })), /^lifecycle-keeps-retention: log-replica-kms-eu-central-1: /],
  ["a store's copies", () => without("BucketReplicationConfig", store), /^log-buckets-copied: log-storage-kms-us-east-1: It is not copied/],
  ["a store's backup", () => changed("BucketReplicationConfig", store, (props) => void rulesOf(props).pop()), /^log-buckets-copied: log-storage-kms-us-east-1: It is not copied into arn:aws:s3:::aws-fall-log-backup/],
  ["a store's deletions", () => changed("BucketReplicationConfig", store, (props) => (rulesOf(props)[0]!.deleteMarkerReplication = { status: "Enabled" })), /^log-buckets-copied: log-storage-kms-us-east-1: .*copies deletions/],
  ["a store's access logs", () => without("BucketLogging", store), /^log-buckets-audited: log-storage-kms-us-east-1: It has no access logs/],
  ["a store's inventory", () => without("Inventory", store), /^log-buckets-audited: log-storage-kms-us-east-1: It has no inventory/],
  ["a backup's access logs", () => without("BucketLogging", backup), /^log-buckets-audited: log-backup-kms-eu-central-1: It has no access logs/],
  ["a backup's inventory", () => without("Inventory", backup), /^log-buckets-audited: log-backup-kms-eu-central-1: It has no inventory/],
  ["the versions of the backup's records", () => without("BucketVersioning", "log-records-audit-eu-central-1"), /^buckets-versioned: log-records-audit-eu-central-1: /],
  ["the lifecycle of the backup's records", () => changed("BucketLifecycleConfiguration", "log-records-audit-eu-central-1", (props) => (rulesOf(props)[0]!.expiration = { days: 2 })), /^lifecycle-keeps-retention: log-records-audit-eu-central-1: /],
  ["a store's access block", () => without("BucketPublicAccessBlock", store), /^buckets-block-public-access: log-storage-kms-us-east-1: /],
  ["a store's policy", () => without("BucketPolicy", store), /^buckets-have-policy: log-storage-kms-us-east-1: /],
  ["a copy's protection", () => graph.map((resource) => (resource.name === copy ? { ...resource, protect: false } : resource)), /^resources-protected: log-replica-kms-eu-central-1: /],
])("%s, weakened, is a hole that names it", async (_, weakened, hole) => {
  const found = await holes(weakened());
  expect(found).toContainEqual(expect.stringMatching(hole));
});
