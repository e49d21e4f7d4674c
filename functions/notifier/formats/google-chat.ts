/**
 * A Google Chat message with one card (cardsV2).
 * https://developers.google.com/workspace/chat/api/reference/rest/v1/cards
 */
import type { Notice } from "../message";
import { cardText, summary } from "./text";

/** The largest message, in bytes. https://developers.google.com/workspace/chat/api/reference/rest/v1/spaces.messages/create */
export const LARGEST = 32_000;

/** Text in a card's widgets is a small HTML. https://developers.google.com/workspace/chat/format-messages#card-formatting */
function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

/** The JSON body to post for a notice. */
export function card(notice: Notice) {
  const text = cardText(notice);
  const widgets = text.fields.map(([label, value]) => ({ decoratedText: { topLabel: label, text: escaped(value), wrapText: true } }));
  const button = { buttonList: { buttons: [{ text: "Open in the console", onClick: { openLink: { url: text.link } } }] } };
  return {
    // What a notification shows where the card itself can't be; plain text, in which Chat knows <users/all> as a mention.
    fallbackText: summary(text).replace(/[<>]/g, " "),
    cardsV2: [
      {
        cardId: "fall",
        card: { header: { title: text.title, subtitle: "Force-and-Lock-Logs" }, sections: [{ widgets: [...widgets, button] }] },
      },
    ],
  };
}
