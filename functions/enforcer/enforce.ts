/**
 * What every enforcer does with a cause: finds the resources, leaves out what is excluded, reads what they log, makes the
 * steps, and reports. One resource's failure stops no other; at the end it fails the invocation, so that Lambda tries again
 * and, after its second retry, leaves the event in the dead-letter queue.
 */
import { coverageParts } from "../coverage";
import type { Covered, CoverageState } from "../coverage";
import type { Outcome, OutcomeKind } from "../outcome";
import type { Adapter, Finding, Resource, Settings } from "./adapter";
import type { Cause } from "./cause";
import { excludedBecause, isOnlyObserved } from "./exclusions";
import type { Reading } from "./exclusions";
import { outcomeId } from "./report";

/** All that an enforcer works with. */
export interface Frame {
  /** The log source's name. */
  readonly source: string;
  readonly settings: Settings;
  readonly adapter: Adapter;
  /** The lock keeps others from setting the exclusion tag, so it counts. */
  readonly tagIsLocked: boolean;
  readonly exclusions: () => Promise<Reading>;
  readonly report: (outcomes: readonly Outcome[]) => Promise<void>;
  readonly log: (entry: Readonly<Record<string, unknown>>) => void;
  readonly now: () => number;
}

/** How many outcomes of each kind. */
export type Summary = Partial<Record<OutcomeKind, number>>;

const wordsOf = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));

/** What has been found so: told once by the notifier, not again with every sweep. */
function isStanding(kind: OutcomeKind): boolean {
  return kind === "excluded" || kind === "would-force";
}

function outcomeOf(frame: Frame, cause: Cause, outcome: OutcomeKind, resource: string, reason: string): Outcome {
  const { source, settings } = frame;
  const { account, region } = settings;
  const occasion = isStanding(outcome) ? reason : cause.id;
  return {
    id: outcomeId(account, region, source, resource, outcome, occasion),
    outcome,
    account,
    region,
    source,
    resource,
    actor: cause.actor,
    action: cause.action,
    reason: reason.slice(0, 2_000),
    at: new Date(frame.now()).toISOString(),
  };
}

/** Makes a finding's steps, in their order; undefined where the resource is gone by now. */
async function force(frame: Frame, cause: Cause, { resource, state, steps }: Finding): Promise<Outcome | undefined> {
  const said = steps.map((step) => step.why);
  if (steps.length === 0) throw new Error(`its logging is ${state}, and no step is known that would mend it`);
  for (const step of steps) {
    if (!(await frame.adapter.apply(resource, step, (words) => said.push(words)))) return undefined;
  }
  // Missing after a call that undoes logging: it was there.
  const kind = state === "weakened" || cause.weakening ? "repaired" : "forced";
  return outcomeOf(frame, cause, kind, resource.arn, said.join("; "));
}

/** Inspects resources together, and one by one where that fails: a single unreadable one spoils none of the others. */
async function inspect(frame: Frame, resources: readonly Resource[], fail: (resource: string, error: unknown) => void): Promise<readonly Finding[]> {
  if (resources.length === 0) return [];
  try {
    return await frame.adapter.inspect(resources);
  } catch (error) {
    const [first, ...others] = resources;
    if (first !== undefined && others.length === 0) fail(first.arn, error);
    if (others.length === 0) return [];
    const findings: Finding[] = [];
    for (const resource of resources) findings.push(...(await inspect(frame, [resource], fail)));
    return findings;
  }
}

async function* found(adapter: Adapter, ids: readonly string[] | undefined): AsyncIterable<readonly Resource[]> {
  if (ids === undefined) yield* adapter.discover();
  else if (ids.length > 0) yield await adapter.find([...new Set(ids)]);
}

/**
 * Forces what the cause points to.
 *
 * @throws Error naming the first failure, after everything else has been done and reported
 */
export async function enforce(frame: Frame, cause: Cause): Promise<Summary> {
  const { source, settings, adapter } = frame;
  const summary: Summary = {};
  const failures: string[] = [];
  let pending: Outcome[] = [];
  const since = new Date(frame.now()).toISOString();
  /** Every resource seen, by its ARN. One that is gone by its turn is none of them. */
  const covered = new Map<string, Covered>();

  /** @param sent the outcome itself, or the events that it is sent as */
  const note = (outcome: Outcome, sent: readonly Outcome[] = [outcome]) => {
    summary[outcome.outcome] = (summary[outcome.outcome] ?? 0) + 1;
    frame.log({ level: outcome.outcome === "failed" ? "error" : "info", ...outcome });
    pending.push(...sent);
  };
  const cover = (resource: string, state: CoverageState, why = "") => void covered.set(resource, { resource, state, why });
  const add = (kind: OutcomeKind, resource: string, reason: string) => note(outcomeOf(frame, cause, kind, resource, reason));
  const fail = (resource: string, error: unknown) => {
    failures.push(`${resource || source}: ${wordsOf(error)}`);
    add("failed", resource, wordsOf(error));
    if (resource !== "") cover(resource, "failing", wordsOf(error));
  };
  /** A report that fails must not keep what follows from being forced: it fails the invocation at the end. */
  let unreported: unknown;
  const flush = async () => {
    const outcomes = pending;
    pending = [];
    unreported = await frame.report(outcomes).then(() => undefined, (error: unknown) => error);
  };

  /** The resources that are not excluded, and whether they are only observed. */
  const admit = async (resources: readonly Resource[]) => {
    const { list, unreadable } = await frame.exclusions();
    if (unreadable !== undefined) {
      const object = `${settings.names.codeBucketArn(settings.region)}/${settings.names.exclusionsKey}`;
      add("failed", object, `the list of exclusions is unreadable, so nothing is excluded or only observed: ${unreadable}`);
    }
    const left = resources.filter((resource) => {
      const why = excludedBecause(list, source, resource, settings, frame.now(), frame.tagIsLocked);
      if (why === undefined) return true;
      add("excluded", resource.arn, why);
      cover(resource.arn, "excluded", why);
      return false;
    });
    return { left, observed: isOnlyObserved(list, source, settings.account) };
  };

  const treat = async (finding: Finding, observed: boolean) => {
    const { resource, state, steps } = finding;
    if (state === "logs") return cover(resource.arn, "logged");
    if (observed) {
      const would = `${state}: ${steps.map((step) => step.why).join("; ")}`;
      cover(resource.arn, "observed", would);
      return add("would-force", resource.arn, would);
    }
    try {
      const outcome = await force(frame, cause, finding);
      if (outcome === undefined) frame.log({ level: "info", message: "gone before its turn", resource: resource.arn });
      else {
        cover(resource.arn, "logged");
        note(outcome);
      }
    } catch (error) {
      fail(resource.arn, error);
    }
  };

  let seen = 0;
  try {
    for await (const resources of found(adapter, cause.ids)) {
      if (resources.length === 0) continue;
      seen += resources.length;
      const { left, observed } = await admit(resources);
      for (const finding of await inspect(frame, left, fail)) await treat(finding, observed);
      // After each page: what follows may run out of time.
      await flush();
    }
    if (cause.sweep) {
      const heartbeat = outcomeOf(frame, cause, "heartbeat", "", `looked at ${seen}`);
      note(heartbeat, coverageParts([...covered.values()], since).map((coverage) => ({ ...heartbeat, coverage })));
    }
  } catch (error) {
    fail("", error);
  }
  await flush();
  if (unreported !== undefined) throw new Error(`not all could be reported: ${wordsOf(unreported)}`, { cause: unreported });
  if (failures.length > 0) throw new Error(`${failures.length} failed, the first: ${failures[0]}`);
  return summary;
}
