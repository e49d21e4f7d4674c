/** The organization trail's own key, with its alias: the trail is made afterwards, and names it by that. */
import * as aws from "@pulumi/aws";
import { minified } from "../documents/policy";
import { trailKeyPolicy } from "../documents/trail-key-policy";
import type { Stack } from "../stack";

export function trailKey({ config, names, kept }: Stack): void {
  const region = config.homeRegion;
  const options = { ...kept, retainOnDelete: true };
  const key = new aws.kms.Key(
    "trail",
    { region, description: "Encrypts the organization's trail", policy: minified(trailKeyPolicy(config)), enableKeyRotation: true, deletionWindowInDays: 30 },
    options,
  );
  new aws.kms.Alias("trail", { region, name: names.trailKeyAlias, targetKeyId: key.keyId }, options);
}
