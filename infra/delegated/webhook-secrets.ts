/**
 * A secret for each webhook's URL, empty: a person puts the URL into it (`aws secretsmanager put-secret-value`), so
 * that it is in no configuration, no state and no log.
 */
import * as aws from "@pulumi/aws";
import type { Stack } from "../stack";

export function webhookSecrets({ config, names, kept }: Stack): readonly aws.secretsmanager.Secret[] {
  return config.webhooks.map(
    ({ name, kind }) =>
      new aws.secretsmanager.Secret(
        `webhook-${name}`,
        { region: config.homeRegion, name: names.webhookSecret(name), description: `URL of the ${kind} webhook ${name}` },
        kept,
      ),
  );
}
