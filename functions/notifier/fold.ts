/** Folds messages that are alike into one notice, so that a storm does not keep the rest waiting behind a rate limit. */
import type { Message, Notice } from "./message";

/** Fewer than this are told one by one. */
export const FOLDED_FROM = 4;

/** Messages are alike if they tell the same of the same source, by the same call of the same actor. */
function likeness({ kind, source, action, actor }: Message): string {
  return JSON.stringify([kind, source, action, actor]);
}

/** The notices for messages, in the order in which each first appears; every message is in exactly one. */
export function fold(messages: readonly Message[]): Notice[] {
  const groups: Record<string, Message[]> = {};
  for (const message of messages) (groups[likeness(message)] ??= []).push(message);
  const notices = messages.flatMap((message): Notice[] => {
    const group = groups[likeness(message)] ?? [message];
    if (group.length < FOLDED_FROM) return [{ first: message, all: [message] }];
    return group[0] === message ? [{ first: message, all: group }] : [];
  });
  return notices;
}
