/**
 * The policy pack at work outside the engine: in the process that the engine would start, spoken to as the engine
 * would speak to it.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { setPriority } from "node:os";
import { join } from "node:path";
import { credentials, type ServiceError } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type { AnalyzeResponse } from "@pulumi/pulumi/proto/analyzer_pb";
import type { Configuration } from "../../infra/config/configuration";
import { pulumiConfig } from "../../infra/config/entries";
import { analyzeRequest, analyzeStackRequest, type Finding, findings, type Resource } from "./messages";

const root = join(__dirname, "..", "..");
export const packFolder = join(root, "policy-pack");

/** Bytes; a graph with its templates is more than gRPC's 4 MB. */
const LARGEST_MESSAGE = 400 * 1024 * 1024;

export interface Analyzer {
  /** Every finding about one stack's resources: each resource alone first, then all of them together. */
  readonly analyze: (graph: readonly Resource[]) => Promise<readonly Finding[]>;
  readonly stop: () => void;
}

/** What the engine would hand to the pack of a stack. */
export interface Started {
  /** The stack's; a stack without it is one of another project. */
  readonly configuration?: Configuration;
  readonly folder?: string;
  /** Has the processor when nobody else wants it. */
  readonly patient?: boolean;
}

/** As the engine makes it, a process a stack (pulumi/pulumi sdk/go/common/resource/plugin/analyzer_plugin.go, constructEnv). */
function environment(configuration: Configuration | undefined): NodeJS.ProcessEnv {
  const stack = configuration?.tier ?? "synth";
  const said = { ORGANIZATION: "organization", PROJECT: "fall", STACK: stack, DRY_RUN: "true" };
  const names = Object.entries(said).flatMap(([name, value]) => [[`PULUMI_${name}`, value], [`PULUMI_NODEJS_${name}`, value]]);
  return {
    ...process.env,
    ...Object.fromEntries(names),
    PULUMI_CONFIG: configuration === undefined ? "" : JSON.stringify(pulumiConfig(configuration)),
  };
}

/**
 * Starts the pack: `run-policy-pack ENGINE PACK` compiles it and prints the port of its analyzer.
 *
 * The engine's address is dropped by run-policy-pack, which logs to standard error where no engine is known. The
 * folder must be the working directory: its tsconfig.json and package.json are looked for there.
 *
 * @throws Error with what the process wrote, where it ends before it listens
 */
export async function startAnalyzer({ configuration, folder = packFolder, patient = false }: Started = {}): Promise<Analyzer> {
  const child = spawn(process.execPath, [require.resolve("@pulumi/pulumi/cmd/run-policy-pack"), "127.0.0.1:0", folder], {
    cwd: folder,
    // By the stack's name the pack knows, too, that resource options are sent.
    env: environment(configuration),
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (patient && child.pid !== undefined) setPriority(child.pid, 10);
  const client = new AnalyzerClient(`127.0.0.1:${await portOf(child)}`, credentials.createInsecure(), {
    "grpc.max_receive_message_length": LARGEST_MESSAGE,
    "grpc.max_send_message_length": LARGEST_MESSAGE,
  });
  return {
    analyze: async (graph) => {
      const found: Finding[] = [];
      for (const resource of graph) {
        const response = await answer((done) => client.analyze(analyzeRequest(resource, graph), done));
        found.push(...findings(response, resource.urn));
      }
      found.push(...findings(await answer((done) => client.analyzeStack(analyzeStackRequest(graph), done)), ""));
      return found;
    },
    stop: () => {
      client.close();
      child.kill();
    },
  };
}

/** The findings about several graphs of one configuration, in their order, from one run of the pack. */
export async function analyzeAll(graphs: readonly (readonly Resource[])[], started: Started = {}): Promise<readonly (readonly Finding[])[]> {
  const analyzer = await startAnalyzer(started);
  try {
    const found: (readonly Finding[])[] = [];
    for (const graph of graphs) found.push(await analyzer.analyze(graph));
    return found;
  } finally {
    analyzer.stop();
  }
}

/** The port is the first line of standard output. */
function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let [output, errors] = ["", ""];
    child.stderr?.on("data", (chunk: Buffer) => (errors += chunk.toString()));
    child.stdout?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      const line = /^(\d+)\s*\n/.exec(output);
      if (line) resolve(Number(line[1]));
    });
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`the policy pack ended with code ${code} before it listened:\n${errors.trim()}`)));
  });
}

function answer(call: (done: (error: ServiceError | null, response: AnalyzeResponse) => void) => void): Promise<AnalyzeResponse> {
  return new Promise((resolve, reject) => call((error, response) => (error ? reject(error) : resolve(response))));
}
