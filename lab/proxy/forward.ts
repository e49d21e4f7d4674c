/** Passes calls on to moto over kept-alive connections, in the name of the account that moto has to act as. */
import { makeConnections } from "./connections";
import type { Answer } from "./types";
import type { HttpRequest } from "./wire/rest";

const acrossAccounts = new Set(["sqs", "kms", "secretsmanager", "lambda", "dynamodb", "sns"]);

/** The account that moto has to act as: the resource's owner where the service is called across accounts by ARN. */
export function actingAccount(prefix: string, caller: string, resource: string): string {
  const owner = resource.split(":")[4] ?? "";
  return owner !== "" && (acrossAccounts.has(prefix) || caller === "") ? owner : caller;
}

export interface Forwarder {
  pass(request: Pick<HttpRequest, "method" | "headers" | "body">, url: string, account: string): Promise<Answer>;
  get(path: string): Promise<unknown>;
  close(): void;
}

const hopByHop = new Set(["connection", "keep-alive", "transfer-encoding", "content-length", "expect"]);

function flat(headers: HttpRequest["headers"]): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !hopByHop.has(name)) kept[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  return kept;
}

export function makeForwarder(motoUrl: string): Forwarder {
  const connections = makeConnections(motoUrl);
  return {
    async pass({ method, headers, body }, url, account) {
      const answered = await connections.ask({ method, url, headers: { ...flat(headers), "x-moto-account-id": account }, body });
      return { ...answered, headers: flat(answered.headers) };
    },
    async get(url) {
      const { status, body } = await connections.ask({ method: "GET", url, headers: {} });
      if (status !== 200) throw new Error(`moto answered ${status} to ${url}: ${body.toString().slice(0, 200)}`);
      return JSON.parse(body.toString()) as unknown;
    },
    close: () => connections.close(),
  };
}
