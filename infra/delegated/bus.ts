/** The central event bus: one event an outcome, refusal or alarm, from every account and Region. */
import * as aws from "@pulumi/aws";
import { busPolicy } from "../documents/bus-policy";
import { minified } from "../documents/policy";
import type { Stack } from "../stack";

export function bus({ config, names, kept }: Stack): aws.cloudwatch.EventBus {
  const made = new aws.cloudwatch.EventBus("outcomes", { region: config.homeRegion, name: names.bus }, kept);
  new aws.cloudwatch.EventBusPolicy(
    "outcomes",
    { region: config.homeRegion, eventBusName: made.name, policy: minified(busPolicy(config)) },
    { ...kept, parent: made },
  );
  return made;
}
