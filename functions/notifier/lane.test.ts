import { fakeDynamodb } from "./fake-dynamodb";
import { formats } from "./formats";
import { ATTEMPTS, runLane, type Lane } from "./lane";
import type { Message } from "./message";
import type { Post } from "./post";
import { statusTable } from "./status-table";

const message = (id: string): Message => ({
  id, kind: "forced", account: "111111111111", region: "us-east-1", source: "vpc", resource: `arn:${id}`, actor: `a-${id}`, action: "sweep", reason: "", at: "",
});

/** A lane whose clock moves only when it sleeps; `answers` are given in order, the last one for ever. */
function make(answers: readonly (Post | Error)[], table = statusTable(fakeDynamodb() as never, "t")) {
  const clock = { time: 1_000_000 };
  const posts: { readonly at: number; readonly card: string }[] = [];
  const logs: Readonly<Record<string, unknown>>[] = [];
  const lane: Lane = {
    webhook: "ops",
    format: formats.slack,
    table,
    send: async (card) => {
      posts.push({ at: clock.time - 1_000_000, card: JSON.stringify(card) });
      const answer = answers[Math.min(posts.length, answers.length) - 1]!;
      if (answer instanceof Error) throw answer;
      return answer;
    },
    now: () => clock.time,
    sleep: async (milliseconds) => void (clock.time += milliseconds),
    deadline: 1_000_000 + 30_000,
    log: (entry) => logs.push(entry),
  };
  return { lane, posts, logs, table, clock };
}
const sent: Post = { result: "sent" };
const broken: Post = { result: "broken", why: "HTTP 500" };

test("every message once, in order, a second apart", async () => {
  const { lane, posts } = make([sent]);
  expect(await runLane(lane, ["a", "b", "c"].map(message))).toEqual([]);
  expect(posts.map(({ at }) => at)).toEqual([0, 1_000, 2_000]);
});

test("a webhook that fails at first is tried again within the run", async () => {
  const { lane, posts } = make([broken, sent]);
  expect(await runLane(lane, [message("a")])).toEqual([]);
  expect(posts).toHaveLength(2);
});

test("a webhook that keeps failing gives the message back", async () => {
  const { lane, posts, logs } = make([broken]);
  expect(await runLane(lane, [message("a")])).toEqual(["a"]);
  expect(posts).toHaveLength(ATTEMPTS);
  expect(logs).toEqual([expect.objectContaining({ message: "not delivered", why: "HTTP 500", id: "a" })]);
});

test("what is refused is not tried again at once, and the rest is delivered", async () => {
  const { lane, posts } = make([{ result: "refused", why: "HTTP 400" }, sent]);
  expect(await runLane(lane, [message("a"), message("b")])).toEqual(["a"]);
  expect(posts).toHaveLength(2);
});

test("a pause that the product asks for is kept", async () => {
  const { lane, posts } = make([{ result: "later", why: "HTTP 429", wait: 7_000 }, sent]);
  expect(await runLane(lane, [message("a"), message("b")])).toEqual([]);
  expect(posts.map(({ at }) => at)).toEqual([0, 7_000, 8_000]);
});

test("a pause longer than the run gives everything back without another post", async () => {
  const { lane, posts } = make([{ result: "later", why: "HTTP 429", wait: 60_000 }, sent]);
  expect(await runLane(lane, [message("a"), message("b")])).toEqual(["a", "b"]);
  expect(posts).toHaveLength(1);
});

test("what was posted and could not be marked comes again: a second copy is a smaller harm than none", async () => {
  const table = { ...statusTable(fakeDynamodb() as never, "t"), sent: () => Promise.reject(new Error("no table")) };
  const { lane, posts } = make([sent], table);
  expect(await runLane(lane, [message("a"), message("b")])).toEqual(["a", "b"]);
  expect(posts).toHaveLength(2);
});

test("a URL that can't be had gives the message back", async () => {
  const { lane } = make([new Error("the secret does not hold an https URL")]);
  expect(await runLane(lane, [message("a")])).toEqual(["a"]);
});
