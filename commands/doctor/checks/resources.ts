/**
 * Every resource of every source, read and judged as its own enforcer would: flow log, query log association, delivery source
 * and delivery, switch. Only the enforcer's reading half is used; what it would do is what there is to mend.
 */
import { join } from "node:path";
import type { EnforcerModule, Finding as Inspected, Resource, Settings } from "../../../functions/enforcer/adapter";
import { excludedBecause, isOnlyObserved, parseExclusions, type ExclusionList } from "../../../functions/enforcer/exclusions";
import type { LogSource } from "../../../functions/sources";
import { trailArn } from "../../../infra/documents/writers";
import { cause, note, type Check, type Ground, type Place } from "../check";
import { enforced, enforcedPlaces } from "../enforced";
import { enforcerNodes, pathNodes } from "../nodes";
import { exclusionsText } from "./exclusions";

export interface ResourceReading extends Place {
  readonly source: LogSource;
  readonly inspected: Inspected;
  /** Why it is left alone, in words. */
  readonly left?: string;
}

/** The resource that was asked for is none that an enforcer sees. */
export interface NotSeen {
  readonly unseen: string;
}

/** It is where no enforcer is meant to be. */
export interface Beyond {
  readonly beyond: string;
}

function enforcerOf({ name }: LogSource): EnforcerModule {
  // A folder's name is known only when the table is read.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return (require(join(__dirname, "../../../functions/sources", name, "enforce")) as { enforcer: EnforcerModule }).enforcer;
}

/** The list as an enforcer takes it: what it can't read excludes nothing. Undefined where the doctor itself could not read it. */
async function listOf(ground: Ground, region: string): Promise<ExclusionList | undefined> {
  const text = await exclusionsText(ground, region);
  if (text === undefined) return undefined;
  try {
    return parseExclusions(text ?? "null");
  } catch (error) {
    // Said by the check of the list itself.
    if (error instanceof Error) return { exclusions: [], observe: [] };
    throw error;
  }
}

/** What a source's enforcer would see in a place; undefined where that could not be read. */
export const inspectedIn = (ground: Ground, source: LogSource, place: Place): Promise<readonly ResourceReading[] | undefined> =>
  ground.access.once(`resources ${source.name} ${place.account} ${place.region}`, () => read(ground, source, place));

async function read(ground: Ground, source: LogSource, { account, region }: Place): Promise<readonly ResourceReading[] | undefined> {
  const { access, config, names, scope, now } = ground;
  // The actions are several; the one that finds the resources stands for them.
  const action = `${source.permissions(names, config.sources[source.name]!.via)[0]!.actions[0]!}, and what else the enforcer of ${source.name} reads`;
  const list = await listOf(ground, region);
  const inspected = await access.attempt({ account, region }, action, async ({ settings: client }) => {
    const settings: Settings = { names, account, region, via: config.sources[source.name]!.via, busArn: names.busArn, client, onlyReads: true };
    const adapter = enforcerOf(source).adapter(settings);
    const resources: Resource[] = [];
    for await (const page of adapter.discover()) resources.push(...page.filter(({ arn }) => (scope.resource ?? arn) === arn));
    const left = new Map(
      resources.map((resource) => [
        resource.arn,
        // What may be excluded is no cause; that the list was not read is told.
        list === undefined ? "excluded by the list, for all that is known" : isOnlyObserved(list, source.name, account) ? "only observed" : excludedBecause(list, source.name, resource, settings, now, source.exclusionTaggers !== undefined),
      ]),
    );
    const findings = resources.length === 0 ? [] : await adapter.inspect(resources);
    return findings.map((finding) => ({ source, account, region, inspected: finding, left: left.get(finding.resource.arn) }));
  });
  return inspected ?? undefined;
}

/** Where a resource is, as its ARN says; "" for what its ARN does not say. */
function placeIn(arn: string): Place {
  const [, , , region = "", account = ""] = arn.split(":");
  return { account, region };
}

export const check: Check<ResourceReading | NotSeen | Beyond> = {
  looksAt: "every resource that can log, as its enforcer sees it: its flow log, query log association, delivery or switch",
  causes: {
    "not-logged": { symptom: "one resource's log does not arrive", cause: "nothing leads its log to the archive, and no other cause explains why: it is new, or an event was lost" },
    weakened: { symptom: "one resource's log does not arrive, or not whole", cause: "what led its log to the archive is broken, narrowed, crowded out or leads elsewhere" },
    "excluded-by-tag": { symptom: "one resource is not logged", cause: "it carries the exclusion tag, which the lock lets only break-glass and deployments set" },
    "region-not-governed": { symptom: "nothing in a Region is logged", cause: "the resource is in a Region that is not governed: there is no enforcer, and the lock lets nothing new be made there" },
    "not-seen": { symptom: "one resource is not logged, and no enforcer tells of it", cause: "no enforcer sees it: it is gone, in another account or Region, or of a kind that no log source covers" },
  },
  async read(ground) {
    const { config, scope: { resource } } = ground;
    if (resource !== undefined && placeIn(resource).region !== "" && !config.regions.includes(placeIn(resource).region)) return [{ beyond: resource }];
    const places = await enforced(ground);
    const read = await Promise.all(places.map(({ source, ...place }) => inspectedIn(ground, source, place)));
    const seen = read.flatMap((one) => one ?? []);
    // Who could not look everywhere can't say that it is nowhere: that is told as unread.
    const everywhere = places.length > 0 && places.length === enforcedPlaces(ground, ground.accounts).length && !read.includes(undefined);
    return resource !== undefined && seen.length === 0 && everywhere ? [{ unseen: resource }] : seen;
  },
  judge(reading, { config, scope }) {
    if ("beyond" in reading) {
      const where = placeIn(reading.beyond);
      return [cause("region-not-governed", reading.beyond, where, `${where.region} is not among ${config.regions.join(", ")}`, `open the Region: put ${where.region} into fall:regions of all three stacks (README, "Opening a Region"), or move the resource`)];
    }
    if ("unseen" in reading) return [cause("not-seen", reading.unseen, {}, "no source finds it where was looked", "ask with its own --account and --region, or write a log source for it")];
    const { source, account, region, inspected: { resource, state, steps }, left } = reading;
    if (left?.includes("tag")) return [(scope.resource === undefined ? note : cause)("excluded-by-tag", resource.arn, { account, region, source: source.name }, left, "take the tag off, as whoever set it")];
    if (state === "logs" || left !== undefined) return [];
    const found = `what its enforcer would report: ${steps.map(({ why }) => why).join("; ")}`;
    const mend = `nothing to do if its enforcer is well: the next sweep mends it within ${config.sweepMinutes} minutes`;
    const rests = [...Object.values(enforcerNodes(config, source.name, { account, region })), ...pathNodes(config, source, region), trailArn(config)];
    return [cause(state === "missing" ? "not-logged" : "weakened", resource.arn, { account, region, source: source.name }, found, mend, rests)];
  },
};
