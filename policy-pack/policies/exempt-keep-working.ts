/**
 * The lock leaves every role of ours what it needs, and break-glass and the StackSets what they are exempt for.
 *
 * What a role needs is what its own documents let it do, read back: there is no second list.
 */
import { sources } from "../../functions/sources";
import type { Condition, Permission } from "../../functions/sources/log-source";
import { type Configuration, viaOf } from "../../infra/config/configuration";
import { exemptPrincipals, type Exempt } from "../../infra/documents/exempt";
import { isWithin } from "../../infra/documents/lock-sources";
import { workingRoles } from "../../infra/documents/working-roles";
import { ANY_ACCOUNT, namesFor } from "../../infra/names";
import { actionsNamed } from "../actions";
import { catalogue } from "../catalogue";
import { controlQuestions, type ControlAsk } from "../control-questions";
import { exemptRoles, ownedByOthers, ownedThings, type Owned } from "../duties";
import { factsOfAll } from "../goals";
import { obligation } from "../obligation";
import { only, ordinarily } from "../ordinary";
import type { KeyDomain } from "../prover/types";
import { sideDoors } from "../side-doors";
import { everyoneLike, type ActionFacts } from "../universe";

const listOf = (value: string | readonly string[]): readonly string[] => (typeof value === "string" ? [value] : value);

/**
 * What a permission's condition says of keys. A test that is not here narrows nothing, so that more than the role can do
 * must be left to it.
 */
function domains(condition: Condition = {}): Readonly<Record<string, KeyDomain>> {
  const said = Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(keys).flatMap(([key, values]): readonly (readonly [string, KeyDomain])[] => {
      const name = key.toLowerCase();
      if (/^(String|Arn)(Equals|Like)$/.test(operator)) return [[name, only(listOf(values), operator.startsWith("Arn") ? "arn" : "text", false)]];
      if (/^For(All|Any)Values:String(Equals|Like)$/.test(operator)) return [[name, only(listOf(values), "text", true)]];
      return operator === "Bool" ? [[name, only(listOf(values), "text", false)]] : [];
    }),
  );
  return Object.fromEntries(said);
}

/** An action named by a pattern is every action that has such a name. */
async function factsOfPermission({ actions }: Permission): Promise<readonly ActionFacts[]> {
  const names = await Promise.all(actions.map(async (action) => (/[*?]/.test(action) ? (await actionsNamed(action)).map(({ name }) => name) : [action])));
  return factsOfAll(names.flat());
}

const keeps = (id: string, who: readonly string[], more: Omit<ControlAsk, "id" | "demand" | "principals">): ControlAsk => ({
  id,
  demand: "not-denied",
  principals: everyoneLike(who),
  ordinaryNames: true,
  ...more,
});

/** A deploy role works in a Region before it is governed: that is how one is opened. */
const opens = ({ deployDelegated, deployLogArchive }: Exempt, role: string): boolean => [deployDelegated, deployLogArchive].includes(role);

/** A permission on everybody's resources is not for ours, nor one on delivery sources for those of another source. */
function notForIt(config: Configuration, role: string, { actions, resources }: Permission, things: readonly Owned[]): readonly string[] {
  const names = namesFor(config);
  const generic = resources.every((resource) => !resource.includes(config.prefix));
  const others = sources.filter(({ name }) => exemptPrincipals(config).enforcer(name) !== role);
  const kinds = others.flatMap((source) => source.kinds(viaOf(config, source)));
  return [
    ...(generic ? things.filter(({ open }) => !open.some((action) => actions.includes(action))).flatMap(({ patterns }) => patterns.filter((pattern) => !pattern.endsWith(":key/*"))) : []),
    ...kinds.map(({ kind }) => `arn:aws:logs:*:${ANY_ACCOUNT}:delivery-source:${names.deliverySourcePrefix(kind)}*`),
  ];
}

/** What opening a Region may do to the archive before the Region is governed, and not after. */
const before = (config: Configuration): readonly string[] => sideDoors(config).filter(({ beforeGoverned }) => beforeGoverned).flatMap(({ actions }) => actions);

async function needs(config: Configuration): Promise<readonly ControlAsk[]> {
  const exempt = exemptPrincipals(config);
  const things = ownedThings(config);
  const { "aws:tagkeys": untagged, ...governed } = ordinarily(config);
  const opening = before(config);
  const elsewhere: KeyDomain = { kind: "free", presence: "always", many: false, values: { reading: "text", like: ["*"], unlike: config.regions } };
  const asked = workingRoles(config).map(({ arn, permissions }) =>
    Promise.all(
      permissions.map(async (permission, index) => {
        const actions = await factsOfPermission(permission);
        const isOpener = opens(exempt, arn);
        // The backup's Region is governed already, and its stores are set up before the lock is attached.
        const once = isOpener || arn === exempt.deployBackup ? actions.filter(({ name }) => opening.includes(name)) : [];
        const more = { resources: permission.resources, except: [...notForIt(config, arn, permission, things), ...(isOpener ? ownedByOthers(things, [arn]).filter((pattern) => !permission.resources.some((resource) => isWithin(resource, pattern))) : [])] };
        const keys = { "aws:tagkeys": untagged!, ...(isOpener ? {} : governed), ...domains(permission.condition) };
        const id = `permission ${index + 1} of ${arn.split("/").at(-1)}`;
        return [
          keeps(id, [arn], { ...more, actions: actions.filter((action) => !once.includes(action)), keys }),
          keeps(`${id}, before the Region is governed`, [arn], { ...more, actions: once, keys: { ...keys, "aws:requestedregion": elsewhere } }),
        ];
      }),
    ));
  return (await Promise.all(asked)).flat(2);
}

/** StackSets make, change and remove what they deploy; nobody reads from or writes to it but who works with it. */
async function deploying(config: Configuration): Promise<readonly ControlAsk[]> {
  const { stackSets } = exemptPrincipals(config);
  const keys = ordinarily(config);
  const things = ownedThings(config);
  return [
    ...things
      .filter(({ keepers }) => keepers.includes(stackSets))
      .map(({ what, patterns, uses, keepers }) =>
        keeps(`StackSets deploy ${what}`, [stackSets], {
          actions: catalogue().filter(({ name }) => !name.startsWith("sts:") && !uses.includes(name)),
          resources: patterns,
          except: ownedByOthers(things, keepers),
          keys,
        })),
    keeps("StackSets update stacks of others", [stackSets], {
      actions: await factsOfAll(["cloudformation:CreateChangeSet", "cloudformation:UpdateStack"]),
      resources: [`arn:aws:cloudformation:*:${ANY_ACCOUNT}:stack/StackSet-*`],
      keys,
    }),
  ];
}

/** Whatever the pipelines can't mend, break-glass can: but for what would be believed. */
async function mending(config: Configuration): Promise<readonly ControlAsk[]> {
  const { lastResort } = exemptPrincipals(config);
  const actions = catalogue().filter(({ name }) => !name.startsWith("sts:"));
  const { "aws:requestedregion": region, ...named } = ordinarily(config);
  const keys = { ...Object.fromEntries(Object.entries(named).filter(([key]) => key !== "aws:tagkeys")), "aws:requestedregion": region! };
  const owned = ownedThings(config);
  const ours = owned.flatMap(({ patterns }) => patterns);
  const calls = sources
    .flatMap((source) => source.weakening(namesFor(config), viaOf(config, source)))
    .flatMap((call) => (call.how === "denied" && !call.resources.every((resource) => ours.some((pattern) => isWithin(resource, pattern))) ? [call] : []));
  return [
    ...owned.map(({ what, patterns, lastResort: who, believed, keepers }) =>
      keeps(`break-glass mends ${what}`, who, { actions: actions.filter(({ name }) => !believed.includes(name)), resources: patterns, except: ownedByOthers(owned, keepers), keys })),
    keeps("break-glass closes accounts and opens Regions", lastResort.slice(0, 1), {
      actions: await factsOfAll(["account:CloseAccount", "account:DisableRegion", "account:EnableRegion", "organizations:LeaveOrganization"]),
    }),
    keeps("break-glass mends exempt roles", lastResort, { actions, resources: exemptRoles(config), keys }),
    ...(await Promise.all(
      calls.map(async (call, index) =>
        keeps(`break-glass mends what weakening call ${index + 1} touches`, lastResort, { actions: await factsOfAll(call.actions), resources: call.resources, except: ours, keys })),
    )),
    ...(await Promise.all(
      sideDoors(config).filter(({ byTag }) => byTag !== true).map(async ({ what, actions: through, resources, exempt }) =>
        keeps(`who may goes on ${what}`, exempt, { actions: await factsOfAll(through), ...(resources && { resources }), keys: ordinarily(config) })),
    )),
  ];
}

export const rule = obligation({
  requirement: "Enforcers, StackSets, deploy roles, break-glass and every other role of ours keep what they need.",
  universe:
    "Each role of ours in a member account; the actions, resources and conditions of its own permission policy, as it is deployed. For the StackSets execution role, every action of the catalogue on what the StackSets deploy but its uses; for break-glass, every action on everything owned but what would be believed of a working role.",
  notCovered:
    "Whether the permissions are enough for the work: the lab runs it. Control policies that are not in the stack, and AWS's own FullAWSAccess, which must stay attached.",
  about: ({ kind }) => kind === "service-control-policy",
  questions: async (config, subjects) =>
    controlQuestions(subjects, "service-control-policy", [...(await needs(config)), ...(await deploying(config)), ...(await mending(config))]),
});

