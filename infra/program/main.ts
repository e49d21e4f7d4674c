/** One run of a tier's program in a process of its own: a `Run` on standard input, the graph on standard output. */
import { text } from "node:stream/consumers";
import { type Run, runProgram } from "./run";

async function main(): Promise<void> {
  const graph = await runProgram(JSON.parse(await text(process.stdin)) as Run);
  process.stdout.write(JSON.stringify(graph));
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
