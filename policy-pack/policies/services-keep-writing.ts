/** Services that deliver logs for us, events and code that run for us, and our own roles are not refused as outsiders. */
import { sources } from "../../functions/sources";
import { tiers, type Configuration, viaOf } from "../../infra/config/configuration";
import { ciIssuer, ciSubject } from "../../infra/documents/trust-policies";
import { workingRoles } from "../../infra/documents/working-roles";
import { ANY_ACCOUNT, namesFor } from "../../infra/names";
import { actionsNamed } from "../actions";
import { controlQuestions, type ControlAsk } from "../control-questions";
import { factsOfAll } from "../goals";
import { obligation } from "../obligation";
import type { KeyDomain } from "../prover/types";
import { everyoneLike, federated } from "../universe";

const said = (...like: readonly string[]): KeyDomain => ({ kind: "free", presence: "always", many: false, values: { reading: "text", like } });

/** A service for an account of ours: with the organization's id, or by an account that the configuration lists. */
const acting = (config: Configuration, service: string): Pick<ControlAsk, "principals" | "keys"> => ({
  principals: [{ kind: "service", arns: { reading: "text", like: [service] } }],
  keys:
    config.writers === "organization"
      ? { "aws:sourceorgid": said(config.organizationId) }
      : { "aws:sourceaccount": said(...new Set([...Object.values(config.accounts), ...config.writers])) },
});

async function writers(config: Configuration): Promise<readonly ControlAsk[]> {
  const { logBucketArn, accounts, deadLetterQueue, notificationQueue, homeRegion, roleArn, roleName } = namesFor(config);
  const kinds = sources.flatMap((source) => source.kinds(viaOf(config, source)));
  const [put, encrypt, send, assume] = await Promise.all(
    [["s3:PutObject", "s3:GetBucketAcl"], ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"], ["sqs:SendMessage"], ["sts:AssumeRole"]].map(factsOfAll),
  );
  return [
    ...kinds.flatMap(({ kind, writer, store, naming }): readonly ControlAsk[] => {
      const bucket = logBucketArn(store, "*", naming);
      const who = acting(config, writer);
      return [
        { id: `${writer} delivers ${kind}`, demand: "not-denied", ...who, actions: put!, resources: [bucket, `${bucket}/*`] },
        ...(store === "kms"
          ? [{ id: `${writer} encrypts ${kind}`, demand: "not-denied" as const, ...who, actions: encrypt!, resources: [`arn:aws:kms:*:${accounts.logArchive}:key/*`] }]
          : []),
      ];
    }),
    {
      id: "services that say for nobody that they act",
      demand: "not-denied",
      principals: [{ kind: "service", arns: { reading: "text", like: ["?*.amazonaws.com"] } }],
      keys: { "aws:sourceaccount": { kind: "absent" } },
      actions: [...put!, ...encrypt!, ...send!, ...assume!],
    },
    {
      id: "EventBridge fills our queues",
      demand: "not-denied",
      ...acting(config, "events.amazonaws.com"),
      actions: send!,
      resources: [`arn:aws:sqs:*:${ANY_ACCOUNT}:${deadLetterQueue}`, `arn:aws:sqs:${homeRegion}:${accounts.delegated}:${notificationQueue}`],
    },
    {
      id: "services assume the roles that are for them",
      demand: "not-denied",
      principals: ["lambda", "events", "s3", "config"].map((service) => ({ kind: "service" as const, arns: { reading: "text" as const, like: [`${service}.amazonaws.com`] } })),
      actions: assume!,
      resources: [roleArn("enforcer-*"), roleArn(roleName.forwarder), roleArn(roleName.notifier), roleArn(roleName.watcher), roleArn(roleName.replication), roleArn(roleName.configRecorder)],
    },
  ];
}

/** Ours are no outsiders. */
async function roles(config: Configuration): Promise<readonly ControlAsk[]> {
  const asked = workingRoles(config).map(({ arn, permissions }) =>
    Promise.all(
      permissions.map(async ({ actions, resources }, index): Promise<ControlAsk> => {
        const names = await Promise.all(actions.map(async (action) => (/[*?]/.test(action) ? (await actionsNamed(action)).map(({ name }) => name) : [action])));
        return {
          id: `permission ${index + 1} of ${arn.split("/").at(-1)}`,
          demand: "not-denied",
          principals: everyoneLike([arn]),
          actions: (await factsOfAll(names.flat())).filter(({ takesRcp }) => takesRcp),
          resources,
          keys: { "aws:principalorgid": said(config.organizationId) },
        };
      }),
    ));
  return (await Promise.all(asked)).flat();
}

/** The pinned pipelines come in. */
async function pipelines(config: Configuration): Promise<readonly ControlAsk[]> {
  if (!config.ci) return [];
  const { roleArn } = namesFor(config);
  const subjects = tiers.map((tier) => ciSubject(config.ci!.repository, tier));
  return [
    {
      id: "our pipelines assume deploy roles",
      demand: "not-denied",
      principals: federated().principals,
      keys: { [`${ciIssuer}:sub`]: said(...subjects) },
      actions: await factsOfAll(["sts:AssumeRoleWithWebIdentity"]),
      resources: [roleArn("deploy-*")],
    },
  ];
}

/** A SIEM that the configuration says is another organization's comes in by its role; so may our own principals. */
async function vendors(config: Configuration): Promise<readonly ControlAsk[]> {
  const { roleArn, roleName } = namesFor(config);
  const outside = config.people.siem.filter((one) => one.outside);
  const actions = await factsOfAll(["sts:AssumeRole"]);
  const all = (account: string) => everyoneLike(["role/?*", "user/?*", "root"].map((name) => `arn:aws:iam::${account}:${name}`));
  return outside.flatMap(({ name, account }): readonly ControlAsk[] => {
    const resources = [roleArn(roleName.siem(name), config.accounts.logArchive)];
    return [
      { id: `${name} assumes its role`, demand: "not-denied", principals: all(account), actions, resources },
      { id: `${name}'s role and the organization's principals`, demand: "not-denied", principals: all(ANY_ACCOUNT), keys: { "aws:principalorgid": said(config.organizationId) }, actions, resources },
    ];
  });
}

export const rule = obligation({
  requirement: "Services that write logs, carry events and run code for us, our pipelines and our own roles are not refused as outsiders.",
  universe:
    "Every service that the source table names as a writer, for every account of the organization, on the bucket and keys of its store; Amazon EventBridge on our queues; AWS Lambda, EventBridge, Amazon S3 and AWS Config on the roles that are for them, with or without a source; the pinned pipelines' tokens on the deploy roles; vendors on their roles; and each role of ours with its own permissions.",
  notCovered: "Whether a service sends aws:SourceOrgID where AWS does not say so: `writers` in the configuration is the switch. Services that the source table does not name as writers.",
  about: ({ kind }) => kind === "resource-control-policy",
  questions: async (config, subjects) =>
    controlQuestions(subjects, "resource-control-policy", [...(await writers(config)), ...(await pipelines(config)), ...(await roles(config)), ...(await vendors(config))]),
});
