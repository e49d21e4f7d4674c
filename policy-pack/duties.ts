/**
 * Who may do what to what we own: what a call is denied to everyone but, as far as it can be computed.
 *
 * From the documents of our roles comes who needs a call. Beside it three things are decided: who deploys a thing may do
 * anything to it but use it as a working role does; what would be believed - a report, a delivery, a webhook's URL - is
 * for who must do it and for nobody else, break-glass not excepted; and logs are not for those who deploy.
 */
import type { Configuration } from "../infra/config/configuration";
import { onceFor } from "../infra/config/once-for";
import { exemptPrincipals } from "../infra/documents/exempt";
import { harmlessReads, keyUse } from "../infra/documents/harmless-reads";
import { breakGlassPrincipals } from "../infra/documents/lock-owned";
import { archiveArns, delegatedArns, memberArns } from "../infra/documents/owned-arns";
import { copying, givingAway } from "../infra/documents/replication-role";
import { ciIssuer } from "../infra/documents/trust-policies";
import { workingRoles, type WorkingRole } from "../infra/documents/working-roles";
import { ANY_ACCOUNT, namesFor } from "../infra/names";
import { covers } from "./actions";
import { catalogue } from "./catalogue";
import { overlap } from "./universe/globs";

/** One kind of thing of ours. */
export interface Owned {
  /** For people: `functions of members`. */
  readonly what: string;
  readonly patterns: readonly string[];
  /** Who deploys them. */
  readonly keepers: readonly string[];
  /** Who may when nothing else helps. */
  readonly lastResort: readonly string[];
  /** Actions by which a working role of ours uses them. */
  readonly uses: readonly string[];
  /** Those of them, and what else, that are believed of a working role, and so nobody else's. */
  readonly believed: readonly string[];
  /** Actions that are for the last resort, not for who deploys. */
  readonly final: readonly string[];
  /** Actions that everyone may do. */
  readonly open: readonly string[];
  /** The roles whose documents let them do an action to them. */
  readonly needed: (action: string) => readonly string[];
}

/** Whoever could would be believed, wherever a working role of ours does it. */
const trustedUses: readonly string[] = [
  "events:PutEvents", "logs:CreateDelivery", "logs:UpdateDeliveryConfiguration", "logs:CreateLogStream", "logs:PutLogEvents", "secretsmanager:GetSecretValue", "sqs:SendMessage",
];

/** Reads that the lock leaves to everyone, and the use of keys, which their policies judge. */
const leftOpen: readonly string[] = [...new Set([...Object.values(harmlessReads).flat(), ...keyUse])];

interface Decided {
  readonly believed?: readonly string[];
  readonly final?: readonly string[];
  readonly open?: readonly string[];
}

/** What is decided of a kind of thing beyond what is computed. */
function decided(): Readonly<Record<string, Decided>> {
  const onObjects = catalogue().filter(({ types }) => types.some(({ name }) => name === "object")).map(({ name }) => name);
  const reading = onObjects.filter((action) => /^s3:(Get|List|Replicate)Object/.test(action));
  return {
    // Amazon S3 judges copying as the replication role; no operation of its API is judged by these.
    "logBuckets of the archive": { believed: [...reading, ...copying, ...givingAway], final: [...onObjects, "s3:DeleteBucket"] },
    // Who writes there and who reads, the bucket's own policy says: the configuration may name anybody's role.
    "placeBuckets of the archive": { open: usesOfPlaces(), believed: [...copying, ...givingAway], final: [...onObjects, "s3:DeleteBucket"] },
    "keys of the archive": { final: ["kms:DeleteImportedKeyMaterial", "kms:DisableKey", "kms:ScheduleKeyDeletion"] },
    "queues of the archive": { believed: ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:ReceiveMessage", "sqs:SendMessage"] },
    // The code holds no secret, and every enforcer reads the list of exclusions.
    "codeBuckets of the delegated account": { open: ["s3:AllowVendedLogDeliveryForResource", "s3:GetObject"] },
  };
}

/** What the writers and the readers of places do there; the buckets' own policies say who that is. */
export const usesOfPlaces = (): readonly string[] => [
  "s3:AbortMultipartUpload", "s3:PutObject",
  ...catalogue().filter(({ name, types }) => /^s3:(Get|List)Object/.test(name) && types.some((type) => type.name === "object")).map(({ name }) => name),
];

/** Everything that the project owns under names of its own. */
export const ownedThings = onceFor((config: Configuration): readonly Owned[] => {
  const exempt = exemptPrincipals(config);
  const roles = workingRoles(config);
  const overrides = decided();
  const names = catalogue().map(({ name }) => name);
  const things = (whose: string, arns: Readonly<Record<string, string | readonly string[]>>, keepers: readonly string[], lastResort: readonly string[]): readonly Owned[] =>
    Object.entries(arns).flatMap(([kind, value]) => {
      const patterns = typeof value === "string" ? [value] : value;
      if (patterns.length === 0) return [];
      const what = `${kind} of ${whose}`;
      const { believed: alsoBelieved = [], final = [], open = [] } = overrides[what] ?? {};
      const granted = grantsOn(roles, patterns);
      // A permission on everybody's resources does not use ours.
      const working = granted.filter(({ role, resources }) => !isDeploying(config, role) && resources.some((resource) => resource.includes(config.prefix)));
      const uses = names.filter((name) => !open.includes(name) && working.some(({ takes }) => takes(name)));
      // Nobody is believed where nobody works.
      const believed = [...uses.filter((name) => trustedUses.includes(name)), ...(uses.length > 0 ? alsoBelieved : [])];
      // Who works with it is judged together: each is confined to its own part by its own permissions.
      const together = [...new Set(uses.flatMap((action) => needing(working, action)))];
      const onOurs = granted.filter(({ resources }) => resources.some((resource) => resource.includes(config.prefix) || resource.endsWith(":key/*")));
      const needed = (action: string) => (believed.includes(action) || uses.includes(action) ? together : needing(onOurs, action));
      return [{ what, patterns, keepers, lastResort, uses, final, needed, believed, open: [...leftOpen, ...open] }];
    });
  return [
    ...things("members", memberArns(config), [exempt.stackSets], exempt.lastResort),
    ...things("the delegated account", delegatedArns(config), [exempt.deployDelegated], [exempt.breakGlass]),
    ...things("the archive", archiveArns(config), [exempt.deployLogArchive, ...(config.accounts.backup === undefined ? [] : [exempt.deployBackup])], [exempt.administrator]),
  ];
});

/** What is deployed by others than a role, or than those who deploy a thing. */
export const ownedByOthers = (things: readonly Owned[], keepers: readonly string[]): readonly string[] =>
  things.filter((thing) => !thing.keepers.some((keeper) => keepers.includes(keeper))).flatMap(({ patterns }) => patterns);

/** The principals that an action on a kind of thing is not denied to, in order. */
export function exemptFrom(action: string, { keepers, lastResort, uses, believed, final, needed }: Owned): readonly string[] {
  const others = believed.includes(action) ? [] : uses.includes(action) || final.includes(action) ? lastResort : [...keepers, ...lastResort];
  return [...new Set([...needed(action), ...others])].sort();
}

/** The roles whose documents let them do it to something of these patterns. */
export const whoNeeds = (config: Configuration, patterns: readonly string[]): ((action: string) => readonly string[]) => {
  const granted = grantsOn(workingRoles(config), patterns);
  return (action) => needing(granted, action);
};

/** Permissions that touch something of some patterns. */
interface Grant {
  readonly role: string;
  readonly takes: (action: string) => boolean;
  readonly resources: readonly string[];
}

function grantsOn(roles: readonly WorkingRole[], patterns: readonly string[]): readonly Grant[] {
  return roles.flatMap(({ arn, permissions }) =>
    permissions
      .filter(({ resources }) => resources.some((resource) => patterns.some((pattern) => overlap(pattern, resource))))
      .map(({ actions, resources }) => ({ role: arn, takes: taking(actions), resources })));
}

/** Names as they are written, patterns in any case. */
function taking(actions: readonly string[]): Grant["takes"] {
  const names = new Set(actions);
  const patterns = actions.filter((action) => /[*?]/.test(action));
  return (action) => names.has(action) || patterns.some((pattern) => covers(pattern, action));
}

const needing = (grants: readonly Grant[], action: string): readonly string[] => [
  ...new Set(grants.filter(({ takes }) => takes(action)).map(({ role }) => role)),
];

/** Whether a role deploys, or stands in for who does. */
function isDeploying(config: Configuration, role: string): boolean {
  const { deployDelegated, deployLogArchive, deployBackup, breakGlass, administrator } = exemptPrincipals(config);
  return [deployDelegated, deployLogArchive, deployBackup, breakGlass, administrator].some((pattern) => overlap(role, pattern));
}

/** The roles by which nobody else may come in, beside those that are owned with the rest; in every account. */
export function exemptRoles(config: Configuration): readonly string[] {
  const { roleArn, roleName, stackSetsExecutionRoleArn, accounts } = namesFor(config);
  const { deployManagement, deployLogArchive, deployDelegated, deployBackup, breakGlass, administrator } = roleName;
  const anywhere = [deployManagement, deployLogArchive, deployDelegated, breakGlass, administrator].map((name) => roleArn(name));
  return [...anywhere, ...(accounts.backup === undefined ? [] : [roleArn(deployBackup, accounts.backup)]), stackSetsExecutionRoleArn()];
}

/** Roles that record what there is, and do nothing to anything. */
export function recordingRoles(config: Configuration): readonly string[] {
  const { roleArn, roleName } = namesFor(config);
  return config.services.config.use === "create" ? [roleArn(roleName.configAggregator)] : [];
}

/** What a read of a thing is that the lock leaves to everyone, wherever it stands. */
export const isLeftOpen = (action: string): boolean => leftOpen.includes(action);

/** What the exempt roles rest on beside themselves. */
export function groundsOf(config: Configuration): readonly string[] {
  const { ci, accounts } = config;
  const member = "member.org.stacksets.cloudformation.amazonaws.com";
  return [
    `arn:aws:cloudformation:*:${ANY_ACCOUNT}:stack/stacksets-exec-role-stack-*`,
    `arn:aws:iam::${ANY_ACCOUNT}:role/aws-service-role/${member}/*`,
    ...(ci?.createProvider ? [accounts.logArchive, accounts.delegated].map((account) => `arn:aws:iam::${account}:oidc-provider/${ciIssuer}`) : []),
    // Whoever becomes one of these is let in by break-glass's trust policy.
    ...breakGlassPrincipals(config),
  ];
}
