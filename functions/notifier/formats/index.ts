/** The products that can be told, and how fast each may be. */
import type { Notice } from "../message";
import { card as googleChat } from "./google-chat";
import { card as slack } from "./slack";
import { card as teams } from "./teams";

export type WebhookKind = "google-chat" | "slack" | "teams";

export interface Format {
  /** The JSON body to post. */
  readonly card: (notice: Notice) => unknown;
  /** Milliseconds between two posts to one webhook. */
  readonly interval: number;
}

/**
 * Rates: Google Chat 1 a second and space (https://developers.google.com/workspace/chat/limits), Slack 1 a second and
 * webhook (https://docs.slack.dev/apis/web-api/rate-limits), Teams 4 a second
 * (https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook).
 */
export const formats: Readonly<Record<WebhookKind, Format>> = {
  "google-chat": { card: googleChat, interval: 1_000 },
  slack: { card: slack, interval: 1_000 },
  teams: { card: teams, interval: 250 },
};
