/**
 * The execution environments of all functions: one for each function of an account and Region, a bounded number at
 * work at a time, the least recently used ended above a cap.
 */
import type { Instance } from "./instance";

export interface PoolSettings {
  /** How many work at the same time. */
  readonly busy: number;
  /** How many are kept warm. */
  readonly warm: number;
}

export interface Pool {
  /**
   * Runs `work` with the environment called `key`, starting it if there is none; others for the same key wait.
   * An environment that has ended, or was started for another `version` (of code or configuration), is replaced.
   */
  use<T>(key: string, version: string, start: () => Promise<Instance>, work: (instance: Instance) => Promise<T>): Promise<T>;
  /** How many were started. */
  readonly started: number;
  stop(): Promise<void>;
}

interface Warm {
  readonly version: string;
  readonly instance: Instance;
}

export function makePool({ busy, warm }: PoolSettings): Pool {
  /** In the order of their last use. */
  const environments = new Map<string, Warm>();
  const turns = new Map<string, Promise<unknown>>();
  const queue: (() => void)[] = [];
  const working = new Set<string>();
  let free = busy;
  let started = 0;

  async function acquire(): Promise<void> {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => queue.push(resolve));
  }
  function release() {
    const next = queue.shift();
    if (next) next();
    else free += 1;
  }

  async function environment(key: string, version: string, start: () => Promise<Instance>): Promise<Instance> {
    const known = environments.get(key);
    environments.delete(key);
    if (known && known.instance.alive && known.version === version) {
      environments.set(key, known);
      return known.instance;
    }
    await known?.instance.end();
    const instance = await start();
    started += 1;
    environments.set(key, { version, instance });
    for (const [other, { instance: idle }] of environments) {
      if (environments.size <= warm) break;
      if (working.has(other)) continue;
      environments.delete(other);
      await idle.end();
    }
    return instance;
  }

  async function turn<T>(key: string, version: string, start: () => Promise<Instance>, work: (instance: Instance) => Promise<T>): Promise<T> {
    await acquire();
    working.add(key);
    try {
      return await work(await environment(key, version, start));
    } finally {
      working.delete(key);
      release();
    }
  }

  return {
    get started() {
      return started;
    },
    use(key, version, start, work) {
      const before = turns.get(key) ?? Promise.resolve();
      const mine = before.then(() => turn(key, version, start, work));
      // The next one's turn comes however this one ends; its own error is its caller's.
      turns.set(key, mine.then(() => undefined, () => undefined));
      return mine;
    },
    async stop() {
      await Promise.all([...environments.values()].map(({ instance }) => instance.end()));
      environments.clear();
    },
  };
}
