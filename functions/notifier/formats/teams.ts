/**
 * An Adaptive Card in the envelope that Teams' Workflows webhook takes ("When a Teams webhook request is received").
 * https://learn.microsoft.com/en-us/connectors/teams/#microsoft-teams-webhook
 */
import type { Notice, Tone } from "../message";
import { cardText } from "./text";

/** The largest message, in bytes ("approximately 28 KB"). https://learn.microsoft.com/en-us/connectors/teams/#known-issues-and-limitations */
export const LARGEST = 28 * 1_024;

const colors: Readonly<Record<Tone, string>> = { bad: "Attention", good: "Good", plain: "Default" };

/**
 * Runs of a RichTextBlock, because these are shown as they are; TextBlock and FactSet read Markdown, and a resource's
 * name is a stranger's text. https://adaptivecards.io/explorer/TextRun.html
 */
const run = (text: string, look: Readonly<Record<string, unknown>> = {}) => ({ type: "TextRun", text, ...look });

/** The JSON body to post for a notice. */
export function card(notice: Notice) {
  const text = cardText(notice);
  const title = { type: "RichTextBlock", inlines: [run(text.title, { size: "Large", weight: "Bolder", color: colors[text.tone] })] };
  const fields = text.fields.map(([label, value]) => ({
    type: "RichTextBlock",
    spacing: "Small",
    inlines: [run(`${label}: `, { weight: "Bolder" }), run(value)],
  }));
  return {
    type: "message",
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        contentUrl: null,
        content: {
          $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
          type: "AdaptiveCard",
          version: "1.4",
          msteams: { width: "Full" },
          body: [title, ...fields],
          actions: [{ type: "Action.OpenUrl", title: "Open in the console", url: text.link }],
        },
      },
    ],
  };
}
