import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { Outcome } from "../outcome";
import { BATCH_BYTES, outcomeId, reporter } from "./report";

const outcome = (id: string): Outcome => ({
  id, outcome: "forced", account: "1", region: "r", source: "vpc", resource: "arn", actor: "", action: "sweep", reason: "", at: "",
});
const outcomes = (count: number) => [...Array(count).keys()].map((index) => outcome(String(index)));

/** A bus that answers as told, once each, then takes everything; keeps the ids that it was sent. */
function bus(...answers: (Error | readonly string[])[]) {
  const sent: string[][] = [];
  const send = async ({ input }: { input: { Entries: { Detail: string; EventBusName: string }[] } }) => {
    const ids = input.Entries.map((entry) => (JSON.parse(entry.Detail) as Outcome).id);
    sent.push(ids);
    const answer = answers.shift() ?? [];
    if (answer instanceof Error) throw answer;
    const Entries = ids.map((id) => (answer.includes(id) ? { ErrorCode: "InternalFailure", ErrorMessage: "again" } : { EventId: id }));
    return { FailedEntryCount: answer.length, Entries };
  };
  return { sent, client: { send } as unknown as EventBridgeClient };
}

const atOnce = () => Promise.resolve();

test("ten go at a time", async () => {
  const { sent, client } = bus();
  await reporter(client, "bus", atOnce)(outcomes(23));
  expect(sent.map((ids) => ids.length)).toEqual([10, 10, 3]);
});

test("no call is larger than PutEvents takes; what is too long by itself goes alone", async () => {
  const { sent, client } = bus();
  const long = (id: string, length: number) => ({ ...outcome(id), reason: "x".repeat(length) });
  await reporter(client, "bus", atOnce)([...["a", "b", "c", "d", "e"].map((id) => long(id, 60_000)), long("f", BATCH_BYTES), outcome("g")]);
  expect(sent).toEqual([["a", "b", "c"], ["d", "e"], ["f"], ["g"]]);
});

test("nothing to report is no call", async () => {
  const { sent, client } = bus();
  await reporter(client, "bus", atOnce)([]);
  expect(sent).toEqual([]);
});

test("what is refused goes again, alone", async () => {
  const { sent, client } = bus(["1"]);
  await reporter(client, "bus", atOnce)(outcomes(3));
  expect(sent).toEqual([["0", "1", "2"], ["1"]]);
});

test("what is refused three times fails, and goes first the next time", async () => {
  const { sent, client } = bus(["1"], ["1"], ["1"], ["1"]);
  const report = reporter(client, "bus", atOnce);
  await expect(report(outcomes(2))).rejects.toThrow("bus refused 1 of 1 outcomes: InternalFailure again");
  await report([outcome("9")]);
  expect(sent.at(-1)).toEqual(["1", "9"]);
});

test("what a failed call could not put is not lost", async () => {
  const { sent, client } = bus(new Error("down"));
  const report = reporter(client, "bus", atOnce);
  await expect(report([outcome("a")])).rejects.toThrow("down");
  await report([]);
  expect(sent).toEqual([["a"], ["a"]]);
});

test("ids tell apart what differs, wherever the parts are cut", () => {
  expect(outcomeId("a", "b")).toBe(outcomeId("a", "b"));
  expect(outcomeId("a", "b")).not.toBe(outcomeId("ab"));
  expect(outcomeId("a", "b")).not.toBe(outcomeId("b", "a"));
});
