/** The key that encrypts a Region's logs where the writing service can use one, with its alias. */
import * as aws from "@pulumi/aws";
import { logKeyPolicy } from "../documents/log-key-policy";
import { minified } from "../documents/policy";
import type { Stack } from "../stack";

/** @returns the alias: what uses the key names it by that */
export function logKey({ config, names, kept }: Stack, region: string): aws.kms.Alias {
  const key = new aws.kms.Key(
    `log-storage-${region}`,
    {
      region,
      description: "Encrypts the organization's logs",
      policy: minified(logKeyPolicy(config, region)),
      enableKeyRotation: true,
      // The longest that AWS allows: whoever gets so far leaves a month to undo it.
      deletionWindowInDays: 30,
    },
    { ...kept, retainOnDelete: true },
  );
  return new aws.kms.Alias(`log-storage-${region}`, { region, name: names.keyAlias, targetKeyId: key.keyId }, { ...kept, retainOnDelete: true });
}
