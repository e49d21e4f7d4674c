/**
 * A Slack message in Block Kit, for an incoming webhook.
 * https://docs.slack.dev/reference/block-kit/blocks
 */
import type { Notice } from "../message";
import { cardText, summary } from "./text";

/** Limits in characters, after escaping: a header's text, a section's text, one of a section's (ten) fields. */
export const LONGEST = { header: 150, text: 3_000, field: 2_000, fields: 10 };

/** The three characters that Slack reads as control. https://docs.slack.dev/messaging/formatting-message-text#escaping */
function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

/** Escapes and keeps within a limit that counts the escapes, never cutting one in two. */
function within(text: string, longest: number): string {
  const pieces = [...text].map(escaped);
  let length = 0;
  const end = pieces.findIndex((piece) => (length += piece.length) > longest - 1);
  return end === -1 ? pieces.join("") : `${pieces.slice(0, end).join("")}…`;
}

/** Text that Slack shows as it is: `verbatim` keeps it from making links, channels and names of it. */
const mrkdwn = (text: string) => ({ type: "mrkdwn", text, verbatim: true });

/** The JSON body to post for a notice. */
export function card(notice: Notice) {
  const text = cardText(notice);
  const short = text.fields.filter(([label]) => label !== "Reason");
  const reason = text.fields.find(([label]) => label === "Reason")?.[1];
  return {
    text: within(summary(text), LONGEST.text),
    blocks: [
      { type: "header", text: { type: "plain_text", text: within(text.title, LONGEST.header), emoji: false } },
      {
        type: "section",
        fields: short.slice(0, LONGEST.fields).map(([label, value]) => mrkdwn(`*${label}*\n${within(value, LONGEST.field - label.length - 3)}`)),
      },
      ...(reason === undefined ? [] : [{ type: "section", text: mrkdwn(within(reason, LONGEST.text)) }]),
      // A link and not a button: a button calls the app back, and an app with only a webhook can't answer.
      { type: "context", elements: [mrkdwn(`<${text.link.replace(/&/g, "&amp;").replace(/[<>|]/g, encodeURIComponent)}|Open in the console>`)] },
    ],
  };
}
