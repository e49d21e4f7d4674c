/**
 * AWS Signature Version 4: reads a request's credential scope and verifies its signature.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { HttpRequest } from "./wire/rest";

export interface Scope {
  readonly accessKeyId: string;
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/** The scope that the Authorization header claims; undefined without such a header. */
export function scopeOf(authorization: string | undefined): Scope | undefined {
  const found = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(authorization ?? "");
  if (!found) return undefined;
  const [, accessKeyId = "", date = "", region = "", service = "", signedHeaders = "", signature = ""] = found;
  return { accessKeyId, date, region, service, signedHeaders: signedHeaders.split(";"), signature };
}

const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest("hex");
const hmac = (key: string | Buffer, data: string) => createHmac("sha256", key).update(data).digest();
const encode = (text: string) => encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

const keys = new Map<string, Buffer>();

function signingKey(secret: string, { date, region, service }: Scope): Buffer {
  const name = `${secret}/${date}/${region}/${service}`;
  const known = keys.get(name);
  if (known) return known;
  const key = hmac(hmac(hmac(hmac(`AWS4${secret}`, date), region), service), "aws4_request");
  keys.set(name, key);
  return key;
}

/** Whether whoever signed the request knew the secret. */
export function verify(request: HttpRequest, scope: Scope, secret: string): boolean {
  const header = (name: string) => {
    const value = request.headers[name];
    return (Array.isArray(value) ? value.join(",") : (value ?? "")).trim().replace(/ +/g, " ");
  };
  const claimed = header("x-amz-content-sha256");
  const payload = /^(UNSIGNED-PAYLOAD|STREAMING-.*)$/.test(claimed) ? claimed : sha256(request.body);
  // Amazon S3 signs the path as it is sent; every other service signs it encoded once more.
  const path = scope.service === "s3" ? request.path : request.path.split("/").map(encode).join("/");
  const query = [...request.query].map(([key, value]) => [encode(key), encode(value)] as const).sort(([a, v], [b, w]) => (a < b ? -1 : a > b ? 1 : v < w ? -1 : 1));
  const canonical = [
    request.method,
    path,
    query.map(([key, value]) => `${key}=${value}`).join("&"),
    ...scope.signedHeaders.map((name) => `${name}:${header(name)}`),
    "",
    scope.signedHeaders.join(";"),
    payload,
  ].join("\n");
  const text = ["AWS4-HMAC-SHA256", header("x-amz-date"), `${scope.date}/${scope.region}/${scope.service}/aws4_request`, sha256(canonical)].join("\n");
  return timingSafeEqual(hmac(signingKey(secret, scope), text), Buffer.from(scope.signature, "hex"));
}
