import { fold, FOLDED_FROM, MOST_NOTICES } from "./fold";
import type { Message } from "./message";

const message = (id: number, more: Partial<Message> = {}): Message => ({
  id: String(id), kind: "tamper-attempt", account: "111111111111", region: "us-east-1", source: "ec2", resource: `arn:${id}`, actor: "eve", action: "ec2:DeleteFlowLogs", reason: "", at: "", ...more,
});

test("a few that are alike are told one by one", () => {
  const messages = Array.from({ length: FOLDED_FROM - 1 }, (_, index) => message(index));
  expect(fold(messages).map(({ all }) => all.length)).toEqual(messages.map(() => 1));
});

test("a storm is one notice, and what is between it keeps its place", () => {
  const storm = Array.from({ length: 50 }, (_, index) => message(index));
  const other = message(99, { actor: "mallory" });
  const notices = fold([storm[0]!, other, ...storm.slice(1)]);
  expect(notices.map(({ first, all }) => [first.id, all.length])).toEqual([["0", 50], ["99", 1]]);
});

test("no message is lost or told twice", () => {
  const messages = Array.from({ length: 40 }, (_, index) => message(index, { actor: `a${index % 7}`, kind: index % 3 === 0 ? "failed" : "forced" }));
  const told = fold(messages).flatMap(({ all }) => all.map(({ id }) => id));
  expect(told.sort()).toEqual(messages.map(({ id }) => id).sort());
});

test("a storm of many colours is folded more widely, and a kind is never mixed with another", () => {
  const storm = Array.from({ length: 60 }, (_, index) => message(index, { actor: `a${index}`, source: `s${index % 9}`, kind: index % 2 === 0 ? "failed" : "forced" }));
  expect(fold(storm).map(({ first, all }) => [first.kind, all.length])).toEqual([["failed", 30], ["forced", 30]]);
});

test("what is narrow enough stays apart by source", () => {
  const storm = Array.from({ length: 60 }, (_, index) => message(index, { actor: `a${index}`, source: `s${index % MOST_NOTICES}` }));
  expect(fold(storm)).toHaveLength(MOST_NOTICES);
});
