/** Times two programs in turn, so that a machine whose speed drifts is unfair to neither. */
import { spawn } from "node:child_process";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Milliseconds from the start of a process to its line `ready`. @throws Error with what it said if it ends before */
export function timeToReady({ program, args, env }: Command): Promise<number> {
  const start = process.hrtime.bigint();
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    let took: number | undefined;
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (took === undefined && /^ready$/m.test(said)) took = Number(process.hrtime.bigint() - start) / 1e6;
    });
    child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
    child.once("error", reject);
    child.once("close", () => (took === undefined ? reject(new Error(`never ready: ${said.trim()}`)) : resolve(took)));
  });
}

export const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;

/** Runs `ours` and `theirs` in turn after one warm-up each; the ratio is the median of the pairs' ratios. */
export async function paired(runs: number, ours: () => Promise<number>, theirs: () => Promise<number>) {
  await ours();
  await theirs();
  const pairs: [number, number][] = [];
  for (let run = 0; run < runs; run++) pairs.push([await ours(), await theirs()]);
  return {
    ours: median(pairs.map(([one]) => one)),
    theirs: median(pairs.map(([, other]) => other)),
    ratio: median(pairs.map(([one, other]) => one / other)),
  };
}

/** A proxy that passes everything on and counts the requests by the service that they are signed for. */
export async function counting(target: string) {
  const counts: Record<string, number> = {};
  const server = createServer((incoming, answer) => {
    const scope = /Credential=[^/]+\/[^/]+\/[^/]+\/([^/]+)\//.exec(incoming.headers.authorization ?? "")?.[1] ?? "unsigned";
    counts[scope] = (counts[scope] ?? 0) + 1;
    const { method, url, headers } = incoming;
    const onward = request(new URL(url ?? "/", target), { method, headers }, (reply) => {
      answer.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(answer);
    });
    onward.on("error", () => answer.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    /** The counts since the last time, which start anew. */
    take(): Record<string, number> {
      const taken = { ...counts };
      for (const key of Object.keys(counts)) delete counts[key];
      return taken;
    },
    stop: () => server.close(),
  };
}
