/** Going live, phase by phase, each step deployed as the identity that would deploy it. */
import { PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { analyzeAll } from "../../commands/policy/analyzer";
import type { Tier } from "../../infra/config/configuration";
import { restCall } from "../deploy/signed-query";
import { repository } from "../organization";
import type { Person } from "../organization";
import type { CheckRow } from "../report/report";
import { copied } from "./copies";
import { coverageObserved } from "./coverage";
import { deliver } from "./deliveries";
import { graphsOf } from "./graphs";
import type { Step, StepName } from "./graphs";
import { makeResources } from "./resources";
import type { Standing } from "./resources";
import type { Lab } from "./start";
import { exercises, outcomesOf } from "./world";

const MINUTE = 60_000;

export interface Live {
  readonly graphs: Readonly<Record<StepName, Step>>;
  readonly checks: readonly CheckRow[];
  /** What the policy pack says of it. */
  readonly gated: Promise<readonly CheckRow[]>;
  /** When the enforcers first looked at everything (milliseconds since 1970). */
  readonly firstSweep: number;
}

/** Deploys a step, after `pulumi state unprotect` if told. @throws Error naming the resource that could not be deployed */
export async function deploy(lab: Lab, { name, tier, graph }: Step, as: Person, say: (line: string) => void, unprotect = false): Promise<void> {
  const { created, updated, removed } = await lab.deployer.deploy(tier, graph, { as, unprotect });
  say(`${name}: ${created} created, ${updated} updated, ${removed} removed`);
}

/** CI takes on every tier's deploy role, by the token of its environment. */
async function asCi(lab: Lab): Promise<void> {
  const { roleArn, roleName, accounts } = lab.world.names;
  const arns = {
    management: roleArn(roleName.deployManagement, accounts.management),
    "log-archive": roleArn(roleName.deployLogArchive, accounts.logArchive),
    delegated: roleArn(roleName.deployDelegated, accounts.delegated),
  };
  for (const [tier, arn] of Object.entries(arns) as [Tier, string][])
    lab.deploys[tier] = { arn, person: await lab.organization.people.ci(arn, `repo:${repository}:environment:${tier}`) };
}

/** Runs the real policy pack, as the engine would in a process for each stack, over the last step of each tier. */
async function gate(graphs: Live["graphs"]): Promise<CheckRow[]> {
  const last: Record<Tier, StepName> = { management: "management, lock everywhere", "log-archive": "log-archive", delegated: "delegated, lock" };
  const rows: CheckRow[] = [];
  for (const [tier, step] of Object.entries(last)) {
    const { graph, configuration } = graphs[step];
    const mandatory = (await analyzeAll([graph], { configuration, patient: true })).flat().filter(({ level }) => level === "mandatory");
    const detail = mandatory.map(({ policy, resource }) => `${policy} on ${resource}`).join("; ") || `${graph.length} resources, no mandatory finding`;
    rows.push({ name: `the policy pack passes ${tier}`, ok: mandatory.length === 0, detail });
  }
  return rows;
}

/** The archive's and the backup's keys, by where they are. */
const keyOf = ({ deployer, world }: Lab) => (account: string, region: string) => {
  const name = account === world.names.accounts.logArchive ? `log-storage-${region}` : `log-backup-${region}`;
  return `arn:aws:kms:${region}:${account}:key/${deployer.made("log-archive", "aws:kms/key:Key", name).id}`;
};

/** What `mode: observe` did on the canary: told, and nothing changed. */
async function observed(lab: Lab, before: readonly Standing[]): Promise<CheckRow> {
  const canary = before.filter(({ account }) => account === lab.world.members[0]);
  const told = new Set(outcomesOf(lab.proxy).filter(({ outcome }) => outcome.outcome === "would-force").map(({ outcome }) => outcome.resource));
  const untold = canary.filter(({ made }) => !told.has(made.arn)).map(({ made }) => made.id);
  const forced = outcomesOf(lab.proxy).filter(({ outcome }) => outcome.outcome === "forced" || outcome.outcome === "repaired").length;
  const detail = `${canary.length - untold.length} of ${canary.length} reported, ${forced} forced${untold.length > 0 ? `; not reported: ${untold.join(", ")}` : ""}`;
  return { name: "mode observe reports what it would do, and does nothing", ok: untold.length === 0 && forced === 0, detail };
}

/** A bucket that the central list excludes, and one whose exclusion has expired. */
async function excluded(lab: Lab): Promise<CheckRow[]> {
  const account = lab.world.members[0] ?? "";
  const caller = lab.world.caller("administrator", account, "us-east-1");
  const s3 = exercises().find(({ source }) => source.name === "s3")?.exercise;
  const rows: CheckRow[] = [];
  for (const [name, left] of [["excluded", true], ["expired", false]] as const) {
    const made = { id: `${name}-${account}-us-east-1`, arn: `arn:aws:s3:::${name}-${account}-us-east-1` };
    const missing = (await s3?.unlogged(caller, made, lab.world.ground("s3"))) ?? [];
    const told = outcomesOf(lab.proxy).find(({ outcome }) => outcome.resource === made.arn && outcome.outcome === "excluded")?.outcome.reason;
    const ok = left ? missing.length > 0 && told !== undefined : missing.length === 0 && told === undefined;
    rows.push({ name: `a bucket whose exclusion is ${left ? "in force is left alone" : "over is forced"}`, ok, detail: told ?? (missing.join("; ") || "logged") });
  }
  return rows;
}

/** What the delegated account, as Security Hub's administrator, is deployed under the lock for. */
async function membersTakenIn({ organization, proxy, world }: Lab): Promise<CheckRow> {
  const { credentials } = organization.delegated.admin;
  const asked = world.regions.map(async (region) => {
    const { AutoEnable } = await restCall({ endpoint: proxy.url, region, credentials, service: "securityhub", method: "GET", path: "/organization/configuration" });
    return `${region}: ${String(AutoEnable)}`;
  });
  const told = await Promise.all(asked);
  return { name: "Security Hub takes in every member", ok: told.every((line) => line.endsWith(": true")), detail: told.join(", ") };
}

/** Runs the real program for every step; first the canary is only observed. */
export function synthesizeSteps({ organization, common }: Lab): Promise<Live["graphs"]> {
  const observing = Object.fromEntries(exercises().map(({ source }) => [source.name, { mode: "observe" }]));
  return graphsOf(organization, common, { sources: observing });
}

/** @param before resources that stand already */
export async function goLive(lab: Lab, graphs: Live["graphs"], before: readonly Standing[], say: (line: string) => void): Promise<Live> {
  const { organization, world } = lab;
  const checks: CheckRow[] = [];
  // Processes of their own that only read the graphs: they need not keep anything waiting, and their findings count.
  const gated = gate(graphs);
  // It is awaited near the end; where the lab gives up before, nobody is left to hear of it.
  gated.catch(() => undefined);
  const step = (name: StepName, as: Person) => deploy(lab, graphs[name], as, say);

  await step("management, prepare", organization.management.admin);
  await asCi(lab);
  await step("log-archive", lab.deploys["log-archive"].person);
  await step("delegated, prepare", lab.deploys.delegated.person);
  const secrets = lab.callers(organization.delegated.admin, world.names.homeRegion).client(SecretsManagerClient);
  for (const { name, url } of lab.receivers)
    await secrets.send(new PutSecretValueCommand({ SecretId: world.names.webhookSecret(name), SecretString: url }));

  const account = world.members[0] ?? "";
  const s3 = exercises().find(({ source }) => source.name === "s3")?.exercise;
  for (const name of ["excluded", "expired"]) await s3?.create(world.caller("administrator", account, "us-east-1"), name, world.ground("s3"));
  await step("delegated, force on the canary, observing", lab.deploys.delegated.person);
  await world.sweep();
  checks.push(await observed(lab, before), await coverageObserved(lab, before));
  // An enforcer keeps the list of exclusions for a minute.
  lab.runtime.clock.pass(MINUTE);

  await step("delegated, force everywhere", lab.deploys.delegated.person);
  const firstSweep = Date.now();
  await world.sweep();
  checks.push(...(await excluded(lab)));
  await step("management, force", lab.deploys.management.person);
  await step("management, lock on the canary", lab.deploys.management.person);
  checks.push(...(await deliver(world)));
  await step("management, lock everywhere", lab.deploys.management.person);
  checks.push(...(await deliver(world)), ...(await copied(world, keyOf(lab))));
  await step("delegated, lock", lab.deploys.delegated.person);
  checks.push(await membersTakenIn(lab));
  await world.sweep();
  return { graphs, checks, gated, firstSweep };
}

/** A resource made while a step back has been taken, to see whether it is still forced. */
export const another = (lab: Lab, wave: string): Promise<Standing[]> => makeResources(lab.world, [{ account: lab.world.members[0] ?? "", region: lab.world.names.homeRegion }], "new", wave);
