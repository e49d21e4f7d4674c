/**
 * The organization's GuardDuty policy: on in every governed Region of every account, new ones too, with the plans that the
 * configuration names; members can't change it. Regions that are not governed are left as they are.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_guardduty_syntax.html
 */
import type { Configuration } from "../config/configuration";

export function guardDutyPolicy({ regions, services }: Pick<Configuration, "regions" | "services">): Readonly<Record<string, unknown>> {
  const enabled = { status: { "@@assign": "enabled" } };
  const features = Object.fromEntries(["foundational", ...services.guardDuty.plans].map((feature) => [feature, enabled]));
  return { guardduty: { enablement: Object.fromEntries(regions.map((region) => [region, features])) } };
}
