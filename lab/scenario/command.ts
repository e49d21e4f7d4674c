/** The project's commands, run beside the lab as a person would run them. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import type { Person } from "../organization";

const root = join(__dirname, "..", "..");

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The environment of somebody who has a person's credentials, and the lab in AWS's place. */
export function environmentOf({ credentials }: Person, endpoint: string, region: string): NodeJS.ProcessEnv {
  const { accessKeyId, secretAccessKey, sessionToken = "" } = credentials;
  return { ...process.env, AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken, AWS_REGION: region };
}

/** The environment of somebody who gives a command `--lab`: nothing of AWS's. */
export function ownEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries({ ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" });
  return Object.fromEntries(own.filter(([name]) => !/^AWS_(ACCESS|SECRET|SESSION|ENDPOINT)/.test(name)));
}

/** @param name of the command's script in `commands/` */
export function runCommand(name: string, given: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> {
  const args = ["--require", join(root, "commands", "register.js"), join(root, "commands", `${name}.ts`), ...given];
  return new Promise((resolve) =>
    execFile(process.execPath, args, { cwd: root, env, maxBuffer: 1 << 28 }, (error, stdout, stderr) => resolve({ code: typeof error?.code === "number" ? error.code : error ? 1 : 0, stdout, stderr })),
  );
}
