/**
 * Where an organization's trail was there already, the lock guards the bucket that it writes to: the very document of such a
 * configuration, attached for as long as the bucket is attacked, and taken off again.
 */
import { DeleteBucketCommand, DeleteBucketPolicyCommand, DeleteObjectCommand, PutBucketLifecycleConfigurationCommand, PutBucketPolicyCommand, PutBucketVersioningCommand, PutObjectCommand, PutPublicAccessBlockCommand, S3Client } from "@aws-sdk/client-s3";
import { AttachPolicyCommand, CreatePolicyCommand, DeletePolicyCommand, DetachPolicyCommand, OrganizationsClient } from "@aws-sdk/client-organizations";
import { minified, type PolicyDocument } from "../../infra/documents/policy";
import { serviceControlPolicies } from "../../infra/documents/service-control-policies";
import type { GraphResource } from "../../infra/program/graph";
import { attacks } from "../attacks/attack";
import type { Target } from "../attacks/attack";
import { configurationFor } from "../organization";
import type { CheckRow } from "../report/report";
import { assaultOwned } from "./assault";
import type { Assault } from "./assault";
import { inForceOver, type InForce } from "./near-misses";
import type { Stack } from "./proofs";
import type { Lab } from "./start";
import { insiders } from "./targets";
import { makeTries } from "./tries";

/** The name that the document has while it is attached, so that its refusals are told from the lock's own; and its statement. */
const ADOPTED = "adopted-trail";
const GUARDING = "BucketChangesForbidden";

/** As AWS Control Tower names it, in its log archive's account: here the first member. */
const bucketOf = (account: string) => `aws-controltower-logs-${account}-us-east-1`;
const at = ({ account }: Pick<Target, "account">) => ({ Bucket: bucketOf(account) });
const Key = "o-example/AWSLogs/log.json.gz";
const openDoor = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }] });
const soon = { Rules: [{ ID: "own", Status: "Enabled" as const, Filter: { Prefix: "" }, Expiration: { Days: 1 } }] };

const bucketAttacks = attacks("scp", "member", {
  "delete what an adopted trail wrote": (send, target) => send(S3Client, new DeleteObjectCommand({ ...at(target), Key })),
  "delete a version of what an adopted trail wrote": (send, target) => send(S3Client, new DeleteObjectCommand({ ...at(target), Key, VersionId: "1" })),
  "expire what an adopted trail wrote": (send, target) => send(S3Client, new PutBucketLifecycleConfigurationCommand({ ...at(target), LifecycleConfiguration: soon })),
  "suspend the versions of an adopted trail's bucket": (send, target) => send(S3Client, new PutBucketVersioningCommand({ ...at(target), VersioningConfiguration: { Status: "Suspended" } })),
  "replace the policy of an adopted trail's bucket": (send, target) => send(S3Client, new PutBucketPolicyCommand({ ...at(target), Policy: openDoor })),
  "take an adopted trail's bucket its policy": (send, target) => send(S3Client, new DeleteBucketPolicyCommand(at(target))),
  "open an adopted trail's bucket to the public": (send, target) => send(S3Client, new PutPublicAccessBlockCommand({ ...at(target), PublicAccessBlockConfiguration: { BlockPublicAcls: false } })),
  "delete an adopted trail's bucket": (send, target) => send(S3Client, new DeleteBucketCommand(at(target))),
});

interface AdoptedLock extends Stack {
  /** The one of its documents that guards the bucket. */
  readonly document: PolicyDocument;
}

/** The service control policies of an organization whose trail was there already. */
export function adoptedLock({ organization, common, world }: Pick<Lab, "organization" | "common" | "world">): AdoptedLock {
  const management = organization.management.id;
  const trail = { use: "existing", existing: `arn:aws:cloudtrail:${world.names.homeRegion}:${management}:trail/aws-controltower-BaselineCloudTrail`, existingBucket: bucketOf(world.members[0] ?? ""), exceptions: ["control-tower"] };
  const configuration = configurationFor("management", organization, { ...common, phase: "lock", rollout: "organization", lock: "organization", more: { ...common.more, services: { trail } } });
  const guards = ({ Statement }: PolicyDocument) => Statement.some(({ Sid }) => Sid === GUARDING);
  const policies = serviceControlPolicies(configuration);
  const type = "aws:organizations/policy:Policy";
  const graph = policies.map(({ name: own, document }): GraphResource => {
    const name = guards(document) ? ADOPTED : own;
    return { urn: `urn:pulumi:management::fall::${type}::${name}`, type, name, props: { name, type: "SERVICE_CONTROL_POLICY", content: minified(document) }, parent: "", dependencies: [], id: "", provider: "", account: management, protect: true, retainOnDelete: false, ignoreChanges: [] };
  });
  return { graph, configuration, only: GUARDING, document: policies.map(({ document }) => document).find(guards)! };
}

export interface AttackedTrail extends Assault {
  readonly checks: readonly CheckRow[];
  /** What bound the attacked account. */
  readonly inForce: InForce;
}

/** @throws Error where the document can't be attached or the bucket not be made */
export async function attackAdoptedTrail(lab: Lab, { document }: AdoptedLock, targetOf: Parameters<typeof assaultOwned>[2]): Promise<AttackedTrail> {
  const { organization, callers, world, proxy } = lab;
  const account = world.members[0] ?? "";
  const region = world.names.homeRegion;

  const administrator = world.caller("administrator", account, region).client(S3Client);
  await administrator.send(new PutObjectCommand({ ...(await made(lab, account)), Key, Body: "a log" }));
  const organizations = callers(organization.management.admin).client(OrganizationsClient);
  const { Policy } = await organizations.send(new CreatePolicyCommand({ Name: ADOPTED, Description: "An adopted trail", Type: "SERVICE_CONTROL_POLICY", Content: minified(document) }));
  const attachment = { PolicyId: Policy!.PolicySummary!.Id!, TargetId: account };
  await organizations.send(new AttachPolicyCommand(attachment));
  try {
    const inForce = await inForceOver(lab.motoUrl, account);
    const assault = await assaultOwned(world, bucketAttacks, targetOf, insiders(world));
    const tries = makeTries(proxy);
    await tries.attempt("who logs in an adopted trail's account goes on putting objects", () => administrator.send(new PutObjectCommand({ Bucket: bucketOf(account), Key, Body: "another log" })));
    const role = await organization.people.role(account, "AWSControlTowerExecution", "AdministratorAccess");
    const landingZone = callers(await organization.people.as(organization.members[0]!.user, role), region).client(S3Client);
    await tries.attempt("the landing zone goes on changing an adopted trail's bucket", () => landingZone.send(new PutBucketLifecycleConfigurationCommand({ Bucket: bucketOf(account), LifecycleConfiguration: soon })));
    const unneeded = bucketAttacks.filter(({ name }) => !assault.rows.some((row) => row.name === name && row.detail.includes(`${ADOPTED}/${GUARDING}`))).map(({ name }) => name);
    const needed: CheckRow = { name: `an attack needs ${ADOPTED}/${GUARDING}`, ok: unneeded.length === 0, detail: unneeded.join(", ") || `${bucketAttacks.length} kinds of attack` };
    return { ...assault, checks: [...tries.checks, needed], inForce };
  } finally {
    await organizations.send(new DetachPolicyCommand(attachment));
    await organizations.send(new DeletePolicyCommand({ PolicyId: attachment.PolicyId }));
  }
}

/** The bucket, made as ordinary work. */
async function made({ world }: Lab, account: string): Promise<{ readonly Bucket: string }> {
  await world.ground("s3").bucket(world.caller("administrator", account, world.names.homeRegion), "aws-controltower-logs");
  return { Bucket: bucketOf(account) };
}
