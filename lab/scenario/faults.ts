/** What goes wrong in real accounts: throttling, a crash, events twice or late, a resource that is gone. Nothing is lost. */
import type { Outcome } from "../../functions/outcome";
import type { Runtime } from "../runtime";
import type { CheckRow } from "../report/report";
import type { Person } from "../organization";
import { environmentOf, runCommand } from "./command";
import { exercises, outcomesOf } from "./world";
import type { World } from "./world";

/**
 * One resource of a source in a place of its own, with whatever strikes while it is made.
 *
 * @param strike is given what settles when the resource has been made, and removed if it is to be gone
 */
async function under(world: World, sourceName: string, name: string, strike: (done: Promise<void>) => void, gone = false) {
  const { exercise } = exercises().find(({ source }) => source.name === sourceName) ?? {};
  if (!exercise) throw new Error(`there is no log source ${sourceName}`);
  const caller = world.caller("administrator", world.members[0] ?? "", world.names.homeRegion);
  const ground = world.ground(sourceName);
  let finish = () => undefined as void;
  strike(new Promise((resolve) => (finish = resolve)));
  const made = await exercise.create(caller, name, ground);
  if (gone) await exercise.remove(caller, made);
  finish();
  await world.idle();
  const missing = gone ? [] : await exercise.unlogged(caller, made, ground);
  const told = outcomesOf(world.proxy).map(({ outcome }) => outcome).filter(({ resource, source }) => resource === made.arn && source === sourceName);
  return { made, missing, told };
}

const of = (told: readonly Outcome[], kind: Outcome["outcome"]) => told.filter(({ outcome }) => outcome === kind).length;

/** Runs the redrive command as a person would, with the credentials of the delegated account's deploy role. */
export async function redrive(world: World, deployer: Person, account: string, region: string, configFile: string): Promise<{ code: number; output: string }> {
  const { code, stdout, stderr } = await runCommand("redrive", ["--account", account, "--region", region, "--config", configFile], environmentOf(deployer, world.proxy.url, region));
  return { code, output: `${stdout}${stderr}`.trim() };
}

export async function strikeFaults(world: World, runtime: Runtime, deployer: Person, configFile: string): Promise<CheckRow[]> {
  const rows: CheckRow[] = [];
  const add = (name: string, ok: boolean, detail: string) => rows.push({ name, ok, detail });
  const account = world.members[0] ?? "";
  const region = world.names.homeRegion;

  const throttled = await under(world, "vpc", "throttled", () =>
    world.proxy.faults.add({ operation: "ec2:CreateFlowLogs", account, kind: "throttle", times: 3 }),
  );
  const throttles = world.proxy.faults.clear().reduce((sum, { struck }) => sum + struck, 0);
  add("throttled calls are made again", throttled.missing.length === 0 && throttles === 3, `${throttles} throttled; ${throttled.missing.join("; ") || "logged"}`);

  const crashed = await under(world, "vpc", "crashed", () => runtime.faults.add({ kind: "crash", function: "enforcer-vpc", account, region }));
  const crashes = runtime.faults.clear().reduce((sum, { struck }) => sum + struck, 0);
  add("an enforcer that crashes on its first invocation is invoked again", crashed.missing.length === 0 && crashes === 1, crashed.missing.join("; ") || "logged");

  const doubled = await under(world, "vpc", "doubled", () => runtime.faults.add({ kind: "duplicate", function: "enforcer-vpc", account, region }));
  const doubles = runtime.faults.clear().reduce((sum, { struck }) => sum + struck, 0);
  add("an event that comes twice forces once", doubled.missing.length === 0 && doubles === 1 && of(doubled.told, "forced") === 1, `forced ${of(doubled.told, "forced")} time(s)`);

  const late = await under(world, "vpc", "late", (until) => runtime.faults.add({ kind: "late", function: "enforcer-vpc", account, region, until }));
  const lates = runtime.faults.clear().reduce((sum, { struck }) => sum + struck, 0);
  add("an event that comes late still forces", late.missing.length === 0 && lates === 1, late.missing.join("; ") || "logged");

  const gone = await under(world, "vpc", "gone", (until) => runtime.faults.add({ kind: "late", function: "enforcer-vpc", account, region, until }), true);
  runtime.faults.clear();
  add("a resource that is gone before its turn is no failure", of(gone.told, "failed") === 0 && of(gone.told, "forced") === 0, `${gone.told.length} outcomes told`);

  const dead = await under(world, "s3", "dead", () => runtime.faults.add({ kind: "crash", function: "enforcer-s3", account, region, times: 3 }));
  const deaths = runtime.faults.clear().reduce((sum, { struck }) => sum + struck, 0);
  add("an event that fails three times is kept", dead.missing.length > 0 && deaths === 3, `${deaths} crashes; ${dead.missing.join("; ")}`);
  const redriven = await redrive(world, deployer, account, region, configFile);
  await world.idle();
  const { exercise } = exercises().find(({ source }) => source.name === "s3") ?? {};
  const still = (await exercise?.unlogged(world.caller("administrator", account, region), dead.made, world.ground("s3"))) ?? ["no exercise"];
  add("one command puts dead letters back to work", redriven.code === 0 && still.length === 0, still.join("; ") || (redriven.output.split("\n").at(-1) ?? ""));
  return rows;
}
