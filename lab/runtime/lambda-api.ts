/** The calls of AWS Lambda's API that the lab answers or accompanies: code that is deployed, functions that are invoked. */
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { randomUUID } from "node:crypto";
import type { CallerIn } from "../organization/caller";
import type { AllowedCall, Answer, Handler, Proxy } from "../proxy";
import type { AsyncInvoker } from "./async-invocation";
import type { CodeStore } from "./code-store";
import type { Execution } from "./execution";
import type { MotoState } from "./moto-state";

export interface LambdaApiSettings {
  readonly proxy: Proxy;
  readonly callers: CallerIn;
  readonly code: CodeStore;
  readonly state: MotoState;
  readonly execution: Execution;
  readonly invoker: AsyncInvoker;
}

const LAMBDA = "lambda.amazonaws.com";

function refusal(status: number, type: string, message: string): Answer {
  return { status, headers: { "content-type": "application/json", "x-amzn-errortype": type }, body: JSON.stringify({ Type: "User", message }) };
}

/** What a call says of the function's code: `Code` of CreateFunction, the call itself for UpdateFunctionCode. */
interface Code {
  readonly S3Bucket?: string;
  readonly S3Key?: string;
  readonly ZipFile?: string | Uint8Array;
}

export function lambdaApi({ proxy, callers, code, state, execution, invoker }: LambdaApiSettings): Readonly<Record<string, Handler>> {
  /** Lambda reads the code with the rights of whoever deploys it, and from a bucket of the function's own Region. */
  async function keep({ call, credentials }: AllowedCall, { S3Bucket, S3Key, ZipFile }: Code): Promise<Answer | undefined> {
    if (ZipFile !== undefined) {
      code.keep(typeof ZipFile === "string" ? Buffer.from(ZipFile, "base64") : ZipFile);
      return undefined;
    }
    const s3 = callers({ account: call.account, credentials: proxy.registry.via(credentials, LAMBDA) }, call.region).client(S3Client);
    try {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: S3Bucket, Key: S3Key }));
      code.keep(await Body!.transformToByteArray());
    } catch (error) {
      const { name, message } = error as Error;
      const what = `Error occurred while GetObject. S3 Error Code: ${name}. S3 Error Message: ${message}`;
      return refusal(name === "AccessDenied" ? 403 : 400, name === "AccessDenied" ? "AccessDeniedException" : "InvalidParameterValueException", what);
    }
    const region = await bucketRegion(S3Bucket!);
    if (region === call.region) return undefined;
    return refusal(400, "InvalidParameterValueException", `Error occurred while GetObject. S3 Error Code: PermanentRedirect. The bucket is in this region: ${region}. Please use this region to retry the request`);
  }

  const regions = new Map<string, Promise<string>>();
  function bucketRegion(bucket: string): Promise<string> {
    const known = regions.get(bucket) ?? state.bucketRegion(bucket);
    regions.set(bucket, known);
    return known;
  }

  const deploying = (codeOf: (parameters: Readonly<Record<string, unknown>>) => Code): Handler => async (allowed) => {
    const refused = await keep(allowed, codeOf(allowed.call.parameters));
    return refused ?? allowed.forward();
  };

  const invoke: Handler = async ({ call, body }) => {
    const { FunctionName, InvocationType = "RequestResponse" } = call.parameters as { FunctionName: string; InvocationType?: string };
    const name = FunctionName.split(":function:").at(-1)!.split(":")[0]!;
    const account = /^arn:aws:lambda:[^:]+:(\d{12}):/.exec(FunctionName)?.[1] ?? call.account;
    const functionArn = `arn:aws:lambda:${call.region}:${account}:function:${name}`;
    const config = (await state.function(functionArn))?.configuration;
    if (!config) return refusal(404, "ResourceNotFoundException", `Function not found: ${functionArn}`);
    if (InvocationType === "DryRun") return { status: 204, body: "" };
    const event: unknown = body.length === 0 ? {} : JSON.parse(body.toString("utf8"));
    const requestId = randomUUID();
    if (InvocationType === "Event") {
      invoker.invoke({ functionArn, event, eventId: requestId, cause: `invoked by ${call.label}`, trigger: "call", triggered: Date.now() });
      return { status: 202, headers: { "x-amzn-requestid": requestId }, body: "" };
    }
    const reply = await execution.run(config, event, requestId);
    return {
      status: 200,
      headers: { "content-type": "application/json", "x-amzn-requestid": requestId, "x-amz-executed-version": "$LATEST", ...(!reply.ok && { "x-amz-function-error": "Unhandled" }) },
      body: JSON.stringify(reply.ok ? reply.payload : reply.error),
    };
  };

  return {
    "lambda:CreateFunction": deploying(({ Code }) => Code as Code),
    "lambda:UpdateFunctionCode": deploying((parameters) => parameters as Code),
    "lambda:Invoke": invoke,
  };
}
