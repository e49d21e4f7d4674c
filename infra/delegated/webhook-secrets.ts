/**
 * A secret for each webhook's URL, empty: a person puts the URL into it (`aws secretsmanager put-secret-value`), so
 * that it is in no configuration, no state and no log.
 */
import * as aws from "@pulumi/aws";
import { minified } from "../documents/policy";
import { secretPolicy } from "../documents/secret-policy";
import type { Stack } from "../stack";

export function webhookSecrets({ config, names, kept }: Stack): readonly aws.secretsmanager.Secret[] {
  const region = config.homeRegion;
  return config.webhooks.map(({ name, kind }) => {
    const resource = `webhook-${name}`;
    const secret = new aws.secretsmanager.Secret(resource, { region, name: names.webhookSecret(name), description: `URL of the ${kind} webhook ${name}` }, kept);
    new aws.secretsmanager.SecretPolicy(
      resource,
      { region, secretArn: secret.arn, policy: minified(secretPolicy(config)), blockPublicPolicy: true },
      { ...kept, parent: secret },
    );
    return secret;
  });
}
