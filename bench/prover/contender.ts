/** `node contender.js ours|z3 [FROM]|pathological|nothing`: does its work once and prints what it took, as a line of JSON. */
import { makeProver } from "../../policy-pack/prover";
import { covers, goals, lock } from "./goals";
import { queries } from "./smt";

/** What z3 may take for one kind of principal. */
const PATIENCE_MS = 3_000;
const layers = lock();
const asked = goals(layers);
const since = (start: bigint) => Number(process.hrtime.bigint() - start) / 1e6;

function ours() {
  const start = process.hrtime.bigint();
  const prove = makeProver(layers);
  const answers = asked.map(prove);
  return { ms: since(start), verdicts: answers.map(({ verdict }) => verdict), states: answers.reduce((sum, { states }) => sum + states, 0), largest: Math.max(...answers.map(({ states }) => states)) };
}

/** One line a goal, from the given one on: z3 may run out of memory, and whoever asked goes on behind that goal. */
async function z3(from: number) {
  const { init } = await import("z3-solver");
  const { Context, Z3 } = await init();
  Z3.global_param_set("memory_max_size", "700");
  const { Solver } = Context("bench");
  for (const goal of asked.slice(from)) {
    const texts = queries(goal, layers, covers);
    const start = process.hrtime.bigint();
    let verdict = "proved";
    for (const text of texts) {
      const solver = new Solver();
      solver.set("timeout", PATIENCE_MS);
      solver.fromString(text);
      const said = await solver.check();
      if (said === "sat") verdict = "hole";
      else if (said !== "unsat") verdict = "not-provable";
      if (verdict !== "proved") break;
    }
    process.stdout.write(`${JSON.stringify({ verdict, ms: since(start) })}\n`);
  }
  return { ms: 0, verdicts: [] };
}

/** Whether an a stands seventeen characters before the end of what ends in an x: a state for each set of places. */
function pathological() {
  const run = "?".repeat(16);
  const prove = makeProver({ scp: [[{ name: "all", document: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }, { Effect: "Deny", Action: "*", Resource: "*", Condition: { StringNotLike: { "aws:PrincipalTag/x": "*x" } } }, { Effect: "Deny", Action: "*", Resource: "*", Condition: { StringLike: { "aws:PrincipalTag/x": `*a${run}x` } } }] } }]] });
  const [goal] = asked;
  const start = process.hrtime.bigint();
  const answer = prove({ ...goal!, universe: { ...goal!.universe, domain: () => ({ kind: "free", presence: "always", many: false, values: { reading: "text", like: [`*a${run}?`] } }) } });
  return { ms: since(start), verdicts: [answer.verdict], states: answer.states };
}

async function main(): Promise<void> {
  const [what = "", from = "0"] = process.argv.slice(2);
  const work: Readonly<Record<string, () => unknown>> = { ours, z3: () => z3(Number(from)), pathological, nothing: () => ({ ms: 0, verdicts: [] }) };
  const result = (await work[what]!()) as object;
  process.stdout.write(`${JSON.stringify({ ...result, peakMB: process.resourceUsage().maxRSS / 1024 })}\n`);
  // z3's threads would keep the process.
  process.exit(0);
}

void main();
