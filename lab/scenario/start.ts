/** Starts the lab: emulator, proxy, Lambda, webhooks, organization. */
import type { Tier } from "../../infra/config/configuration";
import { namesFor } from "../../infra/names";
import { cloudFormationBridge, makeDeployer, makeInventory, playCloudFormation } from "../deploy";
import type { CloudFormation, Deployer } from "../deploy";
import { lambdaLogsBridge } from "../doctor/lambda-logs";
import type { Ground } from "../../queries/samples/ground";
import { startMoto } from "../moto/start";
import type { Bridge } from "../moto/start";
import { buildOrganization, callersAt, configurationFor, entriesFor } from "../organization";
import type { CallerIn, Choices, Organization, Person } from "../organization";
import { proxyBridges, startProxy } from "../proxy";
import type { Proxy } from "../proxy";
import { startRuntime, startWebhook } from "../runtime";
import { labPace } from "../runtime/retry";
import type { Runtime, WebhookReceiver } from "../runtime";
import { grounds } from "./world";
import type { World } from "./world";

export interface LabSettings {
  /** Member accounts, log-archive and delegated among them; at least one more. */
  readonly members: number;
  readonly regions: readonly string[];
  readonly seed: number;
  /** Leaves everything running, forced and locked, until the process is interrupted: it does not back out. */
  readonly keep: boolean;
  /** The folder that the run writes into. */
  readonly out: string;
}

/** Somebody with the ARN that aws:PrincipalArn says. */
export interface Actor {
  readonly person: Person;
  readonly arn: string;
}

export interface Lab {
  readonly settings: LabSettings;
  readonly motoUrl: string;
  readonly proxy: Proxy;
  readonly callers: CallerIn;
  readonly runtime: Runtime;
  readonly organization: Organization;
  readonly deployer: Deployer;
  readonly cloudFormation: CloudFormation;
  readonly world: World;
  readonly receivers: readonly WebhookReceiver[];
  /** The account and Region where a regional enforcer never arrives, until it is let. */
  readonly lost: { readonly account: string; readonly region: string; arrives: boolean };
  /** The deploy roles, as CI takes them on; known when management, prepare has been deployed. */
  readonly deploys: Record<Tier, Actor>;
  readonly outsider: Actor;
  /** What is delivered: of yesterday, so that a question about the last days finds it. */
  readonly samples: Ground;
  /** What the stacks' configuration has in common. */
  readonly common: Pick<Choices, "regions" | "webhooks"> & { readonly more: Readonly<Record<string, unknown>> };
  /** The delegated stack's configuration, as its file would have it. */
  readonly entries: Readonly<Record<string, unknown>>;
  readonly bridges: readonly Bridge[];
  stop(): Promise<void>;
}

const webhooks = [
  { name: "security-chat", kind: "google-chat" },
  { name: "security-slack", kind: "slack" },
  { name: "security-teams", kind: "teams" },
] as const;

const lambdaBridge: Bridge = {
  name: "lambda",
  lacks: "functions run in Docker containers only",
  does: "lab/runtime runs the uploaded bytes, fetched from the code bucket, in a process of their own under the function's role",
};

/** @param say tells the person who waits how far it is */
export async function startLab(settings: LabSettings, say: (line: string) => void): Promise<Lab> {
  say("starting the AWS emulator and the authorising proxy");
  const moto = await startMoto(labPace);
  let runtime: Runtime | undefined;
  const proxy = await startProxy({ motoUrl: moto.url, onEvent: (event) => runtime?.onEvent(event), onCall: (call) => runtime?.onCall(call) });
  const callers = callersAt(proxy);
  const receivers = await Promise.all(webhooks.map(({ name }) => startWebhook(name, name === "security-teams" ? 1 : 0)));
  const { regions, members, seed, out } = settings;
  say("making an organization");
  const organization = await buildOrganization({ proxy, callers, motoUrl: moto.url, members: members - 2, seed });
  const { management, logArchive, delegated, backup, outside } = organization;
  const everybody = [management, logArchive, delegated, backup, ...organization.members, outside];
  runtime = startRuntime({
    proxy,
    motoUrl: moto.url,
    out,
    accounts: everybody.map(({ id }) => id),
    regions,
    ports: receivers.map(({ port }) => port),
  });
  const common = { regions, webhooks, more: { exclusions: exclusionsFor(organization) } };
  const choices: Choices = { ...common, phase: "force", rollout: "organization", lock: "canary" };
  const configuration = configurationFor("delegated", organization, choices);
  const names = namesFor(configuration);
  const inventory = makeInventory();
  const lost = { account: logArchive.id, region: regions.at(-1) ?? names.homeRegion, arrives: false };
  const cloudFormation = playCloudFormation({
    proxy,
    callers,
    prefix: names.prefix,
    inventory,
    management: management.id,
    organizations: callers(management.root),
    serviceLinkedRole: organization.serviceLinkedRole,
    neverArrives: (set, account, region) => !lost.arrives && set === names.regionalStackSet && account === lost.account && region === lost.region,
  });
  const running = runtime;
  const via: World["via"] = (source) => configuration.sources[source]?.via ?? "delivery";
  const world: World = {
    proxy,
    callers,
    names,
    regions,
    members: organization.members.map(({ id }) => id),
    places: [...organization.members, delegated, logArchive, management].flatMap(({ id: account }) =>
      regions.filter((region) => account !== lost.account || region !== lost.region).map((region) => ({ account, region })),
    ),
    via,
    ...grounds({ proxy, callers, names, via, accounts: everybody }),
    idle: () => running.enforced(),
    sweep: async () => {
      await running.sweep();
      await running.enforced();
    },
  };
  const [member] = organization.members;
  const samples: Ground = {
    config: configuration,
    account: member!.id,
    other: (organization.members.at(-1) === member ? delegated : organization.members.at(-1)!).id,
    region: regions.find((region) => region !== names.homeRegion)!,
    day: new Date(Date.now() - 86_400_000).toISOString().slice(0, 10),
  };
  const unknown: Actor = { person: logArchive.admin, arn: "" };
  return {
    settings,
    motoUrl: moto.url,
    proxy,
    callers,
    runtime,
    organization,
    deployer: makeDeployer({ proxy, callers, names, inventory }),
    cloudFormation,
    world,
    receivers,
    lost,
    deploys: { management: unknown, "log-archive": unknown, delegated: unknown },
    outsider: { person: outside.admin, arn: `arn:aws:iam::${outside.id}:role/admin` },
    samples,
    common,
    entries: entriesFor(organization, choices),
    bridges: [...moto.bridges, ...proxyBridges, cloudFormationBridge, lambdaBridge, lambdaLogsBridge],
    async stop() {
      await running.stop();
      await Promise.all(receivers.map((receiver) => receiver.stop()));
      await proxy.stop();
      await moto.stop();
    },
  };
}

/** One bucket that is left alone, and one whose exclusion has expired. */
function exclusionsFor({ members }: Organization) {
  const account = members[0]?.id ?? "";
  const entry = { account, region: "us-east-1", source: "s3", owner: "storage team", reason: "scratch data of a load test" };
  return [
    { ...entry, resource: `arn:aws:s3:::excluded-${account}-us-east-1`, expires: "2999-01-01" },
    { ...entry, resource: `arn:aws:s3:::expired-${account}-us-east-1`, expires: "2020-01-01" },
  ];
}
