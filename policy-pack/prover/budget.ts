/** What a goal may visit: counted in states, never in seconds, so that an answer is the same on every machine. */

/** Raised when the states are used up; the goal is then not provable. */
export class OutOfBudget extends Error {}

/** Raised where the prover knows no exact answer; the goal is then not provable, for the reason in the message. */
export class NotProvable extends Error {}

export class Meter {
  spent = 0;
  /** What was paid for already: to look at it again is one state. */
  readonly paid = new Set<string>();

  constructor(readonly limit: number) {}

  get left(): number {
    return this.limit - this.spent;
  }

  /** @throws OutOfBudget once the limit is passed */
  spend(states = 1): void {
    this.spent += states;
    if (this.spent > this.limit) {
      this.spent = this.limit;
      throw new OutOfBudget(`out of budget: more than ${this.limit} states visited`);
    }
  }
}

type Known<T> = { readonly value: T; readonly cost: number } | { readonly needsMoreThan: number };

/**
 * Remembers answers with what they cost, and charges it once more to each meter that asks: a goal's answer must not
 * depend on the goals before it.
 */
export class Memo<T> {
  private readonly known = new Map<string, Known<T>>();

  get size(): number {
    return this.known.size;
  }

  get(key: string, meter: Meter, compute: (meter: Meter) => T): T {
    const found = this.known.get(key);
    if (found && "value" in found) {
      meter.spend(meter.paid.has(key) ? 1 : found.cost);
      meter.paid.add(key);
      return found.value;
    }
    if (found && meter.left <= found.needsMoreThan) meter.spend(meter.left + 1);
    const own = new Meter(meter.left);
    try {
      const value = compute(own);
      this.known.set(key, { value, cost: own.spent });
      meter.paid.add(key);
      return value;
    } catch (error) {
      if (error instanceof OutOfBudget) {
        this.known.set(key, { needsMoreThan: own.limit });
        throw new OutOfBudget(`out of budget: more than ${meter.limit} states visited`);
      }
      throw error;
    } finally {
      meter.spent += own.spent;
    }
  }
}
