/** What the attacks are aimed at, and who makes them. */
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import type { OwnedAttack, Target } from "../attacks/attack";
import { arnOf, kinds } from "../people";
import type { CloudFormation, Deployer } from "../deploy";
import { executionRoleName } from "../deploy";
import type { Organization } from "../organization";
import type { Attacker } from "./assault";
import type { World } from "./world";

/** A Region that no lab run governs. */
export const CLOSED_REGION = "ap-south-1";

/** The attacked accounts with everything that an attack names, looked up once. */
export async function targets(
  world: World,
  organization: Organization,
  deployer: Deployer,
  cloudFormation: CloudFormation,
): Promise<(attack: OwnedAttack) => Target> {
  const region = world.names.homeRegion;
  const accounts = { member: world.members[0] ?? "", "log-archive": organization.logArchive.id, delegated: organization.delegated.id, backup: organization.backup.id };
  const trust = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
  });
  const member = world.caller("administrator", accounts.member, region);
  const { Role } = await member.client(IAMClient).send(new CreateRoleCommand({ RoleName: "attacker", AssumeRolePolicyDocument: trust }));
  const instances = [...(cloudFormation.stackSets.get(world.names.regionalStackSet)?.instances.values() ?? [])];
  const instance = instances.find((each) => each.account === accounts.member && each.region === region);
  const backupRegion = world.regions.at(-1) ?? region;
  const keyOf = (name: string) => deployer.made("log-archive", "aws:kms/key:Key", name).id;
  const [keyId, backupKeyId] = [keyOf(`log-storage-${region}`), keyOf(`log-backup-${backupRegion}`)];
  const mapping = deployer.names("delegated", "aws:lambda/eventSourceMapping:EventSourceMapping")[0] ?? "";
  const mappingId = deployer.made("delegated", "aws:lambda/eventSourceMapping:EventSourceMapping", mapping).id;
  return ({ on }) => ({
    names: world.names,
    account: accounts[on],
    region,
    closedRegion: CLOSED_REGION,
    keyId,
    backupRegion,
    backupKeyId,
    ownRoleArn: Role?.Arn ?? "",
    stackArn: instance?.stackId ?? "",
    executionRole: executionRoleName(accounts[on]),
    mappingId,
  });
}

/** Every kind of principal of the account attacked. */
export const insiders =
  (world: World, region?: string) =>
  (_: OwnedAttack, target: Target): Attacker[] =>
    kinds.map((kind) => ({
      by: kind,
      principal: arnOf(kind, target.account),
      caller: world.caller(kind, target.account, region ?? target.region),
    }));
