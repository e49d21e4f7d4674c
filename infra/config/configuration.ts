/** The validated configuration of a stack: what `Pulumi.<stack>.yaml` says, with defaults filled in. */
import type { Exclusion } from "../../functions/enforcer/exclusions";
import type { LogSource, Via } from "../../functions/sources/log-source";
import type { NameScope } from "../names";
import type { Archive } from "./archive";
import type { Logs } from "./logs";
import type { People } from "./people";
import type { Services } from "./services";

export type { Exclusion };

export const tiers = ["management", "log-archive", "delegated"] as const;
export type Tier = (typeof tiers)[number];

/** In the order of going live; a reference points only to what an earlier phase made. */
export const phases = ["prepare", "force", "lock"] as const;
export type Phase = (typeof phases)[number];

/** Whether a stack has come to a phase, or beyond it. */
export const hasReached = (config: { readonly phase: Phase }, phase: Phase): boolean => phases.indexOf(config.phase) >= phases.indexOf(phase);

/** How a source is made to log: as it is configured, else by its first way. */
export const viaOf = ({ sources }: { readonly sources: Readonly<Record<string, { readonly via?: Via }>> }, { name, via }: Pick<LogSource, "name" | "via">): Via => sources[name]?.via ?? via[0]!;

export type WebhookKind = "google-chat" | "slack" | "teams";

export interface SourceSettings {
  readonly via: Via;
  readonly mode: "observe" | "force";
  /** OUs in which this source is only observed although its mode is `force`. */
  readonly observeIn: readonly string[];
}

export interface Configuration extends NameScope {
  readonly tier: Tier;
  readonly phase: Phase;
  readonly organizationId: string;
  readonly rootId: string;
  /** Governed Regions; us-east-1 is always one. */
  readonly regions: readonly string[];
  /** Where the enforcers go: a canary OU first, and the whole organization when `rollout` says so. */
  readonly force: {
    readonly rollout: "canary" | "organization";
    readonly canary?: { readonly ou: string; readonly accounts: readonly string[] };
  };
  /** Where the service control policies are attached (root, OUs, accounts); a canary OU first is one line. */
  readonly lock: { readonly scpTargets: readonly string[]; readonly rcpTargets: readonly string[] };
  readonly sources: Readonly<Record<string, SourceSettings>>;
  readonly exclusions: readonly Exclusion[];
  /** Time between two sweeps of a source. */
  readonly sweepMinutes: number;
  /** Reserved concurrency of each enforcer; undefined where the account's quota may be too small for any. */
  readonly reservedConcurrency?: number;
  /** How writers are admitted: by the organization's id, or by a list of accounts (where a service sends no aws:SourceOrgID). */
  readonly writers: "organization" | readonly string[];
  readonly webhooks: readonly { readonly name: string; readonly kind: WebhookKind }[];
  /** The CI subject that may assume the deploy roles: GitHub repository and environment per tier, by OIDC. */
  readonly ci?: {
    readonly repository: string;
    /** False where the accounts already have GitHub's OIDC provider: one account takes it only once. */
    readonly createProvider: boolean;
  };
  /** Principals that may assume break-glass, as ARNs. */
  readonly breakGlass: readonly string[];
  /** How the archive keeps logs. */
  readonly archive: Archive;
  /** The organization's own recorders. */
  readonly services: Services;
  /** Who gets into the archive's account, and what they may read there. */
  readonly people: People;
  /** Places for what workloads log themselves. */
  readonly logs: Logs;
}
