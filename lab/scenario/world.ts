/** What every part of the scenario works with. */
import type { Names } from "../../infra/names";
import type { Via } from "../../functions/sources/log-source";
import type { Caller, Exercise, Ground } from "../../functions/sources/exercise";
import { sources } from "../../functions/sources";
import type { LogSource } from "../../functions/sources";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import type { BucketLocationConstraint } from "@aws-sdk/client-s3";
import { CreateSubnetCommand, CreateVpcCommand, EC2Client } from "@aws-sdk/client-ec2";
import { join } from "node:path";
import type { Outcome } from "../../functions/outcome";
import type { Account, CallerIn, Person } from "../organization";
import { personOf } from "../people";
import type { Kind } from "../people";
import type { Proxy } from "../proxy";

export interface Place {
  readonly account: string;
  readonly region: string;
}

export interface World {
  readonly proxy: Proxy;
  readonly callers: CallerIn;
  readonly names: Names;
  readonly regions: readonly string[];
  /** Workload accounts; the first is the canary. */
  readonly members: readonly string[];
  /** Every governed account and Region, but the one where the enforcers never arrive. */
  readonly places: readonly Place[];
  readonly via: (source: string) => Via;
  /** A caller of a kind in an account and Region; the same each time. */
  caller(kind: Kind, account: string, region: string): Caller;
  ground(source: string): Ground;
  /** Resolves when no event, retry or invocation of an enforcer is outstanding. */
  idle(): Promise<void>;
  /** The time of every schedule has come; resolves when all is done. */
  sweep(): Promise<void>;
}

/** A source with what people do with it. */
export interface Exercised {
  readonly source: LogSource;
  readonly exercise: Exercise;
}

/** Every source's exercise, from its folder. */
export function exercises(): Exercised[] {
  return sources.map((source) => {
    // A folder's name is known only when the table is read.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { exercise } = require(join(__dirname, "../../functions/sources", source.name, "exercise")) as { exercise: Exercise };
    return { source, exercise };
  });
}

/** Runs `work` over the items, at most `width` at a time; answers in the order of the items. */
export async function pool<T, R>(items: readonly T[], width: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) results[index] = await work(items[index] as T);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  return results;
}

/** Remembers what was made for a key, so that it is made once. */
function once<R>(): (key: string, make: () => Promise<R>) => Promise<R> {
  const made = new Map<string, Promise<R>>();
  return (key, make) => {
    const known = made.get(key) ?? make();
    made.set(key, known);
    return known;
  };
}

async function makeNetwork(caller: Caller): Promise<{ vpc: string; subnets: readonly [string, string] }> {
  const ec2 = caller.client(EC2Client);
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
  const vpc = Vpc?.VpcId ?? "";
  const subnet = async (index: number, zone: string) => {
    const request = { VpcId: vpc, CidrBlock: `10.0.${index}.0/24`, AvailabilityZone: `${caller.region}${zone}` };
    const { Subnet } = await ec2.send(new CreateSubnetCommand(request));
    return Subnet?.SubnetId ?? "";
  };
  return { vpc, subnets: [await subnet(1, "a"), await subnet(2, "b")] };
}

async function makeBucket(caller: Caller, name: string): Promise<string> {
  const Bucket = `${name}-${caller.account}-${caller.region}`;
  const LocationConstraint = caller.region as BucketLocationConstraint;
  const elsewhere = caller.region === "us-east-1" ? {} : { CreateBucketConfiguration: { LocationConstraint } };
  await caller.client(S3Client).send(new CreateBucketCommand({ Bucket, ...elsewhere }));
  return Bucket;
}

/** Callers and grounds of a world, made on demand. */
export function grounds(
  { proxy, callers, names, via, accounts }: Pick<World, "proxy" | "callers" | "names" | "via"> & { accounts: readonly Account[] },
): Pick<World, "caller" | "ground"> {
  const persons = new Map<string, Person>();
  const byId = new Map(accounts.map((account) => [account.id, account]));
  const caller: World["caller"] = (kind, id, region) => {
    const account = byId.get(id);
    if (!account) throw new Error(`account ${id} is not one of the lab's`);
    const key = `${kind} ${id}`;
    const person = persons.get(key) ?? personOf(proxy, kind, account);
    persons.set(key, person);
    return callers(person, region);
  };
  const networks = once<{ vpc: string; subnets: readonly [string, string] }>();
  const buckets = once<string>();
  const place = (by: Caller) => `${by.account} ${by.region}`;
  const administrator = (by: Caller) => caller("administrator", by.account, by.region);
  return {
    caller,
    ground: (source) => ({
      names,
      via: via(source),
      network: (by) => networks(place(by), () => makeNetwork(administrator(by))),
      bucket: (by, name = "own") => buckets(`${name} ${place(by)}`, () => makeBucket(administrator(by), name)),
    }),
  };
}

/** The outcomes that enforcers have reported so far, with the time when each was accepted (milliseconds since 1970). */
export function outcomesOf(proxy: Proxy): { outcome: Outcome; at: number }[] {
  return proxy.calls
    .filter((call) => call.operation === "events:PutEvents" && call.decision === "allowed" && call.status === 200)
    .flatMap((call) => {
      const entries = (call.parameters["Entries"] ?? []) as { Source?: string; Detail?: string }[];
      return entries
        .filter((entry) => entry.Source === "fall")
        .map((entry) => ({ outcome: JSON.parse(entry.Detail ?? "{}") as Outcome, at: call.at + call.duration }));
    });
}
