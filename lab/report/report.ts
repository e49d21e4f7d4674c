/** What a lab run found: the shape of `lab/out/report.json`. Times are in milliseconds. */

export interface ResourceRow {
  readonly account: string;
  readonly region: string;
  readonly source: string;
  readonly resource: string;
  /** Whether it stood before the enforcers came, or was made afterwards; obstructed: a stranger's logging was in the way. */
  readonly made: "before" | "before, obstructed" | "new" | "new, obstructed";
  /** What was missing of its logging; empty if nothing. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** From its creation (or, where it stood before, from the first sweep) to the report of the enforcer; -1 if never. */
  readonly took: number;
}

export interface AttackRow {
  readonly name: string;
  readonly by: string;
  readonly on: string;
  /** The layer that must answer by itself: scp, rcp, resource, trust, or the enforcer (repaired). */
  readonly layer: string;
  readonly result: "denied" | "repaired" | "SLIPPED";
  /** The statements that denied it, or how long the repair took, or what went wrong. */
  readonly detail: string;
}

export interface OrdinaryRow {
  readonly name: string;
  readonly by: string;
  readonly result: "done" | "REFUSED";
  readonly detail: string;
}

/** One thing that had to hold: a fault survived, a step back tested, a phase deployed. */
export interface CheckRow {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** Something that keeps a log away, planted alone, and what the doctor said of it. */
export interface BreakageRow {
  readonly name: string;
  /** The cause that has to be named. */
  readonly wanted: string;
  readonly found: readonly string[];
  /** 1 where it was named. */
  readonly right: number;
  /** How many other causes were named. */
  readonly wrong: number;
  readonly unread: readonly string[];
  readonly mend: string;
  /** Of the diagnosis. */
  readonly took: number;
}

export interface RoleRow {
  readonly role: string;
  readonly granted: readonly string[];
  readonly used: readonly string[];
}

export interface StatementRow {
  readonly layer: "scp" | "rcp";
  readonly policy: string;
  readonly sid: string;
  /** How many of the refused requests would pass its layer without it; 0 means that no attack of the lab needs it. */
  readonly neededBy: number;
}

/** What the proofs of one obligation say of everything that the lab deployed. */
export interface ProofRow {
  readonly obligation: string;
  readonly goals: number;
  readonly proved: number;
  readonly holes: number;
  readonly notProvable: number;
  /** States that the prover visited. */
  readonly states: number;
}

/** A request that would pass its layer without one denying statement, found by the proof of an obligation. */
export interface NearMissRow {
  readonly policy: string;
  readonly sid: string;
  /** The obligation that would be broken, and the request in one line; both empty where none is. */
  readonly obligation: string;
  readonly request: string;
  /** Whether the statement denies it, as the evaluator sees the documents in force. */
  readonly ok: boolean;
  readonly detail: string;
}

export interface Report {
  readonly seed: number;
  readonly accounts: number;
  readonly regions: readonly string[];
  readonly seconds: number;
  readonly calls: number;
  readonly resources: readonly ResourceRow[];
  readonly attacks: readonly AttackRow[];
  readonly ordinary: readonly OrdinaryRow[];
  readonly breakages: readonly BreakageRow[];
  readonly checks: readonly CheckRow[];
  readonly roles: readonly RoleRow[];
  readonly statements: readonly StatementRow[];
  readonly proofs: readonly ProofRow[];
  readonly nearMisses: readonly NearMissRow[];
  /** What the emulator lacks, and where that is bridged. */
  readonly bridges: readonly { readonly name: string; readonly lacks: string; readonly does: string }[];
}

export interface Verdict {
  readonly forced: number;
  readonly unlogged: number;
  readonly denied: number;
  readonly repaired: number;
  readonly slipped: number;
  readonly ordinary: number;
  readonly refused: number;
  readonly failed: number;
}

/** Counts what the exit code hangs on. */
export function verdictOf(report: Report): Verdict {
  const count = <T>(rows: readonly T[], which: (row: T) => boolean) => rows.filter(which).length;
  return {
    forced: count(report.resources, (row) => row.after.length === 0),
    unlogged: count(report.resources, (row) => row.after.length > 0),
    denied: count(report.attacks, (row) => row.result === "denied"),
    repaired: count(report.attacks, (row) => row.result === "repaired"),
    slipped: count(report.attacks, (row) => row.result === "SLIPPED"),
    ordinary: count(report.ordinary, (row) => row.result === "done"),
    refused: count(report.ordinary, (row) => row.result === "REFUSED"),
    failed: count(report.checks, (row) => !row.ok),
  };
}

/** Whether the run is a success: at least one of each was tried, and nothing was left over. */
export function holds(verdict: Verdict): boolean {
  const nothingWrong = verdict.unlogged + verdict.slipped + verdict.refused + verdict.failed === 0;
  return nothingWrong && verdict.forced > 0 && verdict.denied > 0 && verdict.repaired > 0 && verdict.ordinary > 0;
}
