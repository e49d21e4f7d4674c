/** One attempt at one invocation: the deployed code, under the function's own role, in its own process. */
import type { FunctionConfiguration } from "@aws-sdk/client-lambda";
import { createHash } from "node:crypto";
import type { Proxy } from "../proxy";
import type { Clock } from "./clock";
import type { CodeStore } from "./code-store";
import type { FunctionFaults } from "./function-faults";
import type { FunctionLogs } from "./function-logs";
import { type Instance, type Reply, startInstance } from "./instance";
import { partsOf } from "./moto-state";
import { makePool, type PoolSettings } from "./pool";

export interface ExecutionSettings {
  readonly proxy: Proxy;
  readonly code: CodeStore;
  readonly logs: FunctionLogs;
  readonly faults: FunctionFaults;
  readonly pool: PoolSettings;
  readonly clock: Clock;
  /** Ports beside the proxy's that functions may connect to: the webhooks'. */
  readonly ports: () => readonly number[];
}

export interface Execution {
  run(config: FunctionConfiguration, event: unknown, requestId: string): Promise<Reply>;
  readonly started: number;
  stop(): Promise<void>;
}

const digest = (value: unknown) => createHash("sha256").update(JSON.stringify(value)).digest("hex");

export function makeExecution({ proxy, code, logs, faults, pool: settings, clock, ports }: ExecutionSettings): Execution {
  const pool = makePool(settings);

  async function start(config: FunctionConfiguration): Promise<Instance> {
    const functionArn = config.FunctionArn!;
    const { account, region, name } = partsOf(functionArn);
    const folder = code.folder(config.CodeSha256!);
    const { accessKeyId, secretAccessKey, sessionToken } = await proxy.assumeAsService({
      service: "lambda.amazonaws.com",
      roleArn: config.Role!,
      sessionName: name,
      region,
      sourceAccount: account,
      sourceArn: functionArn,
    });
    // https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
    const environment = {
      ...config.Environment?.Variables,
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(config.MemorySize ?? 128),
      AWS_LAMBDA_LOG_STREAM_NAME: `lab/[$LATEST]${name}`,
      AWS_EXECUTION_ENV: `AWS_Lambda_${config.Runtime}`,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      ...(sessionToken !== undefined && { AWS_SESSION_TOKEN: sessionToken }),
      AWS_ENDPOINT_URL: proxy.url,
    };
    return startInstance({
      folder,
      handler: config.Handler!,
      environment,
      ports: [Number(new URL(proxy.url).port), ...ports()],
      onLine: (line) => logs.add(account, region, name, line),
    });
  }

  return {
    get started() {
      return pool.started;
    },
    stop: () => pool.stop(),
    run(config, event, requestId) {
      const functionArn = config.FunctionArn!;
      const { account, region, name } = partsOf(functionArn);
      const version = digest([config.CodeSha256, config.Environment, config.Role, config.Handler]);
      return pool
        .use(functionArn, version, () => start(config), (instance) => {
          const fault = faults.strike(["crash", "timeout"], name, account, region);
          const timeout = fault?.kind === "timeout" ? (fault.delay ?? 1) : (config.Timeout ?? 3) * 1000;
          return instance.invoke(event, { requestId, functionArn, functionName: name, timeout, clock, crash: fault?.kind === "crash" });
        })
        .catch((error: unknown): Reply => ({
          // The role that can't be assumed, or code that is not there: Lambda answers in the function's place.
          ok: false,
          error: { errorType: "Runtime.InitError", errorMessage: error instanceof Error ? error.message : String(error) },
        }));
    },
  };
}
