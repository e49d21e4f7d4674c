/** Amazon S3 working for the archive itself: it copies what is stored, logs who asked for what, and lists what there is. */
import { auditLogs } from "../../infra/documents/audit-logs";
import type { StoreClass, StorePart } from "../../infra/names";
import type { Authorisation } from "../proxy";
import type { AttackRow, CheckRow } from "../report/report";
import type { World } from "./world";

const S3 = "s3.amazonaws.com";
const object = "AWSLogs/444444444444/log.gz";

interface Copy {
  readonly from: string;
  readonly store: StoreClass;
  readonly to: { readonly part: StorePart; readonly region: string; readonly account: string };
}

/** Each class of each Region, to its copy and to the backup. */
function copies({ names, regions }: World): readonly Copy[] {
  const { logArchive, backup = "" } = names.accounts;
  return regions.flatMap((from) =>
    (["kms", "sse-s3", "audit"] as const).flatMap((store) => [
      { from, store, to: { part: "replica" as const, region: regions.find((region) => region !== from) ?? "", account: logArchive } },
      { from, store, to: { part: "backup" as const, region: regions.at(-1) ?? "", account: backup } },
    ]),
  );
}

/** A key of an account, by its alias: what is judged is the policy on the key that the alias has now. */
type KeyOf = (account: string, region: string) => string;

/** What Amazon S3 asks for as the replication role, or as another, to make one copy. */
function asked({ names }: World, { from, store, to }: Copy, keyOf: KeyOf) {
  const source = `${names.bucketArnOf("storage", store, from)}/${object}`;
  const target = `${names.bucketArnOf(to.part, store, to.region)}/${object}`;
  const through = (region: string, arn: string) => ({ "kms:ViaService": `s3.${region}.amazonaws.com`, "kms:EncryptionContext:aws:s3:arn": arn });
  return [
    { action: "s3:GetObjectVersionForReplication", resource: source, region: from },
    { action: "s3:ReplicateObject", resource: target, region: to.region },
    ...(to.part === "backup" ? [{ action: "s3:ObjectOwnerOverrideToBucketOwner", resource: target, region: to.region }] : []),
    ...(store === "kms"
      ? [
          { action: "kms:Decrypt", resource: keyOf(names.accounts.logArchive, from), region: from, context: through(from, source) },
          { action: "kms:Encrypt", resource: keyOf(to.account, to.region), region: to.region, context: through(to.region, target) },
        ]
      : []),
  ];
}

const told = (refused: Authorisation | undefined) => (refused ? `${refused.action} refused by ${refused.deniedBy ?? "nobody's leave"}` : "admitted");

/** Every copy there is, and every log of a store about itself: all must be admitted. */
export async function copied(world: World, keyOf: KeyOf): Promise<CheckRow[]> {
  const { names, proxy } = world;
  const role = names.roleArn(names.roleName.replication, names.accounts.logArchive);
  const rows: CheckRow[] = [];
  for (const copy of copies(world)) {
    const answers = await Promise.all(asked(world, copy, keyOf).map((request) => proxy.authorise({ service: S3, role, ...request })));
    const refused = answers.find(({ decision }) => decision === "denied");
    rows.push({ name: `${copy.store} of ${copy.from} is copied into the ${copy.to.part} in ${copy.to.region}`, ok: !refused, detail: told(refused) });
  }
  for (const region of world.regions)
    for (const part of ["storage", "replica"] as const)
      for (const { name, service, keys } of auditLogs) {
        const resource = `${names.bucketArnOf("storage", "audit", region)}/${keys.replace("{account}", names.accounts.logArchive).replaceAll("*", "x")}`;
        const source = { sourceAccount: names.accounts.logArchive, sourceArn: names.bucketArnOf(part, "kms", region) };
        const answer = await proxy.authorise({ service, action: "s3:PutObject", resource, region, ...source });
        const refused = answer.decision === "denied" ? answer : undefined;
        rows.push({ name: `${service} writes ${name} of the ${part} in ${region}`, ok: !refused, detail: told(refused) });
      }
  return rows;
}

/** The same copies by the archive's deploy role, and what the replication role does beside: each layer alone must refuse. */
export async function forgeCopies(world: World): Promise<{ rows: AttackRow[]; refusals: Authorisation[] }> {
  const { names, proxy } = world;
  const { logArchive } = names.accounts;
  const [deploying, replication] = [names.roleName.deployLogArchive, names.roleName.replication].map((role) => names.roleArn(role, logArchive));
  const region = names.homeRegion;
  const at = (part: StorePart) => `${names.bucketArnOf(part, "kms", region)}/${object}`;
  const tried = [
    { name: "pass a forgery off as a copy", by: "deploy role", role: deploying, action: "s3:ReplicateObject", resource: at("replica"), layer: "scp" },
    { name: "pass a forgery off as a copy", by: "deploy role", role: deploying, action: "s3:ReplicateObject", resource: at("replica"), layer: "resource" },
    { name: "copy a deletion", by: "replication role", role: replication, action: "s3:ReplicateDelete", resource: at("replica"), layer: "scp" },
    { name: "copy a deletion", by: "replication role", role: replication, action: "s3:ReplicateDelete", resource: at("replica"), layer: "resource" },
    { name: "copy back into a store", by: "replication role", role: replication, action: "s3:ReplicateObject", resource: at("storage"), layer: "resource" },
  ] as const;
  const rows: AttackRow[] = [];
  const refusals: Authorisation[] = [];
  for (const { name, by, role, action, resource, layer } of tried) {
    const answer = await proxy.authorise({ service: S3, ...(role !== undefined && { role }), action, resource, region });
    const verdict = answer.layers[layer];
    const denied = verdict.verdict === "explicit-deny";
    if (denied && layer === "scp") refusals.push(answer);
    const detail = denied ? verdict.by.map(({ policy, sid }) => `${policy}/${sid}`).join(", ") : "admitted";
    rows.push({ name, by, on: "log-archive", layer, result: denied ? "denied" : "SLIPPED", detail });
  }
  return { rows, refusals };
}
