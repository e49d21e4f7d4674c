/** What a lab that is left running tells the commands, which never import it: `lab/out/running.json`. */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { RunningLab } from "../commands/lab";
import { withoutPlace } from "../commands/onboard/configuration-file";
import { tiers } from "../infra/config/configuration";
import type { Tier } from "../infra/config/configuration";
import { plantedParams } from "../queries/samples/planted";
import { makeBench } from "./doctor/bench";
import { writeLambdaLogs } from "./doctor/lambda-logs";
import { entriesFor, READER } from "./organization";
import { RETIRED } from "./scenario/graphs";
import type { Lab } from "./scenario/start";

const file = ({ settings }: Lab) => join(settings.out, "running.json");

/** Writes it; the ways in are this lab's alone, and end with it. */
export function announce(lab: Lab): void {
  const { organization, common, proxy, world } = lab;
  const { names } = world;
  const live = entriesFor(organization, { ...common, phase: "lock", rollout: "organization", lock: "organization" });
  const entries = withoutPlace(live, RETIRED, "the lab's configuration");
  const running: RunningLab = {
    endpoint: proxy.url,
    pid: process.pid,
    organizationId: organization.id,
    accounts: { ...names.accounts, backup: organization.backup.id, members: world.members },
    regions: world.regions,
    configuration: Object.fromEntries(tiers.map((tier) => [tier, entries])) as Record<Tier, typeof entries>,
    role: READER,
    people: {
      reader: organization.reader.credentials,
      // A session of the role that analysts take on; how they come in is among the lab's checks.
      analyst: proxy.registry.session(names.roleArn(names.roleName.analysts, organization.logArchive.id), "lab"),
    },
  };
  writeFileSync(file(lab), `${JSON.stringify(running, null, 1)}\n`, { mode: 0o600 });
}

/** From now on nobody finds it. */
export const retract = (lab: Lab): void => rmSync(file(lab), { force: true });

/** The time of the enforcers' schedules has come: without their sweeps every heartbeat would be late before long. */
async function sweepOnce(lab: Lab): Promise<void> {
  await lab.world.sweep();
  await lab.runtime.idle();
  await writeLambdaLogs(makeBench(lab));
}

/** Leaves the lab, which has been announced, running until the process is told to end. @throws Error with what a sweep says where it fails */
export async function linger(lab: Lab, say: (line: string) => void): Promise<void> {
  say(`left running at ${lab.proxy.url}, forced and locked, until interrupted: commands with --lab speak to it`);
  for (const query of ["who-turned-logging-off", "top-talkers"]) say(`  npm run --silent query -- ${[query, "--lab", ...(plantedParams[query] ?? []).map((given) => `--param ${given}`)].join(" ")}`);
  const { sweepMinutes } = lab.samples.config;
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const told = new Promise<"told">((resolve) => signals.forEach((signal) => process.once(signal, () => resolve("told"))));
  try {
    for (;;) {
      const waiting = new AbortController();
      const what = await Promise.race([told, sleep(sweepMinutes * 60_000, "sweep" as const, { signal: waiting.signal })]);
      if (what === "told") {
        waiting.abort();
        return;
      }
      await Promise.race([told, sweepOnce(lab)]);
    }
  } finally {
    retract(lab);
  }
}
