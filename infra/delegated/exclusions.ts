/**
 * The central list of exclusions, the same object in every code bucket: `{exclusions: [Exclusion], observe: [{source,
 * account}]}`. The enforcers read it at run time, so that a change of it is no deployment in every account.
 */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Stack } from "../stack";
import type { CodeBucket } from "./code";

interface Observed {
  readonly source: string;
  /** "*" where the source is only observed everywhere. */
  readonly account: string;
}

/** Organizational units are resolved here and not by the enforcers, which have no say in AWS Organizations. */
function observed({ config, provider }: Stack): pulumi.Output<readonly Observed[]> {
  const perSource = Object.entries(config.sources).map(([source, { mode, observeIn }]): pulumi.Output<readonly Observed[]> => {
    if (mode === "observe") return pulumi.output([{ source, account: "*" }]);
    const perOu = observeIn.map((parentId) =>
      aws.organizations
        .getOrganizationalUnitDescendantAccountsOutput({ parentId }, { provider })
        .accounts.apply((accounts) => accounts.map(({ id }) => id)),
    );
    return pulumi.all(perOu).apply((ids) => [...new Set(ids.flat())].sort().map((account) => ({ source, account })));
  });
  return pulumi.all(perSource).apply((all) => all.flat());
}

export function exclusions(stack: Stack, buckets: readonly CodeBucket[]): void {
  const content = observed(stack).apply((observe) => JSON.stringify({ exclusions: stack.config.exclusions, observe }));
  for (const { region, bucket, policy } of buckets)
    new aws.s3.BucketObjectv2(
      `exclusions-${region}`,
      { region, bucket: bucket.bucket, key: stack.names.exclusionsKey, content, contentType: "application/json" },
      // A Region that is no longer governed has no use for its list, although its bucket is protected.
      { ...stack.options, parent: bucket, protect: false, dependsOn: [policy] },
    );
}
