import type { Instance } from "./instance";
import { makePool } from "./pool";

function fake(log: string[], name: string): Instance {
  let alive = true;
  return {
    get alive() {
      return alive;
    },
    invoke: () => Promise.resolve({ ok: true as const, payload: null }),
    async end() {
      alive = false;
      log.push(`end ${name}`);
    },
  };
}
const pause = () => new Promise<void>((resolve) => setImmediate(resolve));

test("one environment a key, kept while code and configuration stay", async () => {
  const log: string[] = [];
  const pool = makePool({ busy: 2, warm: 8 });
  const use = (key: string, version: string) => pool.use(key, version, async () => fake(log, `${key}${version}`), async () => undefined);
  await use("a", "1");
  await use("a", "1");
  await use("a", "2");
  expect(pool.started).toBe(2);
  expect(log).toEqual(["end a1"]);
});

test("at most `busy` work at a time, and one a key", async () => {
  const pool = makePool({ busy: 2, warm: 8 });
  let now = 0;
  let most = 0;
  const perKey: Record<string, number> = {};
  const work = (key: string) =>
    pool.use(key, "1", async () => fake([], key), async () => {
      perKey[key] = (perKey[key] ?? 0) + 1;
      now += 1;
      most = Math.max(most, now);
      expect(perKey[key]).toBe(1);
      await pause();
      now -= 1;
      perKey[key] -= 1;
    });
  await Promise.all(["a", "a", "b", "c", "d", "a"].map(work));
  expect(most).toBe(2);
});

test("the least recently used is ended above the cap", async () => {
  const log: string[] = [];
  const pool = makePool({ busy: 1, warm: 2 });
  for (const key of ["a", "b", "a", "c"]) await pool.use(key, "", async () => fake(log, key), async () => undefined);
  expect(log).toEqual(["end b"]);
});

test("an error is the caller's own, and the next one's turn comes", async () => {
  const pool = makePool({ busy: 1, warm: 2 });
  const start = async () => fake([], "a");
  await expect(pool.use("a", "", start, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  await expect(pool.use("a", "", start, async () => 1)).resolves.toBe(1);
});
