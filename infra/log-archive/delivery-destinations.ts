/** The destinations of vended log deliveries: one a Region and kind of log, open to the organization's accounts. */
import * as aws from "@pulumi/aws";
import { sources } from "../../functions/sources";
import { deliveryDestinationPolicy } from "../documents/delivery-destination-policy";
import { minified } from "../documents/policy";
import type { Stack } from "../stack";

/**
 * @param after what the destinations wait for: a delivery that finds no permission in the bucket's policy stays broken
 */
export function deliveryDestinations({ config, names, kept }: Stack, region: string, after: readonly aws.s3.BucketPolicy[]): void {
  for (const { name, scope, kinds } of sources) {
    if (scope === "global" && region !== config.homeRegion) continue;
    for (const { kind, store, naming, delivery } of kinds(config.sources[name]!.via)) {
      if (!delivery) continue;
      const resource = `${kind}-${region}`;
      const destination = new aws.cloudwatch.LogDeliveryDestination(
        resource,
        {
          region,
          name: names.deliveryDestination(kind),
          outputFormat: delivery.outputFormat,
          deliveryDestinationConfiguration: { destinationResourceArn: names.logBucketArn(store, region, naming) },
        },
        { ...kept, dependsOn: [...after] },
      );
      new aws.cloudwatch.LogDeliveryDestinationPolicy(
        resource,
        {
          region,
          deliveryDestinationName: destination.name,
          deliveryDestinationPolicy: minified(deliveryDestinationPolicy(config, kind, region)),
        },
        { ...kept, parent: destination },
      );
    }
  }
}
