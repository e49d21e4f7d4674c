/** What breakages are planted with: callers that reach the emulator around the proxy, so that neither the lock refuses them nor an enforcer hears. */
import type { Configuration } from "../../infra/config/configuration";
import { configurationFor } from "../organization";
import { callersAt, type Caller } from "../organization";
import type { Lab } from "../scenario/start";

export interface Asked {
  readonly source?: string;
  readonly account?: string;
  readonly region?: string;
  readonly resource?: string;
}

export interface Bench {
  readonly lab: Lab;
  readonly config: Configuration;
  /** An administrator of an account, whose calls nobody judges. */
  direct(account: string, region?: string): Caller;
  /** The first member, and the home Region: where most breakages are planted. */
  readonly member: string;
  readonly home: string;
}

export type Undo = () => Promise<unknown>;

/** Something that keeps a log away, planted alone. */
export interface Breakage {
  readonly name: string;
  /** What somebody who misses the log would ask about: the doctor looks there alone. */
  readonly asked: (bench: Bench) => Asked;
  /** Breaks it, and gives back what mends it. */
  readonly plant: (bench: Bench) => Promise<Undo>;
  /** What the doctor must name, and nothing else. */
  readonly named: (bench: Bench) => { readonly cause: string; readonly what: string | RegExp };
}

/** The configuration as it stands when everything is live. */
export const liveConfiguration = ({ organization, common }: Lab): Configuration => configurationFor("delegated", organization, { ...common, phase: "lock", rollout: "organization", lock: "organization" });

export function makeBench(lab: Lab): Bench {
  const { management, logArchive, delegated, backup, members } = lab.organization;
  const accounts = new Map([management, logArchive, delegated, backup, ...members].map((account) => [account.id, account]));
  const callers = callersAt(lab.motoUrl, 3);
  return {
    lab,
    config: liveConfiguration(lab),
    direct: (account, region = lab.world.names.homeRegion) => callers(accounts.get(account)!.admin, region),
    member: lab.world.members[0]!,
    home: lab.world.names.homeRegion,
  };
}

export const atMember = (source: string) => ({ member, home }: Bench): Asked => ({ source, account: member, region: home });
