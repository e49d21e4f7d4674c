/**
 * One signed call of AWS's query or REST protocol, for the services whose SDK client the project does not otherwise need.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import { createHash, createHmac } from "node:crypto";
import type { Credentials } from "../proxy";

export interface QueryCall {
  readonly endpoint: string;
  /** As the credential scope names it: `monitoring`. */
  readonly service: string;
  readonly region: string;
  readonly credentials: Credentials;
  readonly action: string;
  readonly version: string;
  /** Nested maps and lists, flattened as the protocol wants: `Dimensions.member.1.Name`. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

const hash = (text: string) => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();

/** @returns `[name, value]` pairs in the order of the properties; what is undefined is left out */
export function flattened(value: unknown, prefix = ""): readonly (readonly [string, string])[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => flattened(item, `${prefix}.member.${index + 1}`));
  if (typeof value === "object") return Object.entries(value).flatMap(([name, item]) => flattened(item, prefix === "" ? name : `${prefix}.${name}`));
  return [[prefix, String(value)]];
}

interface Signed extends Pick<QueryCall, "endpoint" | "service" | "region" | "credentials"> {
  readonly method: string;
  readonly path: string;
  readonly contentType: string;
  readonly body: string;
  /** What a JSON protocol names its operation by. */
  readonly target?: string;
}

async function signedCall({ endpoint, service, region, credentials, method, path, contentType, target, ...rest }: Signed): Promise<Response> {
  const body = method === "GET" ? "" : rest.body;
  const { host } = new URL(endpoint);
  const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  // `host` is signed, and set by whoever sends.
  const sent: Record<string, string> = {
    "content-type": contentType,
    "x-amz-date": stamp,
    ...(target !== undefined && { "x-amz-target": target }),
    ...(credentials.sessionToken !== undefined && { "x-amz-security-token": credentials.sessionToken }),
  };
  const headers: Record<string, string> = { ...sent, host };
  const signed = Object.keys(headers).sort().join(";");
  const canonicalHeaders = Object.keys(headers).sort().map((name) => `${name}:${headers[name]}\n`).join("");
  const canonical = [method, path, "", canonicalHeaders, signed, hash(body)].join("\n");
  const scope = `${stamp.slice(0, 8)}/${region}/${service}/aws4_request`;
  const key = [stamp.slice(0, 8), region, service, "aws4_request"].reduce<string | Buffer>(hmac, `AWS4${credentials.secretAccessKey}`);
  const signature = hmac(key, ["AWS4-HMAC-SHA256", stamp, scope, hash(canonical)].join("\n")).toString("hex");
  return fetch(`${endpoint.replace(/\/$/, "")}${path}`, {
    method,
    headers: { ...sent, authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${signed}, Signature=${signature}` },
    ...(method !== "GET" && { body }),
  });
}

/** @throws Error with the service's own code and message, the code as its name */
export async function queryCall({ action, version, parameters, ...where }: QueryCall): Promise<string> {
  const body = new URLSearchParams([["Action", action], ["Version", version], ...flattened(parameters)] as [string, string][]).toString();
  const response = await signedCall({ ...where, method: "POST", path: "/", contentType: "application/x-www-form-urlencoded; charset=utf-8", body });
  const text = await response.text();
  if (response.ok) return text;
  const part = (tag: string) => new RegExp(`<${tag}>([^<]*)`).exec(text)?.[1];
  throw Object.assign(new Error(`${action}: ${part("Message") ?? text}`), { name: part("Code") ?? `Http${response.status}` });
}

export interface JsonCall extends Pick<QueryCall, "endpoint" | "service" | "region" | "credentials"> {
  /** `AWSGlue.CreateTable` */
  readonly target: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The same of the JSON protocol. @throws Error with the service's own code and message, the code as its name */
export async function jsonCall({ body, ...where }: JsonCall): Promise<Readonly<Record<string, unknown>>> {
  return answered(where.target, await signedCall({ ...where, method: "POST", path: "/", contentType: "application/x-amz-json-1.1", body: JSON.stringify(body) }));
}

async function answered(what: string, response: Response): Promise<Readonly<Record<string, unknown>>> {
  const text = await response.text();
  const parsed = (text === "" ? {} : JSON.parse(text)) as Record<string, unknown>;
  if (response.ok) return parsed;
  throw Object.assign(new Error(`${what}: ${String(parsed.message ?? parsed.Message ?? text)}`), { name: response.headers.get("x-amzn-errortype") ?? String(parsed.__type ?? `Http${response.status}`) });
}

export interface RestCall extends Pick<QueryCall, "endpoint" | "service" | "region" | "credentials"> {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
}

/** The same of the REST protocol with JSON. @throws Error with the service's own code and message, the code as its name */
export async function restCall({ body = {}, ...where }: RestCall): Promise<Readonly<Record<string, unknown>>> {
  return answered(`${where.method} ${where.path}`, await signedCall({ ...where, contentType: "application/json", body: JSON.stringify(body) }));
}
