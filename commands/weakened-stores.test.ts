import { readConfiguration } from "../infra/config/read";
import { placed } from "../infra/documents/configurations-for-tests";
import type { PolicyDocument, Statement } from "../infra/documents/policy";
import { synthesize, type GraphResource } from "../infra/program/synthesize";
import { rules } from "../policy-pack/policies";
import { plain } from "../policy-pack/subjects/plain";
import { subjectsOf } from "../policy-pack/subjects/read";
import type { Resource, Subject } from "../policy-pack/subjects/subject";

jest.setTimeout(120_000);

// With a place of each class, and one that a service writes to.
const configuration = { ...readConfiguration("log-archive"), logs: placed.logs };
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

/** Rules that prove what a bucket's and a key's policy says. */
const proving = rules.filter(({ id }) => ["log-buckets-written-by-services", "log-buckets-kept", "keys-used-apart"].includes(id));

/**
 * `rule: resource: violation` of every rule about buckets.
 *
 * @param of judges the resource of this name alone
 */
async function holes(resources: readonly GraphResource[], which = judged, of?: string): Promise<readonly string[]> {
  const subjects = await subjectsIn(resources);
  const found: string[] = [];
  for (const { id, judge } of which)
    for (const subject of subjects.filter(({ resource }) => of === undefined || resource.name === of)) {
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

describe("places of workloads", () => {
  const [orders, payments] = ["log-storage-places-us-east-1", "log-storage-pii-eu-central-1"];
  const key = "log-pii-eu-central-1";

  /** The resource's policy with one statement changed, or without it. */
  const saying = (type: string, name: string, sid: string, change?: (statement: Statement) => Statement): readonly GraphResource[] =>
    changed(type, name, (props) => {
      const { Statement: all, ...rest } = JSON.parse(props.policy as string) as PolicyDocument;
      expect(all.map(({ Sid }) => Sid)).toContain(sid);
      props.policy = JSON.stringify({ ...rest, Statement: all.flatMap((one) => (one.Sid !== sid ? [one] : change ? [change(one)] : [])) });
    });
  const bucket = (name: string, sid: string, change?: (statement: Statement) => Statement) => saying("BucketPolicy", name, sid, change);
  const without = (...operators: readonly string[]) => (statement: Statement): Statement => ({ ...statement, Condition: Object.fromEntries(Object.entries(statement.Condition ?? {}).filter(([operator]) => !operators.includes(operator))) });
  const on = (resource: string) => (statement: Statement): Statement => ({ ...statement, Resource: resource });
  const also = (action: string) => (statement: Statement): Statement => ({ ...statement, Action: [statement.Action ?? []].flat().concat(action) });
  const anybody = (statement: Statement): Statement => ({ ...statement, Principal: { AWS: ["arn:aws:iam::666666666666:root"] }, Condition: {} });

  test("as they are have no hole", async () => {
    for (const name of [orders, payments, key, "log-storage-us-east-1"]) expect(await holes(graph, proving, name)).toEqual([]);
  });

  test.each<[string, string, () => readonly GraphResource[], RegExp]>([
    ["a writer under every key", orders, () => bucket(orders, "WriteOrdersAudit", on("arn:aws:s3:::aws-fall-places-222222222222-us-east-1/*")), /^log-buckets-written-by-services: .*nothing else is allowed/],
    ["a writer who does more", orders, () => bucket(orders, "WriteOrdersAudit", also("s3:GetObjectRetention")), /^log-buckets-written-by-services: .*nothing else is allowed/],
    ["a writer of another account", payments, () => bucket(payments, "WritePayments", anybody), /^log-buckets-written-by-services: .*(payments written is allowed|nothing else is allowed)/],
    ["a writer left out", payments, () => bucket(payments, "WritePayments"), /^log-buckets-written-by-services: .*payments written is allowed/],
    ["a service for any account", orders, () => bucket(orders, "WriteClicks", without("StringEquals")), /^log-buckets-written-by-services: .*nothing else is allowed/],
    ["a reader who does more", payments, () => bucket(payments, "ReadPayments", also("s3:GetObjectRetention")), /^log-buckets-written-by-services: .*nothing else is allowed/],
    ["a reader of every place", payments, () => bucket(payments, "ReadPayments", on("arn:aws:s3:::aws-fall-places-pii-222222222222-eu-central-1/*")), /^log-buckets-written-by-services: .*nothing else is allowed/],
    ["a reader who lists everything", payments, () => bucket(payments, "FindPayments", without("StringLike")), /^log-buckets-written-by-services: .*nothing else is allowed/],
    ["anybody of the account who lists", payments, () => bucket(payments, "FindPayments", without("ArnLike")), /^log-buckets-written-by-services: .*nothing else is allowed/],
    ["writing by others", orders, () => bucket(orders, "WritersAloneWrite"), /^log-buckets-kept: .*writers of places alone write/],
    ["reading by others", payments, () => bucket(payments, "ReadersAloneRead"), /^log-buckets-kept: .*readers of places alone read/],
    ["what objects carry", orders, () => bucket(orders, "NothingIsAddedToThem"), /^log-buckets-kept: .*nobody changes what an object carries/],
    ["the other keys", orders, () => bucket(orders, "NoOtherKeys"), /^log-buckets-written-by-services: .*no other keys/],
    ["the encryption", payments, () => bucket(payments, "EncryptedAsTheClass"), /^log-buckets-written-by-services: .*encrypted as the class/],
    ["keys of others", payments, () => bucket(payments, "NoKeyOfOthers"), /^log-buckets-written-by-services: .*no key of others/],
    ["deletion", payments, () => bucket(payments, "NothingIsDestroyed"), /^log-buckets-kept: .*nobody destroys/],
    ["outsiders", payments, () => bucket(payments, "OurOrganizationOnly"), /^log-buckets-kept: .*nobody from outside/],
    ["a data key for any object", key, () => saying("Key", key, "EncryptPayments", without("StringLike")), /^keys-used-apart: .*nothing else is allowed/],
    ["a data key for the whole account", key, () => saying("Key", key, "EncryptPayments", without("ArnLike")), /^keys-used-apart: .*nothing else is allowed/],
    ["a writer who decrypts", key, () => saying("Key", key, "EncryptPayments", also("kms:Decrypt")), /^keys-used-apart: .*nothing else is allowed/],
    ["a reader who decrypts without Amazon S3", key, () => saying("Key", key, "DecryptPayments", without("StringEquals")), /^keys-used-apart: .*nothing else is allowed/],
    ["a reader who can't decrypt", key, () => saying("Key", key, "DecryptPayments"), /^keys-used-apart: .*payments decrypted is allowed/],
    ["the archive's readers with the key of personal data", key, () => saying("Key", key, "DecryptPayments", (one) => ({ ...one, Principal: { AWS: ["arn:aws:iam::222222222222:root"] }, Condition: {} })), /^keys-used-apart: .*(nothing else is allowed|payments decrypted)/],
  ])("%s, weakened, is a hole", async (_, name, weakened, hole) => {
    const rule = proving.filter(({ id }) => hole.source.startsWith(`^${id}:`));
    expect(await holes(weakened(), rule, name)).toContainEqual(expect.stringMatching(hole));
  });
});
