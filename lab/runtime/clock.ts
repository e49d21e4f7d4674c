/**
 * The lab's clock: the machine's, and ahead of it by all that AWS would have waited and nobody here does. Functions are
 * told by it what time it is, so that a lease runs out before a message comes again, as it does in AWS.
 */
export interface Clock {
  /** Milliseconds by which it is ahead of the machine's. */
  readonly ahead: number;
  /** Time passes at once. */
  pass(milliseconds: number): void;
  /** Somebody has waited until it was so far ahead; others may have waited longer. */
  reach(milliseconds: number): void;
}

export function makeClock(): Clock {
  let ahead = 0;
  return {
    get ahead() {
      return ahead;
    },
    pass(milliseconds) {
      ahead += milliseconds;
    },
    reach(milliseconds) {
      ahead = Math.max(ahead, milliseconds);
    },
  };
}
