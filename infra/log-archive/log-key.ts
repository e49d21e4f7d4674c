/** The key that encrypts a Region's logs where the writing service can use one, with its alias. */
import * as aws from "@pulumi/aws";
import { minified } from "../documents/policy";
import type { PolicyDocument } from "../documents/policy";
import type { Stack } from "../stack";

/**
 * @param name of the key in the program
 * @param aliasName what it is found by in AWS
 * @returns the alias: what uses the key names it by that
 */
export function logKey({ names, kept }: Stack, region: string, name: string, policy: PolicyDocument, aliasName = names.keyAlias): aws.kms.Alias {
  const key = new aws.kms.Key(
    `${name}-${region}`,
    {
      region,
      description: "Encrypts the organization's logs",
      policy: minified(policy),
      enableKeyRotation: true,
      // The longest that AWS allows: whoever gets so far leaves a month to undo it.
      deletionWindowInDays: 30,
    },
    { ...kept, retainOnDelete: true },
  );
  return new aws.kms.Alias(`${name}-${region}`, { region, name: aliasName, targetKeyId: key.keyId }, { ...kept, retainOnDelete: true });
}
