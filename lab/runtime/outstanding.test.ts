import { makeOutstanding } from "./outstanding";

test("idle waits for what began, also for what began meanwhile", async () => {
  const outstanding = makeOutstanding();
  const seen: string[] = [];
  outstanding.run("first", async () => {
    await Promise.resolve();
    outstanding.run("second", async () => {
      await Promise.resolve();
      seen.push("second");
    });
  });
  await outstanding.idle(1000);
  expect(seen).toEqual(["second"]);
});

test("idle names what never ends", async () => {
  const outstanding = makeOutstanding();
  outstanding.begin("retry of vpc");
  await expect(outstanding.idle(5)).rejects.toThrow("nothing ended for 5 ms: 1 outstanding: retry of vpc");
});

test("idle throws what a piece of work threw", async () => {
  const outstanding = makeOutstanding();
  outstanding.run("delivery", () => Promise.reject(new Error("refused")));
  await expect(outstanding.idle(1000)).rejects.toThrow("refused");
  await outstanding.idle(1000);
});
