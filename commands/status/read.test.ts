import { coverageRows } from "./read";
import type { Heard } from "./places";

const heard = (account: string): Heard => ({ account, region: "us-east-1", source: "vpc", state: "heard", last: "2026-11-21T10:00:00Z" });
const organization = (count: number) => new Map(Array.from({ length: count }, (_, index) => [`a${index}`, [heard(`a${index}`)]] as const));

/** A table that counts how many queries are under way, and answers each with one resource. */
function slow(fails = -1) {
  const seen = { now: 0, most: 0, asked: 0 };
  const send = async () => {
    const index = seen.asked++;
    seen.most = Math.max(seen.most, (seen.now += 1));
    await new Promise((resolve) => setImmediate(resolve));
    seen.now -= 1;
    if (index === fails) throw new Error("slow down");
    return { Items: [{ sk: { S: `us-east-1#vpc#last#arn:${index}` }, outcome: { S: "forced" }, reason: { S: "" }, at: { S: "1" } }] };
  };
  return { seen, client: { send } as never };
}

test("accounts come in their order, and no more are in memory than are read ahead", async () => {
  const { seen, client } = slow();
  const order: string[] = [];
  for await (const rows of coverageRows(client, "t", organization(50), 4)) {
    order.push(...rows.map(({ account, resource }) => `${account} ${resource}`));
    expect(seen.asked).toBeLessThanOrEqual(order.length + 4);
  }
  expect(order).toEqual(Array.from({ length: 50 }, (_, index) => `a${index} arn:${index}`));
  expect(seen.most).toBe(4);
});

test("one that can't be read ends it", async () => {
  const { client } = slow(2);
  const read = async () => {
    for await (const rows of coverageRows(client, "t", organization(9), 4)) expect(rows).toHaveLength(1);
  };
  await expect(read()).rejects.toThrow("slow down");
});
