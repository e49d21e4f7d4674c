/** Passes calls on to moto over kept-alive connections, in the name of the account that moto has to act as. */
import { Agent, request as httpRequest, type IncomingHttpHeaders } from "node:http";
import type { Answer } from "./types";
import type { HttpRequest } from "./wire/rest";

const acrossAccounts = new Set(["sqs", "kms", "secretsmanager", "lambda", "dynamodb", "sns"]);

/** The account that moto has to act as: the resource's owner where the service is called across accounts by ARN. */
export function actingAccount(prefix: string, caller: string, resource: string): string {
  const owner = resource.split(":")[4] ?? "";
  return owner !== "" && (acrossAccounts.has(prefix) || caller === "") ? owner : caller;
}

export interface Forwarder {
  pass(request: HttpRequest, url: string, account: string): Promise<Answer>;
  get(path: string): Promise<unknown>;
  close(): void;
}

const hopByHop = new Set(["connection", "keep-alive", "transfer-encoding", "content-length", "expect"]);

function flat(headers: IncomingHttpHeaders): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !hopByHop.has(name)) kept[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  return kept;
}

export function makeForwarder(motoUrl: string): Forwarder {
  const { hostname, port } = new URL(motoUrl);
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const send = (method: string, path: string, headers: Record<string, string>, body?: Buffer) =>
    new Promise<Answer>((resolve, reject) => {
      const outgoing = httpRequest({ agent, hostname, port, method, path, headers: { ...headers, "content-length": String(body?.length ?? 0) } }, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.on("error", reject);
        incoming.on("end", () => resolve({ status: incoming.statusCode ?? 500, headers: flat(incoming.headers), body: Buffer.concat(chunks) }));
      });
      outgoing.setNoDelay(true);
      outgoing.on("error", reject);
      outgoing.end(body);
    });
  return {
    pass: (request, url, account) => send(request.method, url, { ...flat(request.headers as IncomingHttpHeaders), "x-moto-account-id": account }, request.body),
    async get(path) {
      const { status, body } = await send("GET", path, { host: `${hostname}:${port}` });
      if (status !== 200) throw new Error(`moto answered ${status} to ${path}: ${body.toString().slice(0, 200)}`);
      return JSON.parse(body.toString()) as unknown;
    },
    close: () => agent.destroy(),
  };
}
