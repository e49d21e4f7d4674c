/**
 * What one log source's `enforce.ts` gives the enforcer: how to find, read and change. All else - events, retries,
 * exclusions, observe mode, reports, heartbeats - is the same for every source and lives in this folder.
 *
 * Everything here is captured by Pulumi's function serialisation: plain functions and objects, no classes, no
 * top-level client (a closure that captures a client cannot be serialised; a factory that builds one can).
 */
import type { Names } from "../../infra/names";
import type { Via } from "../sources/log-source";

/** What the enforcer knows about where it runs; from its environment variables and its own ARN. */
export interface Settings {
  readonly names: Names;
  readonly account: string;
  readonly region: string;
  readonly via: Via;
  /** The logs archive's account and the organization are in `names.accounts`; this is the central bus. */
  readonly busArn: string;
  /** What AWS clients are built with besides: the credentials of whoever reads from outside. In AWS Lambda the role's count. */
  readonly client?: Readonly<Record<string, unknown>>;
  /** Nothing will be applied: what only the attempt would show has to be read as well. */
  readonly onlyReads?: true;
}

/** One resource that can log. */
export interface Resource {
  readonly arn: string;
  /** What the service's own API calls it by: a VPC id, a load balancer ARN or name, a bucket name. */
  readonly id: string;
  /** Read only by sources whose exclusion tag is honoured. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** One change that would bring a resource to what it should be. */
export interface Step {
  /** The API operation: `CreateFlowLogs`. */
  readonly call: string;
  /** In words, for the report: "turn on, all traffic, to the archive". */
  readonly why: string;
  /** What `apply` needs to make the call; plain data. */
  readonly input: Readonly<Record<string, unknown>>;
}

/** What was read of one resource, and what is to be done. */
export interface Finding {
  readonly resource: Resource;
  /**
   * - `logs`: as it should be, nothing to do
   * - `missing`: nothing of ours is there
   * - `weakened`: something of ours is there and is not as it should be (re-pointed, broken, crowded out)
   */
  readonly state: "logs" | "missing" | "weakened";
  readonly steps: readonly Step[];
}

/** A log source at work. Built once an execution environment by the source's factory. */
export interface Adapter {
  /** Every resource of this source in this account and Region, page by page. */
  discover(): AsyncIterable<readonly Resource[]>;
  /** The named resources that (still) exist; a name that is gone is simply left out. */
  find(ids: readonly string[]): Promise<readonly Resource[]>;
  /** Reads what the resources log now and decides; one finding a resource, in any order. */
  inspect(resources: readonly Resource[]): Promise<readonly Finding[]>;
  /**
   * Makes one step; throws what the service throws. Returns false where the resource's turn ends with nothing changed: it
   * is gone by now, or a second copy of the event has been served meanwhile. Neither is an error.
   * `note` takes in words what only the attempt could find (whose delivery made room), for the report.
   */
  apply(resource: Resource, step: Step, note?: (words: string) => void): Promise<boolean>;
}

export interface EnforcerModule {
  /**
   * The resources that a CloudTrail event speaks of, from its `detail`; undefined where it does not name them
   * (DeleteFlowLogs, DeleteDelivery, a payload over 100 KB), which means: look at all.
   */
  readonly hints: (detail: Readonly<Record<string, unknown>>) => readonly string[] | undefined;
  readonly adapter: (settings: Settings) => Adapter;
}
