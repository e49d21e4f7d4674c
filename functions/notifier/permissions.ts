/** What the notifier's role may do, and on what. */
import type { Names } from "../../infra/names";
import type { Permission } from "../sources/log-source";
import type { Webhook } from "./settings";

/** Statements for the role `names.roleName.notifier` in the delegated account. */
export function notifierPermissions(names: Names, webhooks: readonly Pick<Webhook, "name">[]): Permission[] {
  const { homeRegion } = names;
  const account = names.accounts.delegated;
  return [
    { actions: ["dynamodb:UpdateItem", "dynamodb:Query", "dynamodb:BatchWriteItem"], resources: [`arn:aws:dynamodb:${homeRegion}:${account}:table/${names.statusTable}`] },
    {
      // What the event source mapping needs of the function's role.
      // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html#events-sqs-permissions
      actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
      resources: [`arn:aws:sqs:${homeRegion}:${account}:${names.notificationQueue}`],
    },
    ...(webhooks.length === 0
      ? []
      : [
          {
            actions: ["secretsmanager:GetSecretValue"],
            // Secrets Manager ends a secret's ARN in a hyphen and six characters of its own.
            resources: webhooks.map(({ name }) => `arn:aws:secretsmanager:${homeRegion}:${account}:secret:${names.webhookSecret(name)}-??????`),
          },
        ]),
    {
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [`arn:aws:logs:${homeRegion}:${account}:log-group:/aws/lambda/${names.notifierFunction}:log-stream:*`],
    },
  ];
}
