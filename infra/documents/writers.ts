/** Who writes into the archive: the services that the sources name, for accounts of this organization. */
import { sources } from "../../functions/sources";
import type { Condition, LogKind, LogSource } from "../../functions/sources/log-source";
import { type Configuration, viaOf } from "../config/configuration";
import type { NamingClass, StoreClass } from "../names";
import { ANY_ACCOUNT, namesFor } from "../names";

/**
 * Whom a service may act for: any account of the organization, or the accounts listed - the one switch for services
 * that send no aws:SourceOrgID. That delivery.logs.amazonaws.com sends it is NC: AWS documents it for Elastic Load
 * Balancing, CloudTrail and CloudWatch Logs, and leaves it out where it speaks of delivery.logs.
 */
export const actingForUs = (config: Configuration): Condition => ({
  StringEquals: config.writers === "organization" ? { "aws:SourceOrgID": config.organizationId } : { "aws:SourceAccount": config.writers },
});

/** One service that writes, and the keys it writes under. */
export interface Writer {
  /** Names the statement: the first of its kinds of log. */
  readonly kind: string;
  readonly service: string;
  /** aws:SourceArn of the writing request, as a pattern. */
  readonly sourceArn: string;
  /** Globs of object keys, with any account. */
  readonly keys: readonly string[];
}

/** The kinds of log that land in a Region's bucket; a global source's only in the home Region. */
export function kindsIn(
  config: Configuration,
  region: string,
  store: StoreClass,
  naming: NamingClass,
  table: readonly LogSource[] = sources,
): readonly LogKind[] {
  return table
    .filter(({ scope }) => scope === "regional" || region === config.homeRegion)
    .flatMap((source) => source.kinds(viaOf(config, source)))
    .filter((kind) => kind.store === store && (kind.naming ?? "") === naming);
}

/** Without those that another one of them takes in: what ends in `*` takes in whatever begins like it, a `?` any character. */
export const widest = (globs: readonly string[]): readonly string[] =>
  [...new Set(globs)].filter((glob, _, all) => !all.some((wider) => wider !== glob && wider.endsWith("*") && beginsLike(glob, wider.slice(0, -1))));

const beginsLike = (glob: string, start: string): boolean =>
  glob.length >= start.length && [...start].every((char, at) => char === glob[at] || (char === "?" && glob[at] !== "*"));

/** The writers among these kinds of log: one a service and aws:SourceArn, since those are judged together. */
export function writersOf(kinds: readonly LogKind[]): readonly Writer[] {
  const writers: Writer[] = [];
  for (const { kind, writer: service, sourceArn, keys } of kinds) {
    const key = keys.replaceAll("{account}", ANY_ACCOUNT);
    const at = writers.findIndex((writer) => writer.service === service && writer.sourceArn === sourceArn);
    const same = writers[at];
    if (same) writers[at] = { ...same, keys: widest([...same.keys, key]) };
    else writers.push({ kind, service, sourceArn, keys: [key] });
  }
  return writers;
}

/** The services among the writers, each with every aws:SourceArn that it looks for. */
export function lookersAmong(writers: readonly Writer[]): readonly { readonly kind: string; readonly service: string; readonly sourceArns: readonly string[] }[] {
  const services = [...new Set(writers.map(({ service }) => service))];
  return services.map((service) => {
    const its = writers.filter((writer) => writer.service === service);
    return { kind: its[0]!.kind, service, sourceArns: widest(its.map(({ sourceArn }) => sourceArn)) };
  });
}

/** The organization's trail, in the management account; CloudTrail names it in aws:SourceArn whichever account it logs. */
export function trailArn(config: Configuration): string {
  return config.services.trail.existing ?? `arn:aws:cloudtrail:${config.homeRegion}:${config.accounts.management}:trail/${namesFor(config).trail}`;
}

/** The bucket that the trail writes to: the home Region's, of the KMS class. */
export const holdsTrail = (config: Configuration, region: string, store: StoreClass, naming: NamingClass): boolean =>
  region === config.homeRegion && store === "kms" && naming === "";
