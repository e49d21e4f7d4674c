import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Clock, makeClock } from "./clock";
import { type Instance, startInstance } from "./instance";

const folder = mkdtempSync(join(tmpdir(), "fall-instance-"));
const server = createServer((_, response) => setTimeout(() => response.end("reached"), 50));
const lines: string[] = [];
let instance: Instance;
let port = 0;

const code = `
let count = 0;
exports.handler = async (event, context) => {
  count += 1;
  console.log(JSON.stringify({ count }));
  if (event.throw) throw new TypeError(event.throw);
  if (event.clock) return { now: Date.now(), left: context.getRemainingTimeInMillis() };
  if (event.wait) {
    const began = Date.now();
    const waited = new Promise((resolve) => setTimeout(resolve, event.wait, Date.now));
    const answer = event.meanwhile && (await fetch(event.meanwhile).then((response) => response.text()));
    const meanwhile = Date.now() - began;
    return waited.then((now) => ({ answer, meanwhile, after: now() - began }));
  }
  if (event.hang) await new Promise((resolve) => setTimeout(resolve, 60_000));
  if (event.fetch) return fetch(event.fetch).then((response) => response.text(), (error) => Promise.reject(error.cause ?? error));
  return { count, name: process.env.NAME, inherited: process.env.HOME, arn: context.invokedFunctionArn, left: context.getRemainingTimeInMillis() <= 5000 };
};`;

beforeAll(async () => {
  writeFileSync(join(folder, "index.js"), code);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
beforeEach(() => {
  instance = startInstance({ folder, handler: "index.handler", environment: { NAME: "n" }, ports: [port], onLine: (line) => lines.push(line) });
});
afterEach(() => instance.end());
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

let requests = 0;
const invoke = (event: object, more: { timeout?: number; crash?: boolean; clock?: Clock } = {}) =>
  instance.invoke(event, { requestId: `r${(requests += 1)}`, functionArn: "arn:aws:lambda:r:1:function:f", functionName: "f", timeout: 5000, clock: makeClock(), ...more });

/** A line comes by another pipe than the answer, before it or after. */
async function collected(line: string): Promise<void> {
  while (!lines.includes(line)) await new Promise((resolve) => setImmediate(resolve));
}

test("the handler stays loaded, sees its own environment alone, and its lines are collected", async () => {
  const payload = { count: 1, name: "n", arn: "arn:aws:lambda:r:1:function:f", left: true };
  expect(await invoke({})).toEqual({ ok: true, payload });
  expect(await invoke({})).toEqual({ ok: true, payload: { ...payload, count: 2 } });
  await collected('{"count":2}');
});

test("what it throws is its reply, and the process lives on", async () => {
  expect(await invoke({ throw: "no" })).toMatchObject({ ok: false, error: { errorType: "TypeError", errorMessage: "no" } });
  expect(instance.alive).toBe(true);
});

test("a crash and a timeout end the process", async () => {
  expect(await invoke({}, { crash: true })).toMatchObject({ ok: false, error: { errorType: "Runtime.ExitError" } });
  expect(instance.alive).toBe(false);
  expect(await invoke({})).toMatchObject({ ok: false, error: { errorType: "Runtime.ExitError" } });
});

test("a timeout ends the process", async () => {
  expect(await invoke({ hang: true }, { timeout: 300 })).toMatchObject({ ok: false, error: { errorType: "Sandbox.Timedout" } });
  expect(instance.alive).toBe(false);
});

test("its clock is the lab's, and so is the time that is left to it", async () => {
  const day = 86_400_000;
  const clock = makeClock();
  clock.pass(day);
  const reply = await invoke({ clock: true }, { clock });
  const { now, left } = (reply as { payload: { now: number; left: number } }).payload;
  expect(Math.round((now - Date.now()) / day)).toBe(1);
  expect(left).toBeLessThanOrEqual(5000);
  expect(left).toBeGreaterThan(0);
});

test("what it does nothing but wait for passes on the lab's clock, for all who ask what time it is", async () => {
  const clock = makeClock();
  const hour = 3_600_000;
  const { payload } = (await invoke({ wait: hour }, { clock, timeout: 2 * hour })) as { payload: { after: number } };
  expect(payload.after).toBeGreaterThanOrEqual(hour);
  expect(clock.ahead).toBeGreaterThan(hour - 60_000);
});

test("no time passes while it waits for an answer", async () => {
  const hour = 3_600_000;
  const reply = await invoke({ wait: hour, meanwhile: `http://127.0.0.1:${port}/` }, { timeout: 2 * hour });
  const { answer, meanwhile, after } = (reply as { payload: { answer: string; meanwhile: number; after: number } }).payload;
  expect(answer).toBe("reached");
  expect(meanwhile).toBeLessThan(hour);
  expect(after).toBeGreaterThanOrEqual(hour);
});

test("it connects to what it may, and nowhere else", async () => {
  expect(await invoke({ fetch: `http://127.0.0.1:${port}/` })).toEqual({ ok: true, payload: "reached" });
  expect(await invoke({ fetch: `http://127.0.0.1:${port + 1}/` })).toMatchObject({ ok: false, error: { errorMessage: expect.stringContaining("around the proxy") } });
  expect(await invoke({ fetch: "http://192.0.2.1/" })).toMatchObject({ ok: false, error: { errorMessage: expect.stringContaining("around the proxy") } });
});
