/**
 * Whoever does not weaken logging notices nothing: what the lock denies is inside the list of what it is for.
 *
 * The list is the same that the other obligations prove to be denied: what we own but for reviewed reads, the weakening
 * calls, the side doors, and closed Regions. Here everything beside it is proven not to be denied.
 */
import { sources } from "../../functions/sources";
import { type Configuration, viaOf } from "../../infra/config/configuration";
import { exemptPrincipals } from "../../infra/documents/exempt";
import { harmlessReads, keyUse } from "../../infra/documents/harmless-reads";
import { breakGlassPrincipals } from "../../infra/documents/lock-owned";
import { archiveArns } from "../../infra/documents/owned-arns";
import { ciIssuer } from "../../infra/documents/trust-policies";
import { ANY_ACCOUNT, namesFor } from "../../infra/names";
import { catalogue } from "../catalogue";
import { controlQuestions, type ControlAsk } from "../control-questions";
import { exemptRoles, groundsOf, ownedThings, usesOfPlaces } from "../duties";
import { factsOfAll } from "../goals";
import { obligation } from "../obligation";
import type { KeyDomain } from "../prover/types";
import { sideDoors } from "../side-doors";
import { everyoneBut } from "../universe";
import { ordinarily } from "../ordinary";

const spared = (config: Configuration, what: string, more: Omit<ControlAsk, "id" | "demand" | "principals">): ControlAsk => ({
  id: `${what} is open to everybody`,
  demand: "not-denied",
  principals: everyoneBut([], config.accounts.management),
  ordinaryNames: true,
  ...more,
});

const absent: KeyDomain = { kind: "absent" };
const unlike = (...values: readonly string[]): KeyDomain => ({ kind: "free", presence: "either", many: false, values: { reading: "arn", like: ["*"], unlike: values } });

/** Everything that marks a request as one of the list: our tag on the resource, our functions, accounts and Regions. */
function strangers(config: Configuration): Readonly<Record<string, KeyDomain>> {
  const { tagKey } = namesFor(config);
  const functions = ownedThings(config).filter(({ what }) => what.startsWith("functions")).flatMap(({ patterns }) => patterns);
  return {
    ...ordinarily(config),
    [`aws:resourcetag/${tagKey}`]: absent,
    "lambda:functionarn": unlike(...functions, ...functions.map((arn) => `${arn}:*`)),
    "cloudformation:rolearn": { kind: "free", presence: "always", many: false, values: { reading: "arn", like: [`arn:aws:iam::${ANY_ACCOUNT}:role/?*`], unlike: exemptRoles(config).concat(`arn:aws:iam::${ANY_ACCOUNT}:role/stacksets-exec-*`) } },
  };
}

/** Calls of the list that are denied whatever they are asked on. */
const unconditional = ["account:CloseAccount", "organizations:LeaveOrganization"];

/** Strangers' things: in accounts that are not the archive's or the delegated one, where whole calls are ours. */
async function everythingElse(config: Configuration): Promise<readonly ControlAsk[]> {
  const { logArchive, delegated, backup } = config.accounts;
  const { existingBucket } = config.services.trail;
  const things = ownedThings(config);
  const doors = sideDoors(config).filter(({ when }) => when === undefined).flatMap(({ resources = [] }) => resources);
  const weakening = sources
    .flatMap((source) => source.weakening(namesFor(config), viaOf(config, source)))
    .flatMap((call) => (call.how === "denied" && call.condition === undefined ? call.resources : []));
  const except = [
    ...things.flatMap(({ patterns }) => patterns),
    ...exemptRoles(config),
    `arn:aws:iam::${ANY_ACCOUNT}:role${namesFor(config).rolePath}*`,
    `arn:aws:iam::${ANY_ACCOUNT}:role/stacksets-exec-*`,
    `arn:aws:iam::${ANY_ACCOUNT}:role/aws-service-role/member.org.stacksets.cloudformation.amazonaws.com/*`,
    ...(config.ci?.createProvider ? [logArchive, delegated].map((account) => `arn:aws:iam::${account}:oidc-provider/${ciIssuer}`) : []),
    `arn:aws:cloudformation:*:${ANY_ACCOUNT}:stack/stacksets-exec-role-stack-*`,
    ...doors,
    ...weakening.filter((resource) => resource !== "*"),
    ...breakGlassPrincipals(config),
    // Not ours, and guarded all the same: `recorders-stay` says what of it is denied.
    ...(existingBucket === undefined ? [] : [`arn:aws:s3:::${existingBucket}`, `arn:aws:s3:::${existingBucket}/*`]),
  ];
  const creating = sources.flatMap((source) => source.creating);
  const repaired = sources.flatMap((source) => source.weakening(namesFor(config), viaOf(config, source))).flatMap(({ actions }) => actions);
  const actions = [...new Set([...catalogue().map(({ name }) => name), ...creating, ...repaired])].filter((name) => !unconditional.includes(name) && !isRecorder(name));
  const ours = [logArchive, delegated, ...(backup === undefined ? [] : [backup])];
  const members = everyoneBut([], config.accounts.management).map((set) => ({
    ...set,
    arns: { ...set.arns, unlike: [...(set.arns.unlike ?? []), ...ours.map((account) => `arn:aws:*::${account}:*`)] },
  }));
  const target = { kind: "free", presence: "always", many: false } as const;
  const governed = { ...target, values: { reading: "text", like: config.regions } } as const;
  const other = { ...target, values: { reading: "text", like: ["*"], unlike: config.regions } } as const;
  const ordinary = actions.filter((name) => !name.startsWith("account:"));
  return [
    { ...spared(config, "what is not ours", { actions: await factsOfAll(ordinary), except, keys: strangers(config) }), principals: members },
    spared(config, "enabling a governed Region", { actions: await factsOfAll(["account:EnableRegion"]), keys: { "account:targetregion": governed } }),
    spared(config, "disabling a Region that is not governed", { actions: await factsOfAll(["account:DisableRegion"]), keys: { "account:targetregion": other } }),
  ];
}

/** The organization's own recorders are `recorders-stay`'s. */
const isRecorder = (action: string): boolean => /^(cloudtrail|config|guardduty|securityhub|access-analyzer|organizations):/.test(action);

/** Reads of what is ours, each where it was reviewed for, and the use of keys in the archive's account. */
async function reads(config: Configuration): Promise<readonly ControlAsk[]> {
  const actions = await factsOfAll([...new Set([...Object.values(harmlessReads).flat(), ...keyUse])].filter((name) => !isRecorder(name)));
  const keys = ordinarily(config);
  const { lastResort } = exemptPrincipals(config);
  const readers = archiveArns(config).roles.filter((arn) => !/replication|config-/.test(arn));
  return [
    ...ownedThings(config).map(({ what, patterns }) => spared(config, `reading ${what}`, { actions, resources: patterns, keys })),
    spared(config, "reading exempt roles and what they rest on", { actions, resources: [...exemptRoles(config), ...groundsOf(config)], keys }),
    // Who may, the buckets' own policies say.
    spared(config, "writing to places of workloads, and reading them", { actions: await factsOfAll(usesOfPlaces()), resources: archiveArns(config).placeBuckets.map((bucket) => `${bucket}/*`), keys }),
    // Who may, the roles' own trust policies say.
    spared(config, "assuming break-glass and the readers' roles", { actions: await factsOfAll(["sts:AssumeRole", "sts:SetSourceIdentity"]), resources: [...lastResort, ...readers], keys }),
    {
      ...spared(config, "who may call a bus in another Region", {
        actions: await factsOfAll(["events:PutPermission", "events:RemovePermission"]),
        keys: { ...keys, "aws:requestedregion": { kind: "free", presence: "always", many: false, values: { reading: "text", like: ["*"], unlike: [config.homeRegion] } } },
      }),
    },
  ];
}

export const rule = obligation({
  requirement: "Apart from what the lock is for, it denies nothing.",
  universe:
    "Every role, user, federated user and root user of every member but the archive and the delegated account; every action of the catalogue and of the source table, on every resource that is not ours and no side door, in governed Regions, without our tag and without naming our tags or functions; for all members, every reviewed harmless read on everything that is ours, writing to and reading from the places of workloads, and the use of keys in the archive's account.",
  notCovered:
    "Actions that no statement of the lock names and no NotAction leaves over are not asked one by one. What is denied by design: a tag with our key, AWS CloudFormation updates of StackSets' stacks as the execution role, the default bus's settings, names that are ours, and in the archive's and the delegated account what the side doors say. The recorders' statements are `recorders-stay`'s.",
  about: ({ kind }) => kind === "service-control-policy",
  questions: async (config, subjects) => controlQuestions(subjects, "service-control-policy", [...(await everythingElse(config)), ...(await reads(config))]),
});
