/** How the doctor gets into accounts, and what it may not read there. It only reads. */
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { isDenial } from "../../functions/notifier/denials";
import { assumed } from "../assumed";

type Constructor<T> = new (configuration: object) => T;

/** An account that was entered, with its clients. */
export interface Entered {
  client<T>(constructor: Constructor<T>, region: string): T;
  /** What clients that others build are to be built with. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Something that could not be read: nobody knows. */
export interface Unread {
  readonly account: string;
  readonly region: string;
  /** The IAM action: `kms:DescribeKey`. */
  readonly action: string;
  readonly why: string;
}

export interface Access {
  /** The caller's own account. */
  readonly own: string;
  readonly unread: readonly Unread[];
  /** Undefined, and kept as unread, where the account can't be entered. */
  enter(account: string): Promise<Entered | undefined>;
  /**
   * Reads in an account and Region. An answer by which AWS refuses is kept as unread, and undefined comes back.
   *
   * @param absent names of errors that say that there is no such thing: that is a reading, null
   */
  attempt<T>(place: { readonly account: string; readonly region: string }, action: string, work: (entered: Entered) => Promise<T>, absent?: readonly string[]): Promise<T | null | undefined>;
  /** Reads what there is another way to know of: undefined comes back from whoever is not allowed to, and nothing is kept as unread. */
  ifAllowed<T>(place: { readonly account: string; readonly region: string }, action: string, work: (entered: Entered) => Promise<T>): Promise<T | undefined>;
  /** What several checks read is read once. */
  once<T>(key: string, read: () => Promise<T>): Promise<T>;
}

/** Whether somebody answered, if only with an error; else (a bug, no network, no credentials) it is no reading at all. */
const answered = (error: unknown): error is Error => error instanceof Error && (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode !== undefined;

const whyOf = (error: Error) => (isDenial(error.name) ? "not allowed to these credentials" : `answered ${error.name}: ${error.message.split("\n")[0] ?? ""}`);

const STS_REGION = "us-east-1";
/** Throttled calls are made again by the SDK, with a growing pause. */
const ATTEMPTS = 6;

/** Readings under way: a thousand accounts are read one after another, and none of their answers is held long. */
const AT_ONCE = 64;

/** So many places, each given back by calling what came with it; a reading that waits inside another would wait for ever. */
function places(many: number): () => Promise<() => void> {
  let free = many;
  const waiting: (() => void)[] = [];
  const leave = () => {
    const first = waiting.shift();
    if (first) first();
    else free += 1;
  };
  return async () => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    return leave;
  };
}

/**
 * @param role the name of a role, its path included, that is assumed in each account; without it only the caller's own
 *   account is entered
 * @param settings what every client is built with; where left out, AWS's endpoints and the caller's credentials count
 * @throws what AWS STS answers where even the caller's own identity can't be read
 */
export async function makeAccess(role?: string, settings: Readonly<Record<string, unknown>> = {}): Promise<Access> {
  const sts = new STSClient({ ...settings, region: STS_REGION });
  const { Account: own = "" } = await sts.send(new GetCallerIdentityCommand({}));
  const unread: Unread[] = [];
  const accounts = new Map<string, Promise<Entered | undefined>>();
  const known = new Map<string, Promise<unknown>>();

  const miss = (line: Unread): undefined => {
    if (!unread.some((one) => one.account === line.account && one.region === line.region && one.action === line.action)) unread.push(line);
  };

  const entered = (credentials: Readonly<Record<string, unknown>>): Entered => {
    const own = { ...settings, ...credentials };
    const clients = new Map<string, unknown>();
    return {
      settings: own,
      client<T>(constructor: Constructor<T>, region: string): T {
        const key = `${constructor.name} ${region}`;
        const client = clients.get(key) ?? new constructor({ ...own, region, maxAttempts: ATTEMPTS });
        clients.set(key, client);
        return client as T;
      },
    };
  };

  async function open(account: string): Promise<Entered | undefined> {
    if (role === undefined) return account === own ? entered({}) : miss({ account, region: "", action: "sts:AssumeRole", why: "--role names no role to enter this account by" });
    const RoleArn = `arn:aws:iam::${account}:role/${role}`;
    try {
      return entered({ credentials: await assumed(sts, RoleArn, "doctor") });
    } catch (error) {
      if (!answered(error)) throw error;
      return miss({ account, region: "", action: "sts:AssumeRole", why: `${RoleArn} is ${whyOf(error)}` });
    }
  }

  const next = places(AT_ONCE);
  async function reading<T>(account: string, work: (entered: Entered) => Promise<T>, refused: (error: Error) => T | null | undefined): Promise<T | null | undefined> {
    const there = await access.enter(account);
    if (!there) return undefined;
    const leave = await next();
    try {
      return await work(there);
    } catch (error) {
      if (!answered(error)) throw error;
      return refused(error);
    } finally {
      leave();
    }
  }

  const access: Access = {
    own,
    unread,
    enter(account) {
      const found = accounts.get(account) ?? open(account);
      accounts.set(account, found);
      return found;
    },
    attempt: (place, action, work, absent = []) => reading(place.account, work, (error) => (absent.includes(error.name) ? null : miss({ ...place, action, why: whyOf(error) }))),
    ifAllowed: async (place, action, work) => (await reading(place.account, work, (error) => (isDenial(error.name) ? undefined : miss({ ...place, action, why: whyOf(error) })))) ?? undefined,
    once<T>(key: string, read: () => Promise<T>): Promise<T> {
      const found = (known.get(key) as Promise<T> | undefined) ?? read();
      known.set(key, found);
      return found;
    },
  };
  return access;
}
