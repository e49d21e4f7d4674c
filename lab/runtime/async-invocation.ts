/** Asynchronous invocations, as AWS Lambda makes them: queued, tried again, at last sent to the failure destination. */
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { randomUUID } from "node:crypto";
import type { CallerIn } from "../organization/caller";
import type { Proxy } from "../proxy";
import { destinationRecord } from "./destinations";
import type { Execution } from "./execution";
import type { FunctionFaults } from "./function-faults";
import type { Reply } from "./instance";
import { type MotoState, partsOf } from "./moto-state";
import type { Outstanding } from "./outstanding";
import { afterAttempt } from "./retry";
import type { InvocationRecord, Timing, Trigger } from "./types";

export interface AsyncInvocation {
  readonly functionArn: string;
  readonly event: unknown;
  readonly eventId: string;
  readonly cause: string;
  readonly trigger: Trigger;
  readonly triggered: number;
}

export interface AsyncInvoker {
  /** Takes the event; returns at once. */
  invoke(invocation: AsyncInvocation): void;
  readonly records: readonly InvocationRecord[];
}

export interface AsyncInvokerSettings {
  readonly state: MotoState;
  readonly execution: Execution;
  readonly outstanding: Outstanding;
  readonly faults: FunctionFaults;
  readonly timing: Timing;
  readonly proxy: Proxy;
  readonly callers: CallerIn;
}

const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** `arn:aws:sqs:region:account:name` -> the queue's URL, as AWS writes it. */
export function queueUrlOf(arn: string): string {
  const [, , , region, account, name] = arn.split(":");
  return `https://sqs.${region}.amazonaws.com/${account}/${name}`;
}

export function makeAsyncInvoker({ state, execution, outstanding, faults, timing, proxy, callers }: AsyncInvokerSettings): AsyncInvoker {
  const records: InvocationRecord[] = [];

  /** To a queue, with the function's own role: a role that may not send loses the record, as in AWS. */
  async function send(destination: string, roleArn: string, functionArn: string, body: unknown): Promise<void> {
    const { account, region, name } = partsOf(functionArn);
    if (partsOf(destination).service !== "sqs") throw new Error(`${functionArn} has the destination ${destination}: only queues are known here`);
    const credentials = await proxy.assumeAsService({ service: "lambda.amazonaws.com", roleArn, sessionName: name, region, sourceAccount: account, sourceArn: functionArn });
    await callers({ account, credentials }, region)
      .client(SQSClient)
      .send(new SendMessageCommand({ QueueUrl: queueUrlOf(destination), MessageBody: JSON.stringify(body) }));
  }

  async function run({ functionArn, event, eventId, cause, trigger, triggered }: AsyncInvocation): Promise<void> {
    const { account, region, name } = partsOf(functionArn);
    const record: InvocationRecord = { function: name, account, region, eventId, cause, trigger, triggered, start: Date.now(), end: 0, outcome: "pending", attempts: 0 };
    records.push(record);
    const requestId = randomUUID();
    const finish = (outcome: InvocationRecord["outcome"]) => Object.assign(record, { outcome, end: Date.now() });
    await faults.strike(["late"], name, account, region)?.until;
    // What Lambda's pauses add up to on the lab's clock; that the machine is slow makes no event old.
    let age = 0;
    for (;;) {
      const found = await state.function(functionArn);
      if (!found) {
        record.error = "the function does not exist";
        finish("lost");
        return;
      }
      const { configuration: config, asynchronous: settings } = found;
      record.attempts += 1;
      const reply: Reply = await execution.run(config, event, requestId);
      if (!reply.ok) record.error = `${reply.error.errorType}: ${reply.error.errorMessage}`;
      const next = afterAttempt(reply.ok ? "success" : "error", record.attempts, age, settings, timing);
      if (next.how === "again") {
        age += next.after;
        await sleep(next.after);
        continue;
      }
      const condition = next.how === "done" ? "Success" : next.condition;
      const destination = next.how === "done" ? settings.onSuccess : settings.onFailure;
      if (destination) {
        const body = destinationRecord({ requestId, functionArn, condition, attempts: record.attempts, event, reply, at: Date.now() });
        try {
          await send(destination, config.Role!, functionArn, body);
        } catch (error) {
          record.error = `${record.error ?? ""}; its destination ${destination}: ${error instanceof Error ? error.message : String(error)}`;
          finish("lost");
          return;
        }
      }
      // Without a destination what failed is gone: nobody is told.
      finish(next.how === "done" ? "success" : destination ? "failed" : "lost");
      return;
    }
  }

  return {
    records,
    invoke(invocation) {
      const { account, region, name } = partsOf(invocation.functionArn);
      const twice = faults.strike(["duplicate"], name, account, region) !== undefined;
      for (let copy = 0; copy < (twice ? 2 : 1); copy += 1) {
        outstanding.run(`${name} in ${account} ${region} for ${invocation.cause}`, () => run(invocation));
      }
    },
  };
}
