/** The record that Lambda sends to a destination of an asynchronous invocation. */
import type { Reply } from "./instance";
import type { GivenUp } from "./retry";

export interface Ended {
  readonly requestId: string;
  readonly functionArn: string;
  readonly condition: GivenUp | "Success";
  /** How many attempts reached the function. */
  readonly attempts: number;
  readonly event: unknown;
  /** Of the last attempt; undefined where none reached the function. */
  readonly reply: Reply | undefined;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html#invocation-async-destinations */
export function destinationRecord({ requestId, functionArn, condition, attempts, event, reply, at }: Ended): Record<string, unknown> {
  return {
    version: "1.0",
    timestamp: new Date(at).toISOString(),
    requestContext: { requestId, functionArn: `${functionArn}:$LATEST`, condition, approximateInvokeCount: attempts },
    requestPayload: event,
    ...(reply && {
      responseContext: { statusCode: 200, executedVersion: "$LATEST", ...(!reply.ok && { functionError: "Unhandled" }) },
      responsePayload: reply.ok ? reply.payload : reply.error,
    }),
  };
}
