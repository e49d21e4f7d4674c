/** Empties a dead-letter queue into the enforcers: each message once a run, deleted only after its invocation is accepted. */
import { InvokeCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import { ChangeMessageVisibilityCommand, DeleteMessageCommand, type Message, ReceiveMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { readDeadLetter, type Owner } from "./dead-letter";

export interface Drain {
  readonly sqs: Pick<SQSClient, "send">;
  readonly lambda: Pick<LambdaClient, "send">;
  readonly queueUrl: string;
  readonly owner: Owner;
  /** Nothing is invoked and nothing deleted. */
  readonly dryRun: boolean;
  readonly print: (line: string) => void;
}

export interface Drained {
  readonly redriven: number;
  /** Messages that nobody can read, and those whose invocation was not accepted. */
  readonly left: number;
}

/** Messages taken in one run at most: what failed once may fail again, and must not keep the command going for ever. */
export const MOST = 10_000;

/** Seconds that a message taken is hidden from others; what is left is shown again at the end. */
const HIDDEN = 300;

/** Invokes the enforcer that a message was meant for; undefined if it was accepted, else why not. */
async function redrive({ sqs, lambda, queueUrl, owner, dryRun, print }: Drain, message: Message): Promise<string | undefined> {
  const letter = readDeadLetter(message, owner);
  if (!letter.known) return letter.reason;
  const line = `${message.MessageId} ${letter.functionName} (${letter.why})`;
  if (dryRun) {
    print(`would redrive ${line}`);
    return undefined;
  }
  try {
    const { StatusCode } = await lambda.send(new InvokeCommand({ FunctionName: letter.functionName, InvocationType: "Event", Payload: letter.payload }));
    if (StatusCode !== 202) return `${letter.functionName} answered ${StatusCode}, 202 is allowed`;
  } catch (error) {
    return `${letter.functionName} was not invoked: ${(error as Error).name}: ${(error as Error).message}`;
  }
  await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: message.ReceiptHandle }));
  print(`redriven ${line}`);
  return undefined;
}

/**
 * Redrives every message that the queue holds, one line each.
 *
 * @throws what Amazon SQS throws; a message whose deletion failed is redriven again by the next run, which does no harm
 */
export async function drain(settings: Drain): Promise<Drained> {
  const { sqs, queueUrl, dryRun, print } = settings;
  const seen = new Set<string>();
  const shownAgain: Message[] = [];
  let redriven = 0;
  let left = 0;
  while (seen.size < MOST) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ["All"], VisibilityTimeout: HIDDEN, WaitTimeSeconds: 2 }),
    );
    const fresh = Messages.filter(({ MessageId }) => MessageId !== undefined && !seen.has(MessageId));
    if (fresh.length === 0) break;
    for (const message of fresh) {
      seen.add(message.MessageId!);
      const reason = await redrive(settings, message);
      if (reason === undefined) redriven += 1;
      else {
        left += 1;
        print(`left ${message.MessageId}: ${reason}`);
      }
      if (reason !== undefined || dryRun) shownAgain.push(message);
    }
  }
  for (const { ReceiptHandle } of shownAgain) {
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: queueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
  }
  return { redriven, left };
}
