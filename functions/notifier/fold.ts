/** Folds messages that are alike into one notice, so that a storm does not keep the rest waiting behind a rate limit. */
import type { Message, Notice } from "./message";

/** Fewer than this that are alike in everything are told one by one. */
export const FOLDED_FROM = 4;

/**
 * What a webhook is told of one batch at most: a batch is one run of the notifier, a post takes a second of a webhook's
 * pace, and the next batch is waiting.
 */
export const MOST_NOTICES = 5;

/** What makes messages alike, from narrow to wide: the wider one is used where the narrower leaves too many notices. */
const likenesses: readonly ((message: Message) => readonly string[])[] = [
  ({ kind, source, action, actor }) => [kind, source, action, actor],
  ({ kind, source }) => [kind, source],
  ({ kind }) => [kind],
];

function folded(messages: readonly Message[], likeness: (message: Message) => readonly string[], from: number): Notice[] {
  const groups: Record<string, Message[]> = {};
  const keyOf = (message: Message) => JSON.stringify(likeness(message));
  for (const message of messages) (groups[keyOf(message)] ??= []).push(message);
  return messages.flatMap((message): Notice[] => {
    const group = groups[keyOf(message)] ?? [message];
    if (group.length < from) return [{ first: message, all: [message] }];
    return group[0] === message ? [{ first: message, all: group }] : [];
  });
}

/**
 * The notices for messages, in the order in which each first appears; every message is in exactly one.
 *
 * @returns at most `MOST_NOTICES`, or one a kind where there are more kinds than that
 */
export function fold(messages: readonly Message[]): Notice[] {
  let notices: Notice[] = [];
  for (const [level, likeness] of likenesses.entries()) {
    notices = folded(messages, likeness, level === 0 ? FOLDED_FROM : 2);
    if (notices.length <= MOST_NOTICES) break;
  }
  return notices;
}
