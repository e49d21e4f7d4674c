/** Faults that the proxy makes on request: throttling, errors, slowness, a broken connection. */

export interface Fault {
  /** `ec2:CreateFlowLogs`, or a service with `*`: `logs:*`. */
  readonly operation: string;
  /** Counts the matching calls from 1; the fault begins with this one. */
  readonly from?: number;
  /** How many matching calls it lasts; 1 unless told. */
  readonly times?: number;
  /** Only calls of this account. */
  readonly account?: string;
  readonly kind: "throttle" | "error" | "slow" | "reset";
  /** Milliseconds, for `slow`. */
  readonly delay?: number;
}

export interface Faults {
  add(fault: Fault): void;
  /** Forgets all faults; answers how often each one struck. */
  clear(): readonly { readonly fault: Fault; readonly struck: number }[];
  /** The fault that strikes this call, if one does. */
  strike(operation: string, account: string): Fault | undefined;
}

export function makeFaults(): Faults {
  let faults: { fault: Fault; seen: number; struck: number }[] = [];
  return {
    add(fault) {
      faults.push({ fault, seen: 0, struck: 0 });
    },
    clear() {
      const before = faults.map(({ fault, struck }) => ({ fault, struck }));
      faults = [];
      return before;
    },
    strike(operation, account) {
      let struck: Fault | undefined;
      for (const entry of faults) {
        const { fault } = entry;
        const wanted = fault.operation.endsWith(":*") ? operation.startsWith(fault.operation.slice(0, -1)) : operation === fault.operation;
        if (!wanted || (fault.account !== undefined && fault.account !== account)) continue;
        entry.seen += 1;
        const from = fault.from ?? 1;
        if (struck || entry.seen < from || entry.seen >= from + (fault.times ?? 1)) continue;
        entry.struck += 1;
        struck = fault;
      }
      return struck;
    },
  };
}
