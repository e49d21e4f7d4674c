/** What `npm run status` tells, against what the lab knows: every resource, the excluded, the observed, the failing, the lost place. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { sources } from "../../functions/sources";
import type { Row } from "../../commands/status/rows";
import type { CheckRow } from "../report/report";
import { environmentOf, runCommand } from "./command";
import { redrive } from "./faults";
import type { Standing } from "./resources";
import type { Lab } from "./start";
import { exercises } from "./world";

interface Told {
  readonly resources: readonly Row[];
  readonly summary: { readonly resources: number; readonly logged: number; readonly percent: string };
}

/** Writes the delegated stack's configuration as its file would have it; answers where. */
export function delegatedConfig({ settings, entries }: Lab): string {
  const file = join(settings.out, "Pulumi.delegated.yaml");
  writeFileSync(file, JSON.stringify({ config: Object.fromEntries(Object.entries(entries).map(([key, value]) => [`fall:${key}`, value])) }));
  return file;
}

/** Runs the command as an administrator of the delegated account would. @throws Error with what it said if it fails */
async function status(lab: Lab): Promise<Told> {
  // What was told of is in the table when the notifier has had its turn.
  await lab.runtime.idle();
  const person = lab.organization.delegated.admin;
  const given = ["--json", "--all", "--config", delegatedConfig(lab)];
  const { code, stdout, stderr } = await runCommand("status", given, environmentOf(person, lab.proxy.url, lab.world.names.homeRegion));
  if (code !== 0) throw new Error(`status failed: ${stderr.trim() || `exit ${code}`}`);
  return JSON.parse(stdout) as Told;
}

const keyOf = ({ account, region, source, resource }: Pick<Row, "account" | "region" | "source" | "resource">) => `${source} ${account} ${region} ${resource}`;

/** The resources that are not told of in this state, and as whatever else they are. */
function amiss(told: readonly Row[], standing: readonly Standing[], state: Row["state"]): readonly string[] {
  const states = new Map(told.map((row) => [keyOf(row), row.state]));
  return standing.flatMap(({ account, region, source, made }) => {
    const key = keyOf({ account, region, source: source.name, resource: made.arn });
    const is = states.get(key);
    return is === state ? [] : [`${key} is ${is ?? "not there"}`];
  });
}

const row = (name: string, wrong: readonly string[], detail: string): CheckRow => ({ name, ok: wrong.length === 0, detail: wrong.slice(0, 5).join("; ") || detail });

/** After the first sweep, which only observed the canary. @param before the resources that stood there */
export async function coverageObserved(lab: Lab, before: readonly Standing[]): Promise<CheckRow> {
  const canary = before.filter(({ account }) => account === lab.world.members[0]);
  const { resources } = await status(lab);
  return row("status tells what is only observed", amiss(resources, canary, "observed"), `${canary.length} of the canary's resources`);
}

/** A VPC whose flow log can't be made: an outcome between two sweeps. */
async function failing(lab: Lab): Promise<string> {
  const { world } = lab;
  const { exercise } = exercises().find(({ source }) => source.name === "vpc") ?? {};
  if (!exercise) throw new Error("there is no log source vpc");
  const account = world.members[0] ?? "";
  // As often as an enforcer that is invoked three times can try, and more.
  world.proxy.faults.add({ operation: "ec2:CreateFlowLogs", account, kind: "error", times: 100 });
  const made = await exercise.create(world.caller("administrator", account, world.names.homeRegion), "failing", world.ground("vpc"));
  await world.idle();
  world.proxy.faults.clear();
  return made.arn;
}

/** After the last sweep and the silence. @param standing every resource that the lab made and left */
export async function coverage(lab: Lab, standing: readonly Standing[]): Promise<CheckRow[]> {
  const { world, lost } = lab;
  const member = world.members[0] ?? "";
  const broken = await failing(lab);
  const { resources: told, summary } = await status(lab);
  const of = (state: Row["state"]) => told.filter((one) => one.state === state);

  const excludedArn = `arn:aws:s3:::excluded-${member}-us-east-1`;
  const excluded = of("excluded").map(({ resource, owner, until }) => `${resource} by ${owner} until ${until}`);
  const wantedExcluded = `${excludedArn} by storage team until 2999-01-01`;

  const unseen = of("never-seen").map(keyOf).sort();
  const wantedUnseen = sources
    .filter(({ scope }) => scope === "regional" || lost.region === world.names.homeRegion)
    .map(({ name }) => keyOf({ ...lost, source: name, resource: "" }))
    .sort();

  const failed = of("failing").filter(({ resource }) => resource === broken);
  const others = [...of("failing"), ...of("observed"), ...of("silent")].filter(({ resource }) => resource !== broken);
  // What is left behind is a healthy organization: a lab that goes on running is looked at.
  const mended = await redrive(world, lab.deploys.delegated.person, member, world.names.homeRegion, delegatedConfig(lab));
  await world.idle();
  const now = (await status(lab)).resources.find(({ resource, source }) => resource === broken && source === "vpc");
  const counted = told.filter(({ resource }) => resource !== "").length;
  return [
    row("status knows every resource, logged", amiss(told, standing, "logged"), `${standing.length} of ${summary.resources} that it knows; ${summary.percent}`),
    row("status tells who excluded what, until when", excluded.join() === wantedExcluded ? [] : excluded.concat("nothing else is excluded"), wantedExcluded),
    row("status tells why a resource is not logged, before the next sweep", failed.length === 1 && failed[0]!.why !== "" ? [] : [`${broken} is not told as failing`], failed[0]?.why ?? ""),
    row("and that it is, when its event has been redriven", mended.code === 0 && now?.state === "logged" ? [] : [`${broken} is ${now?.state ?? "not there"}: ${mended.output}`], now?.seen ?? ""),
    row("status tells of the place that was never seen, and of no other", unseen.join() === wantedUnseen.join() ? [] : [...unseen, "are told as never seen"], `${unseen.length} sources of ${lost.account} ${lost.region}`),
    row("status tells nothing else as amiss", others.map((one) => `${keyOf(one)} is ${one.state}: ${one.why}`), "no other resource is failing, observed or silent"),
    row("status counts what it lists", counted === summary.resources ? [] : [`${counted} listed, ${summary.resources} counted`], `${counted} resources`),
  ];
}
