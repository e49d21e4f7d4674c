/**
 * How people use, and attack, one kind of resource: what the lab does with a log source.
 *
 * `functions/sources/<name>/exercise.ts` exports one `Exercise` as `exercise`. It stands in the source's folder so
 * that a new source is one folder, and it shares no code with `enforce.ts`: `unlogged` is a second opinion, written
 * from what AWS's API answers, on whether the enforcer did its work.
 */
import type { Names } from "../../infra/names";
import type { Via } from "./log-source";

/** Somebody who makes calls: an SDK client of any service, with this principal's credentials, in one Region. */
export interface Caller {
  readonly account: string;
  readonly region: string;
  /** @example caller.client(EC2Client).send(new DescribeVpcsCommand({})) */
  client<T>(constructor: new (configuration: object) => T): T;
}

/** A resource that the lab made: what the service's calls name it by, and its ARN. */
export interface Made {
  readonly id: string;
  readonly arn: string;
}

/** What the lab offers to an exercise besides the caller. */
export interface Ground {
  readonly names: Names;
  readonly via: Via;
  /** A VPC with two subnets in the caller's account and Region, made once. */
  network(caller: Caller): Promise<{ vpc: string; subnets: readonly [string, string] }>;
  /** A bucket of the account's own, as a decoy destination; made once for each name. */
  bucket(caller: Caller, name?: string): Promise<string>;
}

export interface Exercise {
  /** Makes one resource as a user would, named after `name` where the service lets a user name it. */
  create(caller: Caller, name: string, ground: Ground): Promise<Made>;
  /** Deletes it. */
  remove(caller: Caller, made: Made): Promise<void>;
  /** Puts a stranger's logging in the way of ours (decoys up to the quota, a delivery source, a foreign target). */
  obstruct(caller: Caller, made: Made, ground: Ground): Promise<void>;
  /** What is missing of the logging that should be; empty if it logs as it should. */
  unlogged(caller: Caller, made: Made, ground: Ground): Promise<readonly string[]>;
  /** Everyday work on the resource, all of which must succeed. */
  readonly ordinary: readonly Act[];
  /** Ways to turn its logging off, re-point, weaken or crowd it out. */
  readonly attacks: readonly Attack[];
}

export interface Act {
  readonly name: string;
  run(caller: Caller, made: Made, ground: Ground): Promise<unknown>;
}

export interface Attack extends Act {
  /** How the product answers: the service control policy denies the call, or the enforcer repairs what it did. */
  readonly answered: "denied" | "repaired";
}
