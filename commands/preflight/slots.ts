/** Whether our control policies fit beside those that are attached to each configured target. */
import { ListPoliciesForTargetCommand, type OrganizationsClient, type PolicySummary } from "@aws-sdk/client-organizations";
import { allPages, missing, ok, reading, type Finding } from "./finding";

/**
 * Policies attached directly to one root, OU or account, AWS's own (FullAWSAccess, RCPFullAWSAccess) included.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
 */
export const slots = { SERVICE_CONTROL_POLICY: 10, RESOURCE_CONTROL_POLICY: 5 } as const;

export type ControlPolicyType = keyof typeof slots;

const CHECK: Readonly<Record<ControlPolicyType, string>> = { SERVICE_CONTROL_POLICY: "SCP slots", RESOURCE_CONTROL_POLICY: "RCP slots" };

/**
 * Whether `ours` fit on a target.
 *
 * @param ours names of the policies that the stack attaches; those already there need no further slot
 */
export function slotFinding(type: ControlPolicyType, target: string, attached: readonly PolicySummary[], ours: readonly string[]): Finding {
  const others = attached.filter(({ Name = "" }) => !ours.includes(Name));
  const free = slots[type] - others.length;
  const detail = `${target} has ${free} of ${slots[type]} for ours, ${ours.length} needed`;
  if (free >= ours.length) return ok(CHECK[type], detail);
  // AWS's own policy stays: without FullAWSAccess nothing is allowed at all.
  const removable = others.filter(({ AwsManaged }) => AwsManaged !== true).map(({ Id = "" }) => Id);
  const mend = `merge what ${ours.length - free} of ${removable.join(", ")} deny into the others, then aws organizations detach-policy --target-id ${target} --policy-id ${removable.at(-1) ?? ""}`;
  return missing(CHECK[type], detail, mend);
}

/** The slots for one type of policy on each target. */
export async function checkSlots(
  client: Pick<OrganizationsClient, "send">,
  type: ControlPolicyType,
  targets: readonly string[],
  ours: readonly string[],
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const target of targets)
    findings.push(
      ...(await reading(CHECK[type], `organizations:ListPoliciesForTarget of ${target}`, async () => {
        const attached = await allPages(async (token) => {
          const { Policies, NextToken } = await client.send(new ListPoliciesForTargetCommand({ TargetId: target, Filter: type, NextToken: token }));
          return { items: Policies, next: NextToken };
        });
        return [slotFinding(type, target, attached, ours)];
      })),
    );
  return findings.length > 0 ? findings : [ok(CHECK[type], "no target is configured yet")];
}
