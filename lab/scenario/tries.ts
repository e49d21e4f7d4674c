/** Calls that have to succeed, and calls that have to be refused. */
import type { Proxy } from "../proxy";
import type { AttackRow, CheckRow } from "../report/report";
import { errorText } from "../error-text";

export interface Tries {
  readonly checks: readonly CheckRow[];
  readonly rows: readonly AttackRow[];
  /** Has to succeed: a check. */
  attempt(name: string, run: () => Promise<unknown>): Promise<void>;
  /** Has to be denied, on the archive's account: an attack; one that is not has slipped. */
  refused(name: string, by: string, run: () => Promise<unknown>): Promise<void>;
}

export function makeTries(proxy: Proxy): Tries {
  const checks: CheckRow[] = [];
  const rows: AttackRow[] = [];
  return {
    checks,
    rows,
    async attempt(name, run) {
      try {
        await run();
        checks.push({ name, ok: true, detail: "done" });
      } catch (error) {
        checks.push({ name, ok: false, detail: errorText(error) });
      }
    },
    async refused(name, by, run) {
      const from = proxy.calls.length;
      let error = "";
      try {
        await run();
      } catch (thrown) {
        error = errorText(thrown);
      }
      const denied = proxy.calls.slice(from).find(({ decision }) => decision === "denied");
      const layer = denied?.authorisations.find(({ decision }) => decision === "denied")?.deniedBy ?? "none";
      rows.push({ name, by, on: "log-archive", layer, result: denied ? "denied" : "SLIPPED", detail: error || "allowed" });
    },
  };
}
