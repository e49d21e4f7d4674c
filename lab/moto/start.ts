/** Starts moto, the AWS emulator, as a child process of this one. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Pace } from "../runtime/retry";

/** Something moto lacks and the lab adds, for the report. */
export interface Bridge {
  readonly name: string;
  /** What moto does not do. */
  readonly lacks: string;
  /** What the lab does instead. */
  readonly does: string;
}

export interface Moto {
  /** For example `http://127.0.0.1:40123`. Only the proxy calls it. */
  readonly url: string;
  readonly bridges: readonly Bridge[];
  /** Resolves when the process has ended. */
  stop(): Promise<void>;
}

const root = join(__dirname, "..", "..");

/**
 * Starts moto on a free port. Whoever waits there for a queue's messages waits `second` milliseconds for one of AWS's
 * seconds. It ends with `stop()`, or when this process ends in whatever way (its standard input
 * closes then).
 *
 * @throws Error with moto's own last words if it ends before it listens
 */
export async function startMoto({ second }: Pace = { second: 1_000 }): Promise<Moto> {
  const child = spawn(join(root, ".venv", "bin", "python"), [join(__dirname, "server.py"), String(second / 1_000)], { stdio: ["pipe", "pipe", "pipe"] });
  const said: string[] = [];
  child.stderr.on("data", (chunk: Buffer) => {
    said.push(chunk.toString());
    if (said.length > 50) said.shift();
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const first = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once("line", resolve);
    child.once("error", (error) => reject(new Error(`moto did not start: ${error.message}`)));
    child.once("close", (code) => reject(new Error(`moto ended with ${code} before it listened: ${said.join("").trim().split("\n").at(-1)}`)));
  });
  const { port, bridges } = JSON.parse(first) as { port: number; bridges: Bridge[] };
  return {
    url: `http://127.0.0.1:${port}`,
    bridges,
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}
