/** What the notifier is told by its environment variables, and the variables that the stack gives it: one made from the other. */
import type { Names } from "../../infra/names";
import { type Environment, namesEnvironment, namesIn, requiredList } from "../environment";
import type { WebhookKind } from "./formats";

export interface Webhook {
  /** Names the secret that holds the URL (`names.webhookSecret`). */
  readonly name: string;
  readonly kind: WebhookKind;
}

export interface NotifierSettings {
  readonly names: Names;
  readonly webhooks: readonly Webhook[];
}

/** The notifier's environment variables. */
export function notifierEnvironment(names: Names, webhooks: readonly Webhook[]): Record<string, string> {
  return { ...namesEnvironment(names), FALL_WEBHOOKS: JSON.stringify(webhooks.map(({ name, kind }) => ({ name, kind }))) };
}

/** @throws Error naming the variable that is missing or wrong */
export function notifierSettings(environment: Environment): NotifierSettings {
  const webhooks = requiredList<Webhook>(environment, "FALL_WEBHOOKS");
  for (const { name, kind } of webhooks) {
    if (typeof name !== "string" || !["google-chat", "slack", "teams"].includes(kind)) {
      throw new Error(`FALL_WEBHOOKS: ${JSON.stringify({ name, kind })} is not {name, kind: google-chat | slack | teams}`);
    }
  }
  return { names: namesIn(environment), webhooks };
}
