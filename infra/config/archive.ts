/**
 * The section `archive:`: how the archive keeps logs - locked for how long, where its copies lie, when a log grows cold and
 * when it ends, and how what is stored is listed.
 */
import { z } from "zod";
import { object, oneOf, region } from "./rules";

const days = (least: number, most: number) => {
  const error = `a whole number of days from ${least} to ${most}`;
  return z.int({ error }).min(least, { error }).max(most, { error });
};

/** Amazon S3 keeps to a hundred years. */
const LONGEST = 36_500;

/** One day in governance mode can be waited for or lifted; whoever means it says more. */
const objectLock = object({
  /** `compliance` can be undone by nobody, AWS included, until the last object's day has come. */
  mode: oneOf(["governance", "compliance"]).default("governance"),
  days: days(1, LONGEST).default(1),
  /** Also where the services write, and not on the copies alone: an explicit choice, once a delivery of each kind has been seen. */
  inPlace: z.boolean({ error: "true or false" }).default(false),
});

/** Everything is given or nothing: half a lifetime would be guessed. */
const lifetime = object({
  /** Then it moves to Glacier. */
  standardDays: days(1, LONGEST),
  /** Since it was written. */
  keepDays: days(1, LONGEST),
});

export const archiveSchema = object({
  /** By class of bucket. */
  objectLock: object({ kms: objectLock.prefault({}), "sse-s3": objectLock.prefault({}), audit: objectLock.prefault({}), places: objectLock.prefault({}), pii: objectLock.prefault({}) }).prefault({}),
  /** By kind of log; what is left out has the lifetime of `lifetimes.ts`. */
  lifetimes: z.record(z.string(), lifetime, { error: "a map from a kind of log to its standardDays and keepDays" }).default({}),
  /** Instant Retrieval is read as any object is; the others are restored first, which the lock leaves to the archive's administrator. */
  glacier: oneOf(["GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"]).default("GLACIER_IR"),
  /** How long what was overwritten, or has reached its day, can still be brought back. */
  recoverDays: days(1, LONGEST).default(92),
  copies: object({
    /** From a governed Region to the one that keeps its copy; what is left out goes to the first other governed Region. */
    regions: z.partialRecord(region, region, { error: "a map from a governed Region to another" }).default({}),
    /** False keeps copies for ever: only then can MFA delete be turned on for them. */
    expire: z.boolean({ error: "true or false" }).default(true),
  }).prefault({}),
  /** The Region of the further copy in `accounts.backup`. */
  backupRegion: region.optional(),
  inventory: object({
    frequency: oneOf(["Daily", "Weekly"]).default("Daily"),
    format: oneOf(["CSV", "ORC", "Parquet"]).default("Parquet"),
  }).prefault({}),
});

export type Archive = z.output<typeof archiveSchema>;
export type ObjectLock = z.output<typeof objectLock>;
export type Lifetime = z.output<typeof lifetime>;
