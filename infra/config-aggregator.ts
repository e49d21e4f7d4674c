/** What AWS Config records in every account, seen in one; in the archive's or the delegated account, by the configuration. */
import * as aws from "@pulumi/aws";
import { aggregatorPermissions, aggregatorTrust } from "./documents/config-recording";
import { role } from "./role";
import type { Stack } from "./stack";

export function configAggregator({ config, names, account, options }: Stack): void {
  const name = names.roleName.configAggregator;
  const documents = { description: "Tells AWS Config which accounts the organization has", trust: aggregatorTrust(account), permissions: aggregatorPermissions() };
  const { role: made, policy } = role(names, name, name, documents, options);
  new aws.cfg.ConfigurationAggregator(
    "organization",
    { region: config.homeRegion, name: names.configAggregator, organizationAggregationSource: { regions: [...config.regions], roleArn: made.arn } },
    { ...options, dependsOn: [policy] },
  );
}
