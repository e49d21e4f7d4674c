/** `npm run status` on recorded organizations of growing size: seconds, memory, and what was read. */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { recorded, regions, type Recorded } from "./organization";

const root = join(__dirname, "..", "..");

/** The largest is what the command is made for: 1,000 accounts x 6 Regions x 100 resources. */
const organizations: readonly Recorded[] = [
  { accounts: 10, resources: 100, changed: 0 },
  { accounts: 100, resources: 100, changed: 0 },
  { accounts: 1_000, resources: 100, changed: 0 },
  // A busy hour: one resource in twenty has been changed and repaired since its last sweep.
  { accounts: 1_000, resources: 100, changed: 0.05 },
];

interface Run {
  readonly seconds: number;
  /** Of them at work, which a machine that is busy elsewhere does not lengthen; more threads than one count together. */
  readonly cpu: number;
  /** Megabytes. */
  readonly peak: number;
  readonly output: number;
}

/** Runs the command as a person would. @throws Error with what it said if it fails */
async function run(folder: string, endpoint: string, args: readonly string[]): Promise<Run> {
  const [peak, out] = [join(folder, "peak"), join(folder, "out")];
  const env = { ...process.env, AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: "AKIABENCH0000000000", AWS_SECRET_ACCESS_KEY: "bench", AWS_REGION: "us-east-1", FALL_BENCH_PEAK: peak };
  const program = ["--require", join(__dirname, "peak.js"), "--require", join(root, "commands", "register.js"), join(root, "commands", "status.ts")];
  const start = process.hrtime.bigint();
  await new Promise<void>((resolve, reject) => {
    const child = spawn(process.execPath, [...program, "--config", join(folder, "Pulumi.delegated.yaml"), "--out", out, ...args], { env, stdio: ["ignore", "inherit", "pipe"] });
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
    child.once("error", reject);
    child.once("close", (code) => (code === 0 ? resolve() : reject(new Error(`status ended with ${code}: ${said.trim()}`))));
  });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const used = JSON.parse(readFileSync(peak, "utf8")) as { peak: number; cpu: number };
  return { seconds, cpu: used.cpu, peak: used.peak / 1_000, output: statSync(out).size };
}

/** @param keep a file that the largest organization's page is written to */
export async function statusOfMany(keep?: string) {
  const folder = mkdtempSync(join(tmpdir(), "fall-bench-status-"));
  const report: Record<string, string | number>[] = [];
  const broken: string[] = [];
  const peaks: Record<string, Record<string, number>> = {};
  try {
    const { config } = parse(readFileSync(join(root, "Pulumi.delegated.yaml"), "utf8")) as { config: Record<string, unknown> };
    writeFileSync(join(folder, "Pulumi.delegated.yaml"), JSON.stringify({ config: { ...config, "fall:regions": regions } }));
    for (const organization of organizations) {
      const { paging, resources, places } = await recorded(organization, Date.now());
      const endpoint = await paging.listen();
      try {
        for (const [what, args] of Object.entries({ table: [], "csv --all": ["--format", "csv", "--all"], html: ["--format", "html"] })) {
          const { seconds, cpu, peak, output } = await run(folder, endpoint, args);
          const { queries, bytes } = paging.take();
          const size = `${organization.accounts}${organization.changed > 0 ? ", busy" : ""}`;
          (peaks[what] ??= {})[size] = peak;
          report.push({ accounts: size, places, resources, shown: what, seconds: Number(seconds.toFixed(1)), "CPU s": Number(cpu.toFixed(1)), "peak MB": Math.round(peak), queries, "read MB": Number((bytes / 1e6).toFixed(1)), "written MB": Number((output / 1e6).toFixed(1)) });
          if (keep !== undefined && what === "html" && organization.accounts === 1_000 && organization.changed === 0) writeFileSync(keep, readFileSync(join(folder, "out")));
        }
      } finally {
        paging.stop();
      }
    }
    // Memory that grew with the organization would be ten times as much.
    for (const [what, { 100: small, 1000: large }] of Object.entries(peaks)) if (large! / small! > 2) broken.push(`status, ${what}: ${(large! / small!).toFixed(1)} times the memory for ten times the resources, at most 2`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { report, broken };
}
