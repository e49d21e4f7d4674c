/** Doing things in the order in which they need each other: pure ordering, and bounded work along it. */

/**
 * The ids so that each comes after what it depends on; otherwise in the order given.
 *
 * @param dependenciesOf ids that are not among `ids` are taken as done
 * @throws Error naming a circle
 */
export function ordered(ids: readonly string[], dependenciesOf: (id: string) => readonly string[]): readonly string[] {
  const known = new Set(ids);
  const done: string[] = [];
  const state = new Map<string, "open" | "closed">();
  const visit = (id: string, path: readonly string[]): void => {
    if (!known.has(id) || state.get(id) === "closed") return;
    if (state.get(id) === "open") throw new Error(`these depend on each other: ${[...path.slice(path.indexOf(id)), id].join(" -> ")}`);
    state.set(id, "open");
    for (const dependency of dependenciesOf(id)) visit(dependency, [...path, id]);
    state.set(id, "closed");
    done.push(id);
  };
  for (const id of ids) visit(id, []);
  return done;
}

/**
 * Works on every id after all that it depends on, at most `limit` at a time.
 *
 * @throws what `work` throws first; nothing is begun after that, and what runs is waited for
 */
export async function runOrdered(ids: readonly string[], dependenciesOf: (id: string) => readonly string[], limit: number, work: (id: string) => Promise<void>): Promise<void> {
  const sequence = ordered(ids, dependenciesOf);
  const known = new Set(ids);
  const done = new Set<string>();
  const waiting = new Set(sequence);
  const running = new Set<Promise<void>>();
  let failure: { readonly error: unknown } | undefined;
  const ready = (id: string) => dependenciesOf(id).every((dependency) => !known.has(dependency) || done.has(dependency));
  while ((waiting.size > 0 && !failure) || running.size > 0) {
    for (const id of failure ? [] : sequence) {
      if (running.size >= limit) break;
      if (!waiting.has(id) || !ready(id)) continue;
      waiting.delete(id);
      const job: Promise<void> = work(id)
        .then(() => void done.add(id), (error: unknown) => void (failure ??= { error }))
        .finally(() => running.delete(job));
      running.add(job);
    }
    await Promise.race(running);
  }
  if (failure) throw failure.error;
}

/** Works on every item, at most `limit` at a time, in their order. @throws what `work` throws first */
export async function inParallel<T>(items: readonly T[], limit: number, work: (item: T) => Promise<void>): Promise<void> {
  const ids = items.map((_, index) => String(index));
  await runOrdered(ids, () => [], limit, (id) => work(items[Number(id)]!));
}
