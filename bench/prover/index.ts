/**
 * How long 120 goals over the lock take, ours and z3's in turn, each in a process of its own; how long all obligations of
 * the pack over the three stacks and their templates; and what a pathological pattern costs. z3 is given the goals in its own language: only its solving is timed. It takes some minutes.
 */
import { build } from "esbuild";
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { tiers } from "../../infra/config/configuration";
import { configurationOf, synthesize } from "../../infra/program/synthesize";
import { median } from "../measure";

interface Result {
  readonly ms: number;
  readonly verdicts: readonly string[];
  readonly peakMB: number;
  readonly states?: number;
  readonly largest?: number;
}

const MOST_MS = 500;
const MOST_MS_OF_ALL = 1_000;
const MOST_MB = 150;
const RUNS = 5;

async function bundled(folder: string): Promise<string> {
  const program = join(folder, "contender.js");
  const catalogue = join(__dirname, "..", "..", "policy-pack", "catalogue");
  await build({ entryPoints: [join(__dirname, "contender.ts")], outfile: program, bundle: true, platform: "node", packages: "external", logLevel: "error", define: { __dirname: JSON.stringify(catalogue) } });
  return program;
}

async function lines(...args: readonly string[]): Promise<{ readonly said: readonly unknown[]; readonly died: boolean }> {
  const options = { maxBuffer: 2 ** 24 };
  const { stdout, died } = await promisify(execFile)(process.execPath, args, options).then(
    ({ stdout: all }) => ({ stdout: all, died: false }),
    (error: { stdout?: string }) => ({ stdout: error.stdout ?? "", died: true }),
  );
  return { said: stdout.split("\n").filter(Boolean).map((line) => JSON.parse(line) as unknown), died };
}

/** @throws Error if the program ends without a word */
async function run(...args: readonly string[]): Promise<Result> {
  const { said } = await lines(...args);
  if (said.length !== 1) throw new Error(`bench: ${args.join(" ")} ended without a result`);
  return said[0] as Result;
}

/** Every obligation, as often as gives a time that the machine's other work does not decide. */
async function obligations(folder: string): Promise<Result> {
  const stacks = [];
  for (const tier of tiers) {
    const configuration = configurationOf(tier, {});
    stacks.push({ graph: await synthesize(tier, { configuration }), configuration });
  }
  const file = join(folder, "stacks.json");
  writeFileSync(file, JSON.stringify(stacks));
  const runs: Result[] = [];
  for (let turn = 0; turn < RUNS; turn++) runs.push(await run("--require", join(__dirname, "..", "..", "commands", "register.js"), join(__dirname, "obligations.ts"), file));
  return { ...runs[0]!, ms: median(runs.map(({ ms }) => ms)), peakMB: median(runs.map(({ peakMB }) => peakMB)) };
}

/** z3's answer to each goal. Where one takes all the memory that z3 has, it ends, and is started anew behind that goal. */
async function z3(program: string, goals: number): Promise<Result> {
  const answers: { readonly verdict: string; readonly ms: number }[] = [];
  let peakMB = 0;
  while (answers.length < goals) {
    const start = Date.now();
    const { said, died } = await lines(program, "z3", String(answers.length));
    const found = (said as { verdict?: string; ms: number; peakMB?: number }[]).flatMap(({ verdict, ms }) => (verdict === undefined ? [] : [{ verdict, ms }]));
    answers.push(...found);
    peakMB = Math.max(peakMB, ...(said as { peakMB?: number }[]).map((line) => line.peakMB ?? 0));
    if (died) answers.push({ verdict: "not-provable", ms: Date.now() - start - found.reduce((sum, { ms }) => sum + ms, 0) });
    else if (found.length === 0) throw new Error("bench: z3 ended without a result");
  }
  return { ms: answers.reduce((sum, { ms }) => sum + ms, 0), verdicts: answers.map(({ verdict }) => verdict), peakMB };
}

/** @returns the promises that are broken, and the numbers */
export async function proving(): Promise<{ readonly broken: readonly string[]; readonly report: Readonly<Record<string, unknown>> }> {
  // Below the project's node_modules, where the bundle finds its packages.
  mkdirSync(join(__dirname, "..", "out"), { recursive: true });
  const folder = mkdtempSync(join(__dirname, "..", "out", "prover-"));
  try {
    const program = await bundled(folder);
    // Ours before z3 and after it, since the machine's speed drifts; z3 takes too long to be asked twice.
    const one = await run(program, "ours");
    const other = await z3(program, one.verdicts.length);
    const again = await run(program, "ours");
    const all = await obligations(folder);
    const [nothing, pathological] = [await run(program, "nothing"), await run(program, "pathological")];
    const ours = Math.min(one.ms, again.ms);
    const count = (verdicts: readonly string[], wanted: string) => verdicts.filter((verdict) => verdict === wanted).length;
    const different = one.verdicts.filter((verdict, index) => other.verdicts[index] !== "not-provable" && verdict !== other.verdicts[index]).length;
    const report = {
      goals: one.verdicts.length,
      holes: count(one.verdicts, "hole"),
      "not provable": count(one.verdicts, "not-provable"),
      "ours ms": Math.round(ours),
      "z3 ms": Math.round(other.ms),
      ratio: Number((ours / other.ms).toFixed(5)),
      "z3 gave up": count(other.verdicts, "not-provable"),
      "verdicts that differ": different,
      states: one.states,
      "most states of a goal": one.largest,
      "peak MB": Math.round(one.peakMB),
      "of which start": Math.round(nothing.peakMB),
      "z3 peak MB": Math.round(other.peakMB),
      "all obligations": `${all.verdicts.length} goals, ${count(all.verdicts, "proved")} proved, in ${Math.round(all.ms)} ms, ${Math.round(all.peakMB)} MB`,
      "pathological pattern": `${pathological.verdicts[0]} after ${pathological.states} states, ${Math.round(pathological.ms)} ms, ${Math.round(pathological.peakMB)} MB`,
    };
    const broken = [
      ...(ours > MOST_MS ? [`${one.verdicts.length} goals take ${Math.round(ours)} ms, at most ${MOST_MS}`] : []),
      ...(one.peakMB > MOST_MB ? [`proving takes ${Math.round(one.peakMB)} MB, at most ${MOST_MB}`] : []),
      ...(all.ms > MOST_MS_OF_ALL ? [`all obligations take ${Math.round(all.ms)} ms of proof, at most ${MOST_MS_OF_ALL}`] : []),
      ...(all.peakMB > MOST_MB ? [`all obligations take ${Math.round(all.peakMB)} MB, at most ${MOST_MB}`] : []),
      ...(different > 0 ? [`${different} verdicts differ from z3's`] : []),
    ];
    return { broken, report };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
