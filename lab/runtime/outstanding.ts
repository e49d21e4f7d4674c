/** What has begun and not ended: events on their way, invocations, retries, messages in flight. */

export interface Outstanding {
  /** Notes that something begins; the answer is called once when it ends. */
  begin(what: string): () => void;
  /** Runs a piece of work as outstanding; what it throws is kept and thrown by `idle`. */
  run(what: string, work: () => Promise<void>): void;
  /**
   * Resolves when nothing is outstanding.
   *
   * @param limit milliseconds in which nothing ends at all: a slow machine is not stuck
   * @param but what need not be waited for, by the start of its name
   * @throws Error naming what is still outstanding after that, or the first failure of a piece of work
   */
  idle(limit: number, but?: string): Promise<void>;
}

export function makeOutstanding(): Outstanding {
  const going = new Map<number, string>();
  const failures: unknown[] = [];
  let next = 0;
  let waiting: (() => void)[] = [];

  const begin = (what: string) => {
    const id = (next += 1);
    going.set(id, what);
    return () => {
      if (!going.delete(id)) return;
      const woken = waiting;
      waiting = [];
      for (const wake of woken) wake();
    };
  };

  return {
    begin,
    run(what, work) {
      const end = begin(what);
      work()
        .catch((error: unknown) => failures.push(error))
        .finally(end);
    },
    async idle(limit, but) {
      const awaited = () => [...going.values()].filter((what) => but === undefined || !what.startsWith(but));
      while (awaited().length > 0) {
        let timer: NodeJS.Timeout | undefined;
        const stuck = new Promise<"stuck">((resolve) => (timer = setTimeout(() => resolve("stuck"), limit)));
        const ended = new Promise<"ended">((resolve) => waiting.push(() => resolve("ended")));
        const first = await Promise.race([stuck, ended]);
        clearTimeout(timer);
        if (first === "stuck") throw new Error(`nothing ended for ${limit} ms: ${awaited().length} outstanding: ${awaited().slice(0, 10).join("; ")}`);
      }
      const [failure] = failures.splice(0);
      if (failure !== undefined) throw failure;
    },
  };
}
