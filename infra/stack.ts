/** What every file of a tier is given: the configuration, the names, the phase, and a provider pinned to the account. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type Configuration, hasReached, type Phase } from "./config/configuration";
import { accountOf } from "./documents/trust-policies";
import { namesFor, type Names } from "./names";

export interface Stack {
  readonly config: Configuration;
  readonly names: Names;
  /** The account that the tier deploys into. */
  readonly account: string;
  /** Pinned to that account; a regional resource names its own Region. */
  readonly provider: aws.Provider;
  /** Options for a resource of this tier. */
  readonly options: pulumi.CustomResourceOptions;
  /** For what would be missed: Pulumi refuses to delete it. */
  readonly kept: pulumi.CustomResourceOptions;
  /** Whether the configuration's phase is this one or a later one; what an earlier phase made stays. */
  readonly reached: (phase: Phase) => boolean;
}

/** A provider that refuses to work in any account but one. */
export function pinnedProvider(name: string, config: Configuration, account: string, assumeRole?: string): aws.Provider {
  return new aws.Provider(name, {
    region: config.homeRegion,
    allowedAccountIds: [account],
    ...(assumeRole !== undefined && { assumeRoles: [{ roleArn: assumeRole, sessionName: `${config.prefix}-deploy` }] }),
  });
}

export function stackFor(config: Configuration): Stack {
  const account = accountOf(config, config.tier);
  const provider = pinnedProvider(config.tier, config, account);
  const options = { provider };
  return {
    config,
    names: namesFor(config),
    account,
    provider,
    options,
    kept: { ...options, protect: true },
    reached: (phase) => hasReached(config, phase),
  };
}
