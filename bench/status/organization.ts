/** Records an organization as its enforcers would: heartbeats with what each sweep saw, through the notifier's and the watcher's own code. */
import { createHash } from "node:crypto";
import { coverageParts, type Covered } from "../../functions/coverage";
import { fakeDynamodb } from "../../functions/notifier/fake-dynamodb";
import { statusTable } from "../../functions/notifier/status-table";
import type { Outcome } from "../../functions/outcome";
import { sources } from "../../functions/sources";
import { keyOf, type Place } from "../../functions/status-keys";
import { expectedEnforcers } from "../../functions/watcher/silences";
import { record } from "../../functions/watcher/status-table";
import { totalsOf } from "../../functions/watcher/totals";
import { pagingTable } from "./dynamodb";

export const regions = ["us-east-1", "us-west-2", "eu-central-1", "eu-west-1", "ap-southeast-2", "sa-east-1"];

export interface Recorded {
  readonly accounts: number;
  /** Of an account and Region, of all sources together. */
  readonly resources: number;
  /** Which part of the resources an event has changed since the last sweep, one outcome each: 0.05 is one in twenty. */
  readonly changed: number;
}

const sweepMinutes = 60;
const account = (index: number) => String(100_000_000_000 + index * 7_919_777);

/** The same for the same seed; between 0 and 1. */
function hash(text: string): number {
  let state = 2_166_136_261;
  for (let index = 0; index < text.length; index += 1) state = Math.imul(state ^ text.charCodeAt(index), 16_777_619);
  return (state >>> 0) / 2 ** 32;
}

const arns: Readonly<Record<string, (place: Place, id: string) => string>> = {
  vpc: ({ account: owner, region }, id) => `arn:aws:ec2:${region}:${owner}:vpc/vpc-0${id}`,
  "route53-resolver": ({ account: owner, region }, id) => `arn:aws:ec2:${region}:${owner}:vpc/vpc-0${id}`,
  s3: ({ account: owner, region }, id) => `arn:aws:s3:::team-${id}-${owner}-${region}`,
  cloudfront: ({ account: owner }, id) => `arn:aws:cloudfront::${owner}:distribution/E${id.toUpperCase()}`,
};
const balancer = ({ account: owner, region }: Place, id: string) => `arn:aws:elasticloadbalancing:${region}:${owner}:loadbalancer/app/service-${id.slice(0, 6)}/${id}`;

/** One in two hundred is not logged; which one is chance, and the same in every run. */
function resourceOf(place: Place, index: number): Covered {
  const seed = `${keyOf(place)} ${index}`;
  const id = createHash("sha256").update(seed).digest("hex").slice(0, 16);
  const resource = (arns[place.source] ?? balancer)(place, id);
  const luck = hash(seed);
  if (luck < 0.001) return { resource, state: "failing", why: `AccessDenied: the bucket policy of ${resource} refuses delivery.logs.amazonaws.com` };
  if (luck < 0.002) return { resource, state: "excluded", why: "excluded by storage team until 2027-06-30: scratch data of load tests" };
  if (luck < 0.005) return { resource, state: "observed", why: "missing: turn on, all traffic, to the archive" };
  return { resource, state: "logged", why: "" };
}

/** The places of an organization's sources get its resources in turn. */
const perSource = (resources: number, index: number, count: number) => Math.floor(resources / count) + (index < resources % count ? 1 : 0);

/**
 * Records the organization into a paging table.
 *
 * @param now milliseconds since 1970: the last sweeps ended within the hour before
 * @returns the table, and how many resources are in it
 */
export async function recorded({ accounts, resources, changed }: Recorded, now: number) {
  const paging = pagingTable();
  const fake = fakeDynamodb();
  const table = statusTable(fake as never, "bench");
  const governed = { accounts: Array.from({ length: accounts }, (_, index) => account(index)), regions, sources: sources.map(({ name, scope }) => ({ name, scope })), sweepMinutes };
  const places = expectedEnforcers(governed.accounts, regions, governed.sources);
  const counts: Record<string, { readonly counts: ReturnType<typeof coverageParts>[number]["counts"] }> = {};
  let all = 0;
  for (const place of places) {
    const here = governed.sources.filter(({ scope }) => scope === "regional" || place.region === "us-east-1").map(({ name }) => name);
    const luck = hash(keyOf(place));
    if (luck < 0.0005) continue;
    const at = now - Math.floor(luck * 3_000_000) - (luck > 0.9995 ? 10 * 3_600_000 : 0);
    const covered = Array.from({ length: perSource(resources, here.indexOf(place.source), here.length) }, (_, index) => resourceOf(place, index));
    all += covered.length;
    const outcome: Outcome = { id: "", outcome: "heartbeat", ...place, resource: "", actor: "", action: "sweep", reason: "", at: new Date(at).toISOString() };
    for (const coverage of coverageParts(covered, new Date(at - 20_000).toISOString())) {
      counts[keyOf(place)] = coverage;
      await table.heartbeat({ ...outcome, coverage }, now);
      await table.coverage(place, coverage, now);
    }
    for (const { resource } of covered)
      if (hash(`changed ${resource}`) < changed) await table.last({ kind: "repaired", ...place, resource, reason: "turn on, all traffic, to the archive", at: new Date(at + 10_000).toISOString() }, now);
    paging.keep(fake);
  }
  const day = 86_400_000;
  for (let back = 30; back >= 0; back -= 1) {
    const missing = (count: number) => Math.round(count * (1 + back / 10));
    const then = Object.fromEntries(
      Object.entries(totalsOf(places, counts, [])).map(([source, totals]) => [source, { ...totals, logged: totals.logged - missing(totals.failing) + totals.failing, failing: missing(totals.failing) }]),
    );
    await record(fake as never, "bench", governed, then, now - back * day);
    paging.keep({ ...fake, items: new Map([...fake.items].filter(([key]) => back === 0 || !key.startsWith("expected"))) });
    fake.items.clear();
  }
  return { paging, resources: all, places: places.length };
}
