/** AWS Lambda and Amazon EventBridge, as the lab plays them: the packaged code, run when AWS would run it. */
import { join } from "node:path";
import { callersAt } from "../organization/caller";
import { type Call, type AwsEvent, makeForwarder, type Proxy } from "../proxy";
import { makeAsyncInvoker } from "./async-invocation";
import { type Clock, makeClock } from "./clock";
import { makeCodeStore } from "./code-store";
import { type EventBridge, makeEventBridge } from "./event-bridge";
import { makeMappings } from "./event-source-mapping";
import { makeExecution } from "./execution";
import { type FunctionFaults, makeFunctionFaults } from "./function-faults";
import { makeFunctionLogs } from "./function-logs";
import { lambdaApi } from "./lambda-api";
import { motoState } from "./moto-state";
import { makeOutstanding } from "./outstanding";
import type { PoolSettings } from "./pool";
import { labPace } from "./retry";
import { makeRuleTargets, type Undelivered } from "./rule-targets";
import type { InvocationRecord, LogLine, Timing } from "./types";

export type { SweepFilter } from "./event-bridge";
export type { Undelivered } from "./rule-targets";
export type { FunctionFault, InvocationRecord, LogLine, Trigger } from "./types";
export { startWebhook, type WebhookReceiver } from "./webhooks";

export interface RuntimeOptions {
  readonly proxy: Proxy;
  readonly motoUrl: string;
  /** The folder of this run (`lab/out`): code is unpacked into `functions/`, consoles are kept in `logs/`. */
  readonly out: string;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  /** Ports that functions may connect to beside the proxy's: the webhooks'. */
  readonly ports?: readonly number[];
  readonly pool?: Partial<PoolSettings>;
  readonly timing?: Partial<Timing>;
}

export interface Runtime {
  /** Pass to the proxy's `onEvent`. */
  onEvent(event: AwsEvent): void;
  /** Pass to the proxy's `onCall`. */
  onCall(call: Call): void;
  /** The time of every schedule has come; answers how many targets were told. */
  sweep: EventBridge["sweep"];
  readonly faults: FunctionFaults;
  /** Of events, schedules and calls, and of batches from queues. */
  readonly records: readonly InvocationRecord[];
  /** What EventBridge could not hand over. */
  readonly undelivered: readonly Undelivered[];
  readonly logs: readonly LogLine[];
  /** How many processes were started. */
  readonly started: number;
  /**
   * Resolves when no event, retry or invocation is outstanding.
   *
   * @throws Error naming what is outstanding if for ten minutes nothing of it ends
   */
  idle(): Promise<void>;
  /** The same, but for what waits in queues for the notifier and its pace. */
  enforced(): Promise<void>;
  readonly clock: Clock;
  stop(): Promise<void>;
}

/** Milliseconds without anything ending, longer than any function may run: then nothing ever will. */
const STUCK = 600_000;

/** Registers its handlers with the proxy (`lambda:Invoke`, `events:PutEvents`, ...) and waits for events. */
export function startRuntime({ proxy, motoUrl, out, accounts, regions, ports = [], pool = {}, timing = {} }: RuntimeOptions): Runtime {
  const time: Timing = { ...labPace, ...timing };
  const clock = makeClock();
  // A service tries again when another one throttles it.
  const callers = callersAt(proxy, 4);
  const moto = makeForwarder(motoUrl);
  const state = motoState(motoUrl, moto);
  const code = makeCodeStore(join(out, "functions"));
  const logs = makeFunctionLogs(join(out, "logs"));
  const faults = makeFunctionFaults();
  const outstanding = makeOutstanding();
  const execution = makeExecution({ proxy, code, logs, faults, pool: { busy: 3, warm: 160, ...pool }, clock, ports: () => ports });
  const invoker = makeAsyncInvoker({ state, execution, outstanding, faults, timing: time, proxy, callers });
  const mappings = makeMappings({ state, execution, outstanding, timing: time, clock, proxy, callers });
  const targets = makeRuleTargets({ proxy, callers, invoker, outstanding, timing: time, onMessage: (account, region) => mappings.kick(account, region) });
  const bridge = makeEventBridge({ moto, state, targets, outstanding, accounts, regions });
  Object.assign(proxy.handlers, lambdaApi({ proxy, callers, code, state, execution, invoker }), { "events:PutEvents": bridge.putEvents });

  return {
    onEvent: bridge.onEvent,
    onCall({ operation, status, account, region }) {
      if (operation.startsWith("sqs:SendMessage") && status === 200) mappings.kick(account, region);
    },
    sweep: bridge.sweep,
    faults,
    get records() {
      return [...invoker.records, ...mappings.records];
    },
    undelivered: targets.undelivered,
    logs: logs.lines,
    get started() {
      return execution.started;
    },
    idle: () => outstanding.idle(STUCK),
    enforced: () => outstanding.idle(STUCK, "queues of"),
    clock,
    async stop() {
      await execution.stop();
      moto.close();
    },
  };
}
