/** Deploys a synthesized graph into the local organization, as `pulumi up` would: in order, and only what has changed. */
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import type { Tier } from "../../infra/config/configuration";
import type { Names } from "../../infra/names";
import type { GraphResource } from "../../infra/program/graph";
import type { CallerIn, Person } from "../organization/caller";
import type { Proxy } from "../proxy";
import { changesBetween, dependenciesOf } from "./changes";
import type { Context, Made } from "./handler";
import { ordered, runOrdered } from "./order";
import { identitiesOf, type Inventory, referencesOf } from "./owned";
import { handlerFor } from "./resources";
import { makeStandIns } from "./stand-ins";
import { errorText } from "../error-text";

export { cloudFormationBridge, playCloudFormation, type CloudFormation } from "./cloudformation";
export { executionRoleArn, executionRoleName } from "./cloudformation/execution-role";
export { makeInventory, type Inventory } from "./owned";

export interface DeployerSettings {
  readonly proxy: Proxy;
  readonly callers: CallerIn;
  readonly names: Names;
  readonly inventory: Inventory;
  /** How many resources are worked on at a time. */
  readonly limit?: number;
}

export interface DeployOptions {
  /** Who deploys: the tier's account, and credentials there. A provider that assumes a role does so from here. */
  readonly as: Person;
  /** Deletes also what the program protects, as after `pulumi state unprotect`. */
  readonly unprotect?: boolean;
}

/** How many resources of each fate, and how long it took (milliseconds). */
export interface Deployment {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly removed: number;
  /** URNs that were left standing although the program no longer has them, because it says so. */
  readonly retained: readonly string[];
  readonly took: number;
}

export interface Deployer {
  /** @throws Error naming the resource: a refused call, a type without a handler, a reference to a later phase */
  deploy(tier: Tier, graph: readonly GraphResource[], options: DeployOptions): Promise<Deployment>;
  /** The names in the program of a tier's resources of a type. */
  names(tier: Tier, type: string): readonly string[];
  /** What AWS answered for a resource of a tier: its id and attributes. @throws Error if it is not deployed */
  made(tier: Tier, type: string, name: string): Made;
}

interface Standing {
  readonly resource: GraphResource;
  readonly props: Readonly<Record<string, unknown>>;
  readonly made: Made;
  readonly context: Context;
}

/** A provider's properties travel as JSON strings. */
const plainly = (value: unknown): unknown => (typeof value === "string" && /^[[{]/.test(value) ? JSON.parse(value) : value);

export function makeDeployer({ proxy, callers, names, inventory, limit = 8 }: DeployerSettings): Deployer {
  const standing = new Map<Tier, Map<string, Standing>>();
  const standIns = makeStandIns();

  /** The identity of a provider: who deploys, or the role that the provider assumes. */
  async function personFor(provider: GraphResource | undefined, account: string, as: Person, known: Map<string, Promise<Person>>): Promise<Person> {
    const [role] = (plainly(provider?.props.assumeRoles) ?? []) as readonly { readonly roleArn: string; readonly sessionName?: string }[];
    if (!role) {
      if (account !== as.account) throw new Error(`the provider ${provider?.name} is for account ${account}, and the deployment runs in ${as.account}`);
      return as;
    }
    const assumed = known.get(role.roleArn) ?? assume(as, account, role.roleArn, role.sessionName ?? "deploy");
    known.set(role.roleArn, assumed);
    return assumed;
  }
  async function assume(as: Person, account: string, RoleArn: string, RoleSessionName: string): Promise<Person> {
    const { Credentials } = await callers(as).client(STSClient).send(new AssumeRoleCommand({ RoleArn, RoleSessionName }));
    const { AccessKeyId, SecretAccessKey, SessionToken } = Credentials!;
    return { account, credentials: { accessKeyId: AccessKeyId!, secretAccessKey: SecretAccessKey!, sessionToken: SessionToken! } };
  }

  function contextOf(person: Person, account: string, region: string): Context {
    return { account, region, credentials: person.credentials, endpoint: proxy.url, caller: callers({ account, credentials: person.credentials }, region) };
  }

  async function make(resource: GraphResource, context: Context, before: Standing | undefined): Promise<Standing> {
    const { type } = resource;
    const props = standIns.translate(resource.props);
    inventory.require(resource.urn, referencesOf(type, props, context.account, context.region, names));
    const handler = handlerFor(type);
    let made: Made;
    if (before && handler.update) made = await handler.update(context, props, before);
    else {
      if (before) await handler.remove(context, before.made, before.props);
      made = await handler.create(context, props);
    }
    standIns.learn(resource, context.region, made);
    inventory.add(identitiesOf(type, props, context.account, context.region));
    return { resource, props, made, context };
  }

  return {
    async deploy(tier, graph, { as, unprotect = false }) {
      const started = Date.now();
      const stack = standing.get(tier) ?? new Map<string, Standing>();
      standing.set(tier, stack);
      const byUrn = new Map(graph.map((resource) => [resource.urn, resource]));
      const persons = new Map<string, Promise<Person>>();
      const changes = changesBetween([...stack.values()].map(({ resource }) => resource), graph);
      const work = new Set([...changes.create, ...changes.update]);
      const regionOf = ({ props, provider }: GraphResource) => String(props.region ?? byUrn.get(provider)?.props.region ?? names.homeRegion);

      await runOrdered([...byUrn.keys()], (urn) => dependenciesOf(byUrn.get(urn)!), limit, async (urn) => {
        if (!work.has(urn)) return;
        const resource = byUrn.get(urn)!;
        try {
          const person = await personFor(byUrn.get(resource.provider), resource.account, as, persons);
          stack.set(urn, await make(resource, contextOf(person, resource.account, regionOf(resource)), stack.get(urn)));
        } catch (error) {
          throw new Error(`${tier}: ${resource.type} ${resource.name}: ${errorText(error)}`, { cause: error });
        }
      });

      const retained: string[] = [];
      const gone = ordered(changes.remove, (urn) => dependenciesOf(stack.get(urn)!.resource)).toReversed();
      for (const urn of gone) {
        const { resource, props, made, context } = stack.get(urn)!;
        if (resource.protect && !unprotect) throw new Error(`${tier}: ${urn} is protected, and Pulumi does not delete it`);
        if (resource.retainOnDelete) retained.push(urn);
        else {
          try {
            // Whoever deploys now deletes, not whoever made it then; the account and Region are the same.
            const person = resource.account === as.account ? as : { account: resource.account, credentials: context.credentials };
            await handlerFor(resource.type).remove(contextOf(person, context.account, context.region), made, props);
          } catch (error) {
            throw new Error(`${tier}: ${resource.type} ${resource.name} can't be deleted: ${errorText(error)}`, { cause: error });
          }
          inventory.remove(identitiesOf(resource.type, props, context.account, context.region));
        }
        stack.delete(urn);
      }
      return { created: changes.create.length, updated: changes.update.length, unchanged: changes.unchanged.length, removed: gone.length - retained.length, retained, took: Date.now() - started };
    },
    names: (tier, type) => [...(standing.get(tier)?.values() ?? [])].filter(({ resource }) => resource.type === type).map(({ resource }) => resource.name),
    made(tier, type, name) {
      const found = [...(standing.get(tier)?.values() ?? [])].find(({ resource }) => resource.type === type && resource.name === name);
      if (!found) throw new Error(`${tier} has no ${type} named ${name}`);
      return found.made;
    },
  };
}
