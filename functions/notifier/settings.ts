/** What the notifier is told by its environment variables, and the variables that the stack gives it: one made from the other. */
import { namesFor, type Names } from "../../infra/names";
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

/** One environment variable. @throws Error naming it where it is not set */
export function required(environment: Readonly<Record<string, string | undefined>>, name: string): string {
  const value = environment[name];
  if (value === undefined || value === "") throw new Error(`the environment variable ${name} is not set`);
  return value;
}

/** An environment variable that holds a JSON list. @throws Error naming it where it does not */
export function requiredList<T>(environment: Readonly<Record<string, string | undefined>>, name: string): readonly T[] {
  const parsed: unknown = JSON.parse(required(environment, name));
  if (!Array.isArray(parsed)) throw new Error(`the environment variable ${name} is not a JSON list`);
  return parsed as readonly T[];
}

/** The variables from which `namesIn` makes the names again. */
export function namesEnvironment(names: Names) {
  return {
    FALL_PREFIX: names.prefix,
    FALL_MANAGEMENT_ACCOUNT: names.accounts.management,
    FALL_LOG_ARCHIVE_ACCOUNT: names.accounts.logArchive,
    FALL_DELEGATED_ACCOUNT: names.accounts.delegated,
  };
}

export function namesIn(environment: Readonly<Record<string, string | undefined>>): Names {
  return namesFor({
    prefix: required(environment, "FALL_PREFIX"),
    accounts: {
      management: required(environment, "FALL_MANAGEMENT_ACCOUNT"),
      logArchive: required(environment, "FALL_LOG_ARCHIVE_ACCOUNT"),
      delegated: required(environment, "FALL_DELEGATED_ACCOUNT"),
    },
    homeRegion: "us-east-1",
  });
}

/** The notifier's environment variables. */
export function notifierEnvironment(names: Names, webhooks: readonly Webhook[]): Record<string, string> {
  return { ...namesEnvironment(names), FALL_WEBHOOKS: JSON.stringify(webhooks.map(({ name, kind }) => ({ name, kind }))) };
}

/** @throws Error naming the variable that is missing or wrong */
export function notifierSettings(environment: Readonly<Record<string, string | undefined>>): NotifierSettings {
  const webhooks = requiredList<Webhook>(environment, "FALL_WEBHOOKS");
  for (const { name, kind } of webhooks) {
    if (typeof name !== "string" || !["google-chat", "slack", "teams"].includes(kind)) {
      throw new Error(`FALL_WEBHOOKS: ${JSON.stringify({ name, kind })} is not {name, kind: google-chat | slack | teams}`);
    }
  }
  return { names: namesIn(environment), webhooks };
}
