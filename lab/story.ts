/** The lab's story, from an unlogged organization to a forced and locked one, and back. */
import { startLab } from "./scenario/start";
import type { LabSettings } from "./scenario/start";
import { accountAttacks, closedRegionAttacks } from "./attacks/account";
import { archiveAttacks, deploymentAttacks } from "./attacks/archive";
import { delegatedAttacks } from "./attacks/delegated";
import { enforcerAttacks } from "./attacks/enforcers";
import { outsiderAttacks } from "./attacks/outsiders";
import { storeAttacks, storeDeploymentAttacks, storeOutsiderAttacks } from "./attacks/stores";
import { recorderAttacks } from "./attacks/recorders";
import { pipelineAttacks, roleAttacks } from "./attacks/roles";
import { globalTemplate } from "../infra/documents/global-template";
import { adoptedLock, attackAdoptedTrail } from "./scenario/adopted-trail";
import { alerts } from "./scenario/alerts";
import { assaultOwned, assaultResources } from "./scenario/assault";
import type { Assault } from "./scenario/assault";
import { backOut } from "./scenario/back-out";
import { forgeCopies } from "./scenario/copies";
import { coverage, delegatedConfig } from "./scenario/coverage";
import { forge, impersonate } from "./scenario/deliveries";
import { strikeFaults } from "./scenario/faults";
import { goLive, synthesizeSteps } from "./scenario/go-live";
import { inForceOver, replay } from "./scenario/near-misses";
import { misuse } from "./scenario/misuse";
import { noticed } from "./scenario/noticed";
import { workOrdinarily } from "./scenario/ordinary";
import { handOut } from "./scenario/readers";
import { usePlaces } from "./scenario/places";
import { proveApart } from "./scenario/proofs";
import { inspect, makeResources } from "./scenario/resources";
import { grantedAgainstUsed, readersAgainstUse } from "./scenario/roles";
import { silence } from "./scenario/silence";
import { askByCommand, askQueries, storeLogs } from "./scenario/stored";
import { neededStatements } from "./scenario/statements";
import { CLOSED_REGION, insiders, targets } from "./scenario/targets";
import { exercises } from "./scenario/world";
import { judgeTheDoctor, plantBreakages } from "./doctor";
import { announce, linger, retract } from "./running";
import type { CheckRow, OrdinaryRow, Report, ResourceRow } from "./report/report";

/**
 * Tells the whole story; where the lab is to be kept, it ends forced and locked.
 *
 * @param told gets the report, before a kept lab lingers
 * @throws Error where the lab itself can't go on
 */
export async function tell(settings: LabSettings, told: (report: Report) => void): Promise<void> {
  const started = Date.now();
  const say = (line: string) => console.log(`${((Date.now() - started) / 1000).toFixed(1).padStart(6)} s  ${line}`);
  const lab = await startLab(settings, say);
  try {
    const { world, organization, runtime, proxy, deployer, cloudFormation } = lab;
    const { members } = world;
    const home = world.names.homeRegion;
    const checks: CheckRow[] = [];

    say("running the real program, every step of it; meanwhile, resources that stand before anything is forced");
    const [graphs, before] = await Promise.all([
      synthesizeSteps(lab),
      makeResources(world, world.places.filter(({ account }) => members.includes(account)), "before", "old"),
    ]);
    // While the lab waits for the emulator.
    const adopted = adoptedLock(lab);
    const proving = proveApart([...(["management, lock everywhere", "log-archive", "delegated, lock"] as const).map((step) => graphs[step]), adopted]);
    // It is awaited near the end; where the lab gives up before, nobody is left to hear of it.
    proving.catch(() => undefined);
    const live = await goLive(lab, graphs, before, say);
    checks.push(...live.checks);

    say("new resources, in every account and Region");
    const fresh = await makeResources(world, world.places, "new", "new");
    await world.idle();

    say("ordinary work");
    // On resources that nobody has obstructed: a stranger's decoys fill the quota that ordinary work needs.
    const clear = (turn: number) =>
      exercises().flatMap(({ source }) => fresh.filter((each) => each.source === source && each.kind === "new").slice(turn, turn + 1));
    const ordinary: OrdinaryRow[] = await workOrdinarily(
      world,
      { administrator: clear(0), developer: clear(1) },
      members[0] ?? "",
      home,
    );
    await world.idle();

    say("attacks");
    const assaults: Assault[] = [];
    const targetOf = await targets(world, organization, deployer, cloudFormation);
    const owned = [...roleAttacks, ...enforcerAttacks, ...archiveAttacks, ...storeAttacks, ...delegatedAttacks, ...recorderAttacks, ...accountAttacks];
    assaults.push(await assaultOwned(world, owned, targetOf, insiders(world)));
    assaults.push(await assaultOwned(world, closedRegionAttacks, targetOf, insiders(world, CLOSED_REGION)));
    assaults.push(
      await assaultOwned(world, [...deploymentAttacks, ...storeDeploymentAttacks], targetOf, () => [
        { by: "deploy role", principal: lab.deploys["log-archive"].arn, caller: lab.callers(lab.deploys["log-archive"].person, home) },
      ]),
    );
    assaults.push(
      await assaultOwned(world, [...outsiderAttacks, ...storeOutsiderAttacks], targetOf, () => [
        { by: "administrator of another organization", principal: lab.outsider.arn, caller: lab.callers(lab.outsider.person, home) },
      ]),
    );
    assaults.push(
      await assaultOwned(world, pipelineAttacks, targetOf, ({ on }, { account }) => [
        {
          by: `another repository's pipeline`,
          principal: `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`,
          caller: lab.callers({ account, credentials: { accessKeyId: on, secretAccessKey: on } }, home),
        },
      ]),
    );
    assaults.push(await forge(world), await forgeCopies(world), { rows: await impersonate(world), refusals: [] });
    const adoptedTrail = await attackAdoptedTrail(lab, adopted, targetOf);
    checks.push(...adoptedTrail.checks);
    assaults.push(adoptedTrail);
    checks.push(await storeLogs(lab));
    const read = await handOut(lab);
    checks.push(...read.checks, ...(await askQueries(lab, live.graphs["log-archive"].configuration, read.analyst)));
    assaults.push({ rows: read.rows, refusals: [] });
    const used = await usePlaces(lab, live, read.analyst, say);
    checks.push(...used.checks);
    assaults.push({ rows: used.rows, refusals: [] });
    // A stranger's delivery source that the enforcer adopted is locked by its tag alone.
    const adoptedSources = before.filter(({ kind, source }) => kind === "before, obstructed" && source.kinds("delivery").some(({ delivery }) => delivery)).slice(0, 1);
    assaults.push(await assaultResources(world, [...fresh.filter(({ account, region }) => account === members[0] && region === home), ...adoptedSources]));
    await world.idle();

    say("faults");
    checks.push(...(await strikeFaults(world, runtime, lab.deploys.delegated.person, delegatedConfig(lab))));

    say("silence, notifications, and a last look at every resource");
    checks.push(...(await silence(lab)));
    // What still waits to be told would be folded into one notice with it, and hide its details.
    await runtime.idle();
    await misuse(lab);
    await runtime.idle();
    checks.push(...(await alerts(lab)));
    checks.push(...(await coverage(lab, [...before, ...fresh])));
    checks.push(...(await noticed(lab)));

    say("the doctor, and what keeps logs away");
    announce(lab);
    const breakages = await plantBreakages(lab);
    const [diagnosed, asked] = await Promise.all([judgeTheDoctor(lab, breakages), askByCommand(lab)]);
    say(`the doctor: ${diagnosed[0]!.detail}`);
    if (!settings.keep) retract(lab);
    checks.push(...diagnosed, asked);

    const resources: ResourceRow[] = await inspect(world, [...before, ...fresh], live.firstSweep);
    const refusals = assaults.flatMap((assault) => assault.refusals);
    const statements = neededStatements(graphs["management, lock everywhere"].graph, refusals);
    for (const { layer, policy, sid } of statements.filter(({ neededBy }) => neededBy === 0))
      checks.push({ name: `an attack needs ${policy}/${sid}`, ok: false, detail: `no refused request would pass the ${layer} layer without it` });
    const roles = grantedAgainstUsed(globalTemplate(graphs["delegated, force everywhere"].configuration), Object.values(graphs).flatMap(({ graph }) => graph), proxy.calls);
    checks.push(readersAgainstUse(graphs["log-archive"].configuration, roles));
    const unstructured = runtime.logs.filter((line) => !line.structured).length;
    checks.push({ name: "functions log in JSON lines", ok: unstructured === 0, detail: `${runtime.logs.length} lines, ${unstructured} of them not JSON` });

    checks.push({ name: "the proxy itself never failed", ok: proxy.failures.length === 0, detail: proxy.failures.slice(0, 3).map(String).join("; ") || "no failure" });
    const lost = runtime.records.filter(({ outcome }) => outcome === "lost");
    checks.push({ name: "no invocation was lost", ok: lost.length === 0, detail: `${runtime.records.length} invocations, ${lost.length} lost` });

    say("the proof, and each statement's near miss");
    const proven = await proving;
    const replayed = replay(proven, { ...adoptedTrail.inForce, ...(await inForceOver(lab.motoUrl, members[0] ?? "")) });
    checks.push(...replayed.checks, ...(await live.gated));

    if (!settings.keep) {
      say("backing out");
      checks.push(...(await backOut(lab, live, fresh)));
    }

    const report: Report = {
      seed: settings.seed,
      accounts: settings.members,
      regions: settings.regions,
      seconds: Math.round((Date.now() - started) / 1000),
      calls: proxy.calls.length,
      resources,
      attacks: assaults.flatMap((assault) => assault.rows),
      ordinary,
      breakages,
      checks,
      roles,
      statements,
      proofs: proven.proofs,
      nearMisses: replayed.nearMisses,
      bridges: lab.bridges,
    };
    told(report);
    if (settings.keep) await linger(lab, say);
  } finally {
    retract(lab);
    await lab.stop();
  }
}
