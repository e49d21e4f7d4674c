/** Faults of functions: struck in the order they were added, each a number of times. */
import type { FunctionFault } from "./types";

export interface FunctionFaults {
  add(fault: FunctionFault): void;
  /** Takes a fault of one of these kinds off the list for this invocation, if there is one. */
  strike(kinds: readonly FunctionFault["kind"][], functionName: string, account: string, region: string): FunctionFault | undefined;
  /** Forgets all; answers how often each struck. */
  clear(): readonly { readonly fault: FunctionFault; readonly struck: number }[];
}

export function makeFunctionFaults(): FunctionFaults {
  let entries: { fault: FunctionFault; struck: number }[] = [];
  return {
    add(fault) {
      entries.push({ fault, struck: 0 });
    },
    strike(kinds, functionName, account, region) {
      const entry = entries.find(
        ({ fault, struck }) =>
          kinds.includes(fault.kind) &&
          struck < (fault.times ?? 1) &&
          (fault.function === undefined || functionName.endsWith(fault.function)) &&
          (fault.account ?? account) === account &&
          (fault.region ?? region) === region,
      );
      if (!entry) return undefined;
      entry.struck += 1;
      return entry.fault;
    },
    clear() {
      const before = entries.map(({ fault, struck }) => ({ fault, struck }));
      entries = [];
      return before;
    },
  };
}
