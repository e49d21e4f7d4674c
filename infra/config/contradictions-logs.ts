/** What the section `logs:` may not say: a place that could be read by who writes it, expire while it is locked, or be taken for another. */
import type { Contradiction } from "./contradictions";
import type { PlaceOfLogs } from "./logs";
import type { Entries } from "./schema";

/** The account of an ARN of AWS IAM. */
const accountOf = (arn: string): string => arn.split(":")[4] ?? "";

/** As ArnLike reads it, of a role's ARN. */
const isLike = (pattern: string, arn: string): boolean => new RegExp(`^${pattern.replace(/[.+()]/g, "\\$&").replaceAll("*", ".*").replaceAll("?", ".")}$`).test(arn);

function aboutLifetimes({ logs: { lifetimes }, archive }: Entries): readonly Contradiction[] {
  const locked = Math.max(archive.objectLock.places.days, archive.objectLock.pii.days);
  return lifetimes.flatMap(({ standardDays, keepDays }, index) => {
    const path = ["logs", "lifetimes", index, "keepDays"];
    return [
      ...(lifetimes.findIndex((other) => other.keepDays === keepDays) === index ? [] : [{ path, line: `is ${keepDays} a second time: each once is allowed` }]),
      ...(standardDays === undefined || standardDays < keepDays ? [] : [{ path, line: `is ${keepDays}: more than its standardDays, ${standardDays}, is allowed` }]),
      ...(keepDays >= locked ? [] : [{ path, line: `is ${keepDays}: at least the days of fall:archive.objectLock.places and pii, ${locked}, is allowed` }]),
    ];
  });
}

/** Readers and writers come from where people work; the accounts that keep logs have nobody. */
function aboutPrincipals(path: readonly PropertyKey[], { readers, writer }: PlaceOfLogs, { accounts }: Entries): readonly Contradiction[] {
  const keepers = [accounts.logArchive, accounts.backup];
  const elsewhere = "an account that keeps no logs is allowed";
  const writing = typeof writer === "string" ? accountOf(writer) : writer.account;
  return [
    ...(keepers.includes(writing) ? [{ path: [...path, "writer"], line: `is of ${writing}: ${elsewhere}` }] : []),
    ...readers.flatMap((reader, index) => [
      ...(keepers.includes(accountOf(reader)) ? [{ path: [...path, "readers", index], line: `is of ${accountOf(reader)}: ${elsewhere}` }] : []),
      ...(readers.indexOf(reader) === index ? [] : [{ path: [...path, "readers", index], line: `is "${reader}" a second time: each once is allowed` }]),
      ...(typeof writer === "string" && isLike(writer, reader) ? [{ path: [...path, "readers", index], line: `is "${reader}", who writes there: a reader who does not write is allowed` }] : []),
    ]),
  ];
}

export function aboutLogs(entries: Entries): readonly Contradiction[] {
  const { logs: { lifetimes, places, retired }, regions } = entries;
  // A name is a statement's too, without its hyphens.
  const bare = (name: string) => name.replaceAll("-", "");
  return [
    ...aboutLifetimes(entries),
    ...retired.flatMap((name, index) => (retired.indexOf(name) === index ? [] : [{ path: ["logs", "retired", index], line: `is "${name}" a second time: each once is allowed` }])),
    ...places.flatMap((place, index) => {
      const path = ["logs", "places", index];
      const same = places.findIndex(({ name }) => bare(name) === bare(place.name));
      return [
        ...(same === index ? [] : [{ path: [...path, "name"], line: `is "${place.name}", and ${places[same]!.name} there is: another name is allowed` }]),
        ...(retired.includes(place.name) ? [{ path: [...path, "name"], line: `is "${place.name}", which is retired, and whose logs would be the new place's: another name is allowed` }] : []),
        ...(regions.includes(place.region) ? [] : [{ path: [...path, "region"], line: `is "${place.region}", which is not governed: one of ${regions.join(", ")} is allowed` }]),
        ...(lifetimes.some(({ keepDays }) => keepDays === place.keepDays)
          ? []
          : [{ path: [...path, "keepDays"], line: `is ${place.keepDays}: one of ${lifetimes.map(({ keepDays }) => keepDays).join(", ")} is allowed (fall:logs.lifetimes)` }]),
        ...aboutPrincipals(path, place, entries),
      ];
    }),
  ];
}
