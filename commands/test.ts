/**
 * `npm test`: lints, checks types and the direction of imports, runs the unit tests and one lab run.
 *
 * The steps that need only one core's worth of time run side by side with the unit tests; a failed step does not
 * stop the others, so that one run tells everything. Exit 1 if any failed, 2 on a wrong argument.
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { readArguments } from "./arguments";

readArguments("test", {});

const root = join(__dirname, "..");
const bin = (name: string) => join(root, "node_modules", ".bin", name);
const folders = ["infra", "functions", "policy-pack", "lab", "bench", "commands", "queries"];

interface Step {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
}

/** Runs a step; its output is printed whole when it ends, so that steps side by side do not mix. */
function run({ name, program, args }: Step): Promise<boolean> {
  const start = Date.now();
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], env: process.env });
    const output: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => output.push(chunk));
    child.on("error", (error) => output.push(Buffer.from(error.message)));
    child.on("close", (code) => {
      process.stdout.write(`== ${name}: ${code === 0 ? "ok" : "FAILED"} (${Math.round((Date.now() - start) / 1000)} s)\n`);
      process.stdout.write(Buffer.concat(output));
      resolve(code === 0);
    });
  });
}

async function main(): Promise<void> {
  const lint: Step = { name: "lint", program: bin("eslint"), args: ["."] };
  const types: Step = { name: "types", program: bin("tsc"), args: ["--project", "tsconfig.json", "--noCheck", "false"] };
  const imports: Step = {
    name: "direction of imports",
    program: bin("depcruise"),
    args: ["--config", ".dependency-cruiser.cjs", ...folders],
  };
  const unit: Step = { name: "unit tests", program: bin("jest"), args: [] };
  const lab: Step = {
    name: "lab",
    program: process.execPath,
    args: ["--enable-source-maps", "--require", join(__dirname, "register.js"), join(root, "lab", "main.ts")],
  };
  const [typesOk, lintOk] = await Promise.all([run(types), run(lint).then(async (ok) => (await run(imports)) && ok)]);
  const unitOk = await run(unit);
  const labOk = await run(lab);
  process.exitCode = typesOk && lintOk && unitOk && labOk ? 0 : 1;
}

void main();
