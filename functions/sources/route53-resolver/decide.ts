/** What to do about a VPC's query log configurations. Pure. */
import type { ResolverQueryLogConfig, ResolverQueryLogConfigAssociation } from "@aws-sdk/client-route53resolver";
import type { Finding, Step } from "../../enforcer/adapter";

/** A configuration whose destination is the archive. */
export interface ArchiveConfig extends ResolverQueryLogConfig {
  /** It carries our tag. */
  readonly tagged: boolean;
}

/** Those that deliver, or are about to; a failed one can't reach its destination and never will. */
export function delivers({ Status }: Pick<ResolverQueryLogConfig, "Status">): boolean {
  return Status === "CREATED" || Status === "CREATING";
}

export function isJoined({ Status }: Pick<ResolverQueryLogConfigAssociation, "Status">): boolean {
  return Status === "ACTIVE" || Status === "CREATING";
}

/** The configuration that VPCs are to be associated with: a working one, ours before one that is to be adopted. */
export function chosen(configs: readonly ArchiveConfig[]): ArchiveConfig | undefined {
  const working = configs.filter(delivers).sort((a, b) => ((a.Id ?? "") < (b.Id ?? "") ? -1 : 1));
  return working.find(({ tagged }) => tagged) ?? working[0];
}

/**
 * Compares a VPC's associations with what should be there. Associations with configurations that lead elsewhere count for
 * nothing; they make room when AWS refuses ours beside them, which only the attempt shows.
 *
 * @param configs the account's configurations whose destination is the archive
 * @param associations this VPC's, with any of `configs`
 */
export function decide(configs: readonly ArchiveConfig[], associations: readonly ResolverQueryLogConfigAssociation[]): Pick<Finding, "state" | "steps"> {
  const target = chosen(configs);
  const joined = associations.filter(isJoined);
  const configOf = ({ ResolverQueryLogConfigId }: ResolverQueryLogConfigAssociation) => configs.find(({ Id }) => Id === ResolverQueryLogConfigId);
  if (joined.some((association) => configOf(association)?.tagged && delivers(configOf(association) ?? {}))) return { state: "logs", steps: [] };

  const adopt: Step[] =
    target === undefined || target.tagged
      ? []
      : [{ call: "TagResource", why: `tagged the query log configuration ${target.Id} as ours: it was not locked`, input: { arn: target.Arn } }];
  if (joined.some(({ ResolverQueryLogConfigId }) => ResolverQueryLogConfigId === target?.Id)) return { state: "weakened", steps: adopt };

  const broken = associations.filter(({ Status }) => Status !== "DELETING");
  const leave = broken.map(({ ResolverQueryLogConfigId: configId, Status, ErrorMessage }): Step => {
    const found = [`association ${Status}`, `configuration ${configs.find(({ Id }) => Id === configId)?.Status}`, ...(ErrorMessage ? [ErrorMessage] : [])];
    return { call: "DisassociateResolverQueryLogConfig", why: `took it off the query log configuration ${configId} (${found.join(", ")})`, input: { configId } };
  });
  const join: Step = {
    call: "AssociateResolverQueryLogConfig",
    why: target === undefined ? "associated with a new query log configuration to the archive" : `associated with the query log configuration ${target.Id}`,
    input: { configId: target?.Id },
  };
  return { state: broken.length > 0 ? "weakened" : "missing", steps: [...adopt, ...leave, join] };
}
