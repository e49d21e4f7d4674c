/** One execution environment: a function's packaged code in a Node process of its own, warm between invocations. */
import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { Clock } from "./clock";

/** How a function answered, as Lambda reports it. */
export type Reply =
  | { readonly ok: true; readonly payload: unknown }
  | { readonly ok: false; readonly error: { readonly errorType: string; readonly errorMessage: string; readonly trace?: readonly string[] } };

export interface InstanceSettings {
  /** The folder that the zip was unpacked into. */
  readonly folder: string;
  readonly handler: string;
  /** What the function sees; of the lab's own only the PATH. */
  readonly environment: Readonly<Record<string, string>>;
  /** Ports of the loopback interface that it may connect to. */
  readonly ports: readonly number[];
  readonly onLine: (line: string) => void;
}

export interface Invocation {
  readonly requestId: string;
  readonly functionArn: string;
  readonly functionName: string;
  /** Milliseconds from now until the function is ended. */
  readonly timeout: number;
  /** The function's, which goes on where the function does nothing but wait. */
  readonly clock: Clock;
  /** The process is killed as soon as it has the event. */
  readonly crash?: boolean;
}

export interface Instance {
  /** False once the process has ended: the next invocation needs a new one. */
  readonly alive: boolean;
  /** One at a time. Never throws: whatever happens to the process is a reply. */
  invoke(event: unknown, invocation: Invocation): Promise<Reply>;
  end(): Promise<void>;
}

interface Answer {
  readonly id: string;
  readonly ahead: number;
  readonly payload?: unknown;
  readonly error?: { readonly errorType: string; readonly errorMessage: string; readonly trace: readonly string[] };
}

const failed = (errorType: string, errorMessage: string): Reply => ({ ok: false, error: { errorType, errorMessage } });

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once("exit", () => resolve());
  });
}

export function startInstance({ folder, handler, environment, ports, onLine }: InstanceSettings): Instance {
  const child = fork(join(__dirname, "bootstrap.js"), [folder, handler, ports.join(",")], {
    cwd: folder,
    // The SDK's advice about the machine's Node is no word of the function's.
    env: { ...environment, PATH: process.env.PATH, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
    execArgv: [],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  for (const stream of [child.stdout, child.stderr]) createInterface(stream as Readable).on("line", onLine);
  let alive = true;
  child.once("exit", () => (alive = false));
  child.once("error", () => (alive = false));

  async function end() {
    alive = false;
    child.kill("SIGKILL");
    await ended(child);
  }

  return {
    get alive() {
      return alive;
    },
    end,
    invoke(event, { requestId, functionArn, functionName, timeout, clock, crash }) {
      return new Promise<Reply>((resolve) => {
        const answer = (reply: Reply) => {
          clearTimeout(timer);
          child.off("message", onMessage);
          child.off("exit", onExit);
          resolve(reply);
        };
        const onMessage = (message: unknown) => {
          const { id, ahead, payload, error } = message as Answer;
          if (id !== requestId) return;
          clock.reach(ahead);
          answer(error ? { ok: false, error } : { ok: true, payload });
        };
        const onExit = () => answer(failed("Runtime.ExitError", `RequestId: ${requestId} Error: Runtime exited`));
        const timer = setTimeout(() => {
          const message = `${requestId} Task timed out after ${(timeout / 1000).toFixed(2)} seconds`;
          // The end of the process is no answer of its own.
          child.off("exit", onExit);
          void end().then(() => answer(failed("Sandbox.Timedout", message)));
        }, timeout);
        child.on("message", onMessage);
        child.on("exit", onExit);
        if (!alive) return onExit();
        const { ahead } = clock;
        const context = { requestId, functionArn, functionName, deadline: Date.now() + ahead + timeout };
        child.send({ event, context, ahead }, (error) => error && onExit());
        if (crash) child.kill("SIGKILL");
      });
    },
  };
}
