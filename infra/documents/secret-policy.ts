/** The policy of a webhook's secret: the notifier reads it, and an administrator's IAM policy does not help. */
import type { Configuration } from "../config/configuration";
import { exemptPrincipals, unless } from "./exempt";
import { document } from "./policy";
import type { PolicyDocument } from "./policy";

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html */
export function secretPolicy(config: Configuration): PolicyDocument {
  return document([
    {
      Sid: "NotifierAloneReads",
      Effect: "Deny",
      Principal: "*",
      Action: "secretsmanager:GetSecretValue",
      // In a secret's policy `*` is this secret, whose ARN ends in characters of AWS's own.
      Resource: "*",
      Condition: unless([exemptPrincipals(config).notifier]),
    },
  ]);
}
