/** What lies in the dead-letter queue that all enforcers of an account and Region share, read without touching AWS. */

/** A message as Amazon SQS hands it out, as far as it is read here. */
export interface QueueMessage {
  readonly Body?: string;
  readonly MessageAttributes?: Readonly<Record<string, { readonly StringValue?: string }>>;
}

export type DeadLetter =
  /** `functionName` is to be invoked again with `payload` (JSON); `why` says what went wrong the first time. */
  | { readonly known: true; readonly functionName: string; readonly payload: string; readonly why: string }
  /** Left where it is; `reason` says what it lacks. */
  | { readonly known: false; readonly reason: string };

/** Whose functions may be invoked again. */
export interface Owner {
  readonly account: string;
  readonly region: string;
  /** Starts the name of every enforcer (`names.enforcerFunction("")`). */
  readonly functionPrefix: string;
}

const left = (reason: string): DeadLetter => ({ known: false, reason });

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    // A body that is no JSON is a stranger's message: reported, not raised.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The name in a function's ARN, if it is an enforcer of the owner's; a version or alias behind it is left out. */
function enforcerName(arn: string, owner: Owner): string | undefined {
  const [, , service, region, account, kind, name] = arn.split(":");
  const ours = service === "lambda" && kind === "function" && region === owner.region && account === owner.account;
  return ours && name !== undefined && name.startsWith(owner.functionPrefix) ? name : undefined;
}

/**
 * Reads one message: an event that EventBridge could not hand to an enforcer, or the record of an invocation that
 * failed every time.
 *
 * Only enforcers of this very account and Region are invoked again: the queue takes messages from others than us
 * (whoever may write to it), and a redrive must not become a way to call any function.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export function readDeadLetter({ Body, MessageAttributes }: QueueMessage, owner: Owner): DeadLetter {
  const attribute = (name: string) => MessageAttributes?.[name]?.StringValue;
  const body = parsed(Body ?? "");
  if (typeof body !== "object" || body === null) return left("its body is not a JSON object");

  const target = attribute("TARGET_ARN");
  if (attribute("RULE_ARN") !== undefined && target !== undefined) {
    const functionName = enforcerName(target, owner);
    if (functionName === undefined) return left(`its target ${target} is no enforcer of this account and Region`);
    const code = attribute("ERROR_CODE") ?? attribute("EXHAUSTED_RETRY_CONDITION") ?? "no error code";
    return { known: true, functionName, payload: JSON.stringify(body), why: `EventBridge: ${code}` };
  }

  const record = body as { requestContext?: { functionArn?: unknown; condition?: unknown }; requestPayload?: unknown };
  const arn = record.requestContext?.functionArn;
  if (typeof arn === "string" && record.requestPayload !== undefined) {
    const functionName = enforcerName(arn, owner);
    if (functionName === undefined) return left(`its function ${arn} is no enforcer of this account and Region`);
    const condition = record.requestContext?.condition;
    return { known: true, functionName, payload: JSON.stringify(record.requestPayload), why: `Lambda: ${typeof condition === "string" ? condition : "no condition"}` };
  }
  return left("it is neither EventBridge's nor Lambda's");
}
