/** The words of the doctor: what a check reads, and what it finds. */
import type { Configuration } from "../../infra/config/configuration";
import type { Names } from "../../infra/names";
import type { LogSource } from "../../functions/sources";
import type { Access } from "./access";

export interface Place {
  readonly account: string;
  readonly region: string;
}

/** Something that keeps a log from arriving, or may. */
export interface Finding {
  /** - `cause`: it keeps a log away. - `note`: it may be as wanted, or nothing at all; said, and not counted. */
  readonly kind: "cause" | "note";
  /** The cause's id in its check's table. */
  readonly cause: string;
  /** What is not as it should be: an ARN, or a name. */
  readonly what: string;
  /** Where it is, as far as it is somewhere: the account, the Region and the log source. */
  readonly where: Partial<Place> & { readonly source?: string };
  /** What was read, in words. */
  readonly found: string;
  /** The one change that would mend it. */
  readonly mend: string;
  /** - `certain`: what was read does not let the log arrive. - `possible`: nothing was found in its way, and it does not. */
  readonly certainty: "certain" | "possible";
  /** By `what`: where one of these has a cause of its own, this finding is its symptom. */
  readonly restsOn: readonly string[];
}

/** A cause as the documentation lists it. */
export interface CauseKind {
  /** What somebody meets who looks for the log. */
  readonly symptom: string;
  /** What is not as it should be. */
  readonly cause: string;
}

/** What was asked for. */
export interface Scope {
  readonly sources: readonly LogSource[];
  /** Whether the organization's trail was asked for. */
  readonly trail: boolean;
  /** Undefined for every account. */
  readonly account?: string;
  readonly regions: readonly string[];
  readonly resource?: string;
}

/** What a check has to work with. */
export interface Ground {
  readonly config: Configuration;
  readonly names: Names;
  readonly scope: Scope;
  readonly access: Access;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The accounts looked at, the archive's, management's and delegated's among them where none is asked for. */
  readonly accounts: readonly string[];
}

/** A reading and its judgement, apart: the judgement is pure. */
export interface Check<Reading> {
  /** What it looks at, in words. */
  readonly looksAt: string;
  /** By id. */
  readonly causes: Readonly<Record<string, CauseKind>>;
  /** Asks AWS; what it refuses is kept by `ground.access`. */
  read(ground: Ground): Promise<readonly Reading[]>;
  judge(reading: Reading, ground: Pick<Ground, "config" | "names" | "scope" | "now">): readonly Finding[];
  /** When the newest log of a kind arrived, of a check that looks at that; undefined where it could not be read. */
  arrival?(reading: Reading): Arrival | undefined;
}

export interface Arrival extends Place {
  /** A log source, or `trail`. */
  readonly source: string;
  /** Its kind of log. */
  readonly log: string;
  /** ISO 8601; null where none ever did. */
  readonly newest: string | null;
}

/** A finding that counts. */
export const cause = (id: string, what: string, where: Finding["where"], found: string, mend: string, restsOn: readonly string[] = []): Finding => ({
  kind: "cause",
  certainty: "certain",
  cause: id,
  what,
  where,
  found,
  mend,
  restsOn,
});

/** The same, where something is missing and nothing was found that would be in its way. */
export const possible = (...given: Parameters<typeof cause>): Finding => ({ ...cause(...given), certainty: "possible" });

export const note = (id: string, what: string, where: Finding["where"], found: string, mend: string): Finding => ({ ...cause(id, what, where, found, mend), kind: "note" });

/** The Regions in which a source is looked at. */
export const regionsOf = ({ config, scope }: Pick<Ground, "config" | "scope">, source: LogSource): readonly string[] =>
  source.scope === "global" ? scope.regions.filter((region) => region === config.homeRegion) : scope.regions;
