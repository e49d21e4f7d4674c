/**
 * The section `logs:` - places in the archive for what workloads log themselves: who writes there, who reads it, for how long.
 *
 * A place's keys begin with its lifetime, so that taking a place in or retiring it changes no lifecycle: the lock holds those.
 */
import { z } from "zod";
import { account, list, object, region, text } from "./rules";

const days = z.int({ error: "a whole number of days from 1 to 36500" }).min(1, { error: "a whole number of days from 1 to 36500" }).max(36_500, { error: "a whole number of days from 1 to 36500" });
const line = (what: string) => text(/^\S[^\n\r]{0,199}$/, `${what} in one line of at most 200 characters`);

export const placeName = text(/^[a-z][a-z0-9-]{0,30}[a-z0-9]$/, "2 to 32 lower-case letters, digits and hyphens, starting with a letter,");

/** `*` and `?` stand for any characters of the path and name; the account is one. */
const role = text(/^arn:aws:iam::\d{12}:role\/[\w+=,.@/*?-]+$/, "the ARN of a role, with * and ? in its name alone,");
const service = object({
  service: text(/^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com$/, "an AWS service's principal (firehose.amazonaws.com)"),
  /** For which it writes: aws:SourceAccount. */
  account,
});

/** Where left out it stays at hand until its end. */
const lifetime = object({ standardDays: days.optional(), keepDays: days });

const place = object({
  name: placeName,
  /** Who answers for it, and what it holds: for people. */
  owner: line("who answers for it"),
  contents: line("what it holds"),
  /** Personal data lie in buckets of their own, under a key of their own. */
  pii: z.boolean({ error: "true or false" }),
  /** Of the bucket; a governed one. */
  region: region.default("us-east-1"),
  /** What is expected in a month; for the cost, nothing is refused by it. */
  volumeGb: z.number({ error: "a number of GB a month, 0 or more," }).min(0, { error: "a number of GB a month, 0 or more," }),
  /** One of `lifetimes`. */
  keepDays: days,
  readers: list(text(/^arn:aws:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/, "the ARN of one role or user, without a wildcard,"), "ARNs").default([]),
  writer: z.union([role, service], { error: "the ARN of a role, with * and ? in its name alone, or a map with service and account" }),
});

export const logsSchema = object({
  /** The lifetimes that a place may have. */
  lifetimes: list(lifetime, "lifetimes").default([
    { keepDays: 30 },
    { keepDays: 92 },
    { standardDays: 92, keepDays: 400 },
    { standardDays: 92, keepDays: 1_096 },
    { standardDays: 92, keepDays: 2_557 },
  ]),
  places: list(place, "places").default([]),
  /** Places that were: nobody writes or reads there any more, what they hold stays until its day, and no other gets the name. */
  retired: list(placeName, "names of places").default([]),
});

export type Logs = z.output<typeof logsSchema>;
export type PlaceOfLogs = Logs["places"][number];
