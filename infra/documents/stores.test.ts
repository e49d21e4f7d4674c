import { backupKeyPolicy } from "./backup-key-policy";
import { kept, largest, ordinary } from "./configurations-for-tests";
import { copyBucketPolicy } from "./copy-bucket-policy";
import { logBucketPolicy } from "./log-bucket-policy";
import type { PolicyDocument, Statement } from "./policy";
import { replicationPermissions, replicationTrust } from "./replication-role";
import { backupStores, copiedTo, copiesOf, copyRegion, storesIn } from "./stores";
import { namesFor } from "../names";

const list = (value: string | readonly string[] | undefined): readonly string[] => (value === undefined ? [] : [value].flat());
const named = (policy: PolicyDocument, sid: string): Statement => {
  const found = policy.Statement.find(({ Sid }) => Sid === sid);
  if (!found) throw new Error(`no ${sid} among ${policy.Statement.map(({ Sid }) => Sid).join(", ")}`);
  return found;
};

describe("where copies lie", () => {
  test("every store has its copy in another governed Region, and a Region more moves none of them", () => {
    for (const config of [ordinary, kept, largest])
      for (const region of config.regions) {
        expect([region, config.regions.includes(copyRegion(config, region)), copyRegion(config, region) === region]).toEqual([region, true, false]);
        expect(copyRegion({ ...config, regions: [...config.regions, "xx-new-1"] }, region)).toBe(copyRegion(config, region));
      }
    const chosen = { ...largest, archive: { ...largest.archive, copies: { expire: true, regions: { "eu-west-1": "eu-central-1" } } } };
    expect(copyRegion(chosen, "eu-west-1")).toBe("eu-central-1");
    expect(copiedTo(chosen, "eu-central-1")).toEqual(["eu-west-1"]);
    expect(() => copyRegion({ ...ordinary, regions: ["us-east-1"] }, "us-east-1")).toThrow(/^the logs of us-east-1 have no other Region for their copies$/);
  });

  test("each class is copied once a destination, and copies are not copied", () => {
    const stores = storesIn(kept, "us-east-1");
    expect(stores.map(({ part, store }) => `${part} ${store}`)).toEqual(["storage kms", "storage sse-s3", "storage audit", "replica kms", "replica sse-s3", "replica audit"]);
    for (const at of stores) expect(copiesOf(kept, at).map(({ part, store }) => [part, store])).toEqual(at.part === "storage" ? [["replica", at.store], ["backup", at.store]] : []);
    expect(copiesOf(ordinary, storesIn(ordinary, "us-east-1")[0]!)).toHaveLength(1);
    expect(backupStores(ordinary)).toEqual([]);
  });

  test("every bucket has a name of its own that Amazon S3 takes", () => {
    const everywhere = { ...largest, accounts: { ...largest.accounts, backup: "888888888888" }, archive: { ...largest.archive, backupRegion: "ap-southeast-1" as const } };
    const names = namesFor(everywhere);
    const all = [...everywhere.regions.flatMap((region) => storesIn({ ...everywhere }, region)), ...backupStores(everywhere)].map(({ part, store, region, naming }) => names.bucketOf(part, store, region, naming));
    expect(new Set(all).size).toBe(all.length);
    expect(all.filter((name) => !/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(name))).toEqual([]);
  });
});

describe("uploads", () => {
  const bucketPolicy = (store: "kms" | "sse-s3" | "audit") => logBucketPolicy(kept, "us-east-1", store);

  test("what says how it is encrypted says what the class demands", () => {
    const demanded = { kms: "aws:kms", "sse-s3": "AES256", audit: "AES256" } as const;
    for (const [store, algorithm] of Object.entries(demanded))
      expect(named(bucketPolicy(store as "kms"), "EncryptedAsTheClass").Condition).toEqual({
        Null: { "s3:x-amz-server-side-encryption": "false" },
        StringNotEquals: { "s3:x-amz-server-side-encryption": algorithm },
      });
    expect(named(bucketPolicy("kms"), "NoKeyOfOthers").Condition?.ArnNotLike).toEqual({ "s3:x-amz-server-side-encryption-aws-kms-key-id": "arn:aws:kms:us-east-1:222222222222:key/*" });
  });

  test("Amazon S3 writes of the Region's stores and copies into the audit bucket, and nobody else does", () => {
    const policy = bucketPolicy("audit");
    for (const [sid, service, keys] of [["WriteStoreAccess", "logging.s3.amazonaws.com", "access/222222222222/*"], ["WriteStoreInventory", "s3.amazonaws.com", "inventory/*"]] as const) {
      const { Principal, Resource, Condition } = named(policy, sid);
      expect([Principal, list(Resource)]).toEqual([{ Service: service }, [`arn:aws:s3:::aws-fall-log-storage-audit-222222222222-us-east-1/${keys}`]]);
      expect(Condition?.StringEquals).toEqual({ "aws:SourceAccount": "222222222222" });
      expect(list(Condition?.ArnLike?.["aws:SourceArn"])).toContain("arn:aws:s3:::aws-fall-log-replica-222222222222-us-east-1");
    }
    expect(list(named(policy, "NoOtherKeys").NotResource)).toHaveLength(2);
  });
});

describe("copies", () => {
  test("the replication role alone writes them, and no role copies a deletion", () => {
    for (const at of [...storesIn(kept, "us-east-1").filter(({ part }) => part === "replica"), ...backupStores(kept)]) {
      const writing = named(copyBucketPolicy(kept, at), "ReplicationAloneWrites");
      expect(writing.Condition).toEqual({ ArnNotLike: { "aws:PrincipalArn": ["arn:aws:iam::222222222222:role/fall/replication"] } });
      expect(list(writing.Action)).toEqual(expect.arrayContaining(["s3:PutObject", "s3:ReplicateObject", "s3:ObjectOwnerOverrideToBucketOwner"]));
      expect(list(named(copyBucketPolicy(kept, at), "NothingIsDestroyed").Action)).toContain("s3:ReplicateDelete");
    }
    expect(JSON.stringify(replicationPermissions(kept))).not.toMatch(/ReplicateDelete|s3:\*|PutObject/);
  });

  test("ownership is given away in the backup account alone", () => {
    const giving = replicationPermissions(kept).Statement.filter(({ Action }) => list(Action).includes("s3:ObjectOwnerOverrideToBucketOwner"));
    expect(giving.flatMap(({ Resource }) => list(Resource)).filter((arn) => !arn.startsWith("arn:aws:s3:::aws-fall-log-backup-"))).toEqual([]);
    expect(JSON.stringify(replicationPermissions(ordinary))).not.toContain("OwnerOverride");
  });

  test("the role is for Amazon S3, for stores of this archive", () => {
    const [statement] = replicationTrust(kept).Statement;
    expect(statement).toMatchObject({ Principal: { Service: "s3.amazonaws.com" }, Condition: { StringEquals: { "aws:SourceAccount": "222222222222" } } });
    expect(list(statement?.Condition?.ArnLike?.["aws:SourceArn"]).every((arn) => arn.startsWith("arn:aws:s3:::aws-fall-log-storage-"))).toBe(true);
  });

  test("retention is read where it is set in place alone", () => {
    expect(JSON.stringify(replicationPermissions(kept))).toContain("s3:GetObjectRetention");
    expect(JSON.stringify(replicationPermissions(ordinary))).not.toContain("s3:GetObjectRetention");
  });

  test("nobody decrypts a backup, and the archive's deploy role administers none of its key", () => {
    const policy = backupKeyPolicy(kept, "eu-central-1");
    expect(policy.Statement.filter(({ Effect, Action }) => Effect === "Allow" && list(Action).some((action) => /Decrypt|\*/.test(action)))).toEqual([]);
    expect(named(policy, "ReplicationEncrypts").Condition?.StringLike?.["kms:EncryptionContext:aws:s3:arn"]).toEqual(["arn:aws:s3:::aws-fall-log-backup-888888888888-eu-central-1/*"]);
    expect(named(policy, "DeployRoleChanges").Condition).toEqual({ ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::888888888888:role/fall/deploy-backup" } });
  });
});
