/** `--lab`: a command speaks to the lab that `npm run lab -- --keep` left running, instead of AWS. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Configuration, Tier } from "../infra/config/configuration";
import { configurationFrom } from "../infra/config/read";
import { refuse } from "./arguments";

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** `lab/out/running.json`, while a lab is running. */
export interface RunningLab {
  /** The authorising proxy, which answers for every AWS service. */
  readonly endpoint: string;
  readonly pid: number;
  readonly organizationId: string;
  readonly accounts: {
    readonly management: string;
    readonly logArchive: string;
    readonly delegated: string;
    readonly backup: string;
    /** The others, the first in the canary OU. */
    readonly members: readonly string[];
  };
  readonly regions: readonly string[];
  /** Each stack's entries, as its file has them under `fall:`. */
  readonly configuration: Readonly<Record<Tier, Readonly<Record<string, unknown>>>>;
  /** The role in every account that the reader may assume (ReadOnlyAccess). */
  readonly role: string;
  /** `reader`: a user of the management account. `analyst`: a session in the archive's account, who reads logs. */
  readonly people: { readonly reader: Credentials; readonly analyst: Credentials };
}

export interface LabConnection extends RunningLab {
  /** A stack's configuration, validated as its file's would be. */
  configurationOf(tier: Tier): Configuration;
}

const NONE = "no lab is running: start one with `npm run lab -- --keep`";

function read(file: string): RunningLab | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as RunningLab;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Whether something answers there: the proxy refuses what is not signed, which is an answer. */
async function answers(endpoint: string): Promise<boolean> {
  try {
    await fetch(endpoint);
    return true;
  } catch (error) {
    // What fetch throws where nobody listens: a lab that was killed leaves its file behind.
    if ((error as Error).name === "TypeError") return false;
    throw error;
  }
}

/**
 * Makes every AWS client that is built afterwards speak to the running lab, by the environment that the SDK reads;
 * whatever credentials and endpoint the caller has are left out.
 *
 * @param as whose credentials the clients get
 * @param file where a lab says that it is running
 * @returns what the lab says of itself
 */
export async function labConnection(as: keyof RunningLab["people"] = "reader", file = join(__dirname, "..", "lab", "out", "running.json")): Promise<LabConnection> {
  const running = read(file);
  if (running === undefined || !(await answers(running.endpoint))) return refuse(NONE);
  const { accessKeyId, secretAccessKey, sessionToken } = running.people[as];
  for (const name of Object.keys(process.env)) if (/^AWS_(PROFILE|SESSION_TOKEN|ENDPOINT_URL|ROLE_ARN|WEB_IDENTITY_TOKEN_FILE)/.test(name)) delete process.env[name];
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: running.endpoint,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(sessionToken !== undefined && { AWS_SESSION_TOKEN: sessionToken }),
    AWS_REGION: "us-east-1",
    // The emulator checks no checksum that a service doesn't demand.
    AWS_REQUEST_CHECKSUM_CALCULATION: "WHEN_REQUIRED",
    AWS_RESPONSE_CHECKSUM_VALIDATION: "WHEN_REQUIRED",
  });
  return { ...running, configurationOf: (tier) => configurationFrom(tier, running.configuration[tier], `the lab's configuration of ${tier}`) };
}
