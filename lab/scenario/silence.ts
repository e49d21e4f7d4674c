/** An enforcer that never arrived sends nothing: the watcher misses it, and only it. */
import { sources } from "../../functions/sources";
import type { CheckRow } from "../report/report";
import type { Lab } from "./start";
import { outcomesOf } from "./world";

/** Longer than a heartbeat may be old. */
const HOURS = 3;

export async function silence(lab: Lab): Promise<CheckRow[]> {
  const { world, runtime, lost, proxy, organization } = lab;
  // Heartbeats are recorded by the notifier, behind what it tells at each webhook's pace.
  await runtime.idle();
  runtime.clock.pass(HOURS * 3_600_000);
  await runtime.sweep({ sources: sources.map(({ name }) => name) });
  await runtime.idle();
  await runtime.sweep({ accounts: [organization.delegated.id], regions: [world.names.homeRegion] });
  await world.idle();
  const told = outcomesOf(proxy).map(({ outcome }) => outcome);
  const silent = new Set(told.filter(({ outcome }) => outcome === "silent").map(({ account, region, source }) => `${account} ${region} ${source}`));
  const wanted = sources
    .filter(({ scope }) => scope === "regional" || lost.region === world.names.homeRegion)
    .map(({ name }) => `${lost.account} ${lost.region} ${name}`);
  const untold = wanted.filter((key) => !silent.has(key));
  const wrong = [...silent].filter((key) => !wanted.includes(key));
  const stuck = told.find(({ outcome, account, region }) => outcome === "stack-instance" && account === lost.account && region === lost.region);
  return [
    {
      name: "an enforcer that never arrived is missed, and no other",
      ok: untold.length === 0 && wrong.length === 0,
      detail: `${wanted.length - untold.length} of ${wanted.length} missed${wrong.length > 0 ? `; wrongly: ${wrong.join(", ")}` : ""}`,
    },
    { name: "a stack instance that is not current is told", ok: stuck !== undefined, detail: stuck?.reason ?? "not told" },
  ];
}
