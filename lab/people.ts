/** The people of the lab: who makes calls, with which credentials. */
import { Agent } from "node:http";
import type { Caller } from "../functions/sources/exercise";
import type { Credentials, Proxy } from "./proxy";

/** One connection pool for all of them. */
const requestHandler = { httpAgent: new Agent({ keepAlive: true, maxSockets: 64 }) };

/** A caller with credentials, whose clients all go through the proxy and never retry: a refusal is an answer. */
export function callerWith(proxy: Proxy, credentials: Credentials, account: string, region: string): Caller {
  const clients = new Map<unknown, unknown>();
  return {
    account,
    region,
    client<T>(constructor: new (configuration: object) => T): T {
      const known = clients.get(constructor) as T | undefined;
      if (known) return known;
      const made = new constructor({
        region,
        endpoint: proxy.url,
        credentials,
        maxAttempts: 1,
        forcePathStyle: true,
        requestHandler,
      });
      clients.set(constructor, made);
      return made;
    },
  };
}

/** The kinds of principal that attack; each is a principal of the account that is attacked. */
export const kinds = ["administrator", "developer", "IAM user", "root", "CloudFormation for an administrator"] as const;
export type Kind = (typeof kinds)[number];

/** Credentials of a kind of principal in an account. The roles and the user were made with the organization. */
export function credentialsOf(proxy: Proxy, kind: Kind, account: string): Credentials {
  const { registry } = proxy;
  const session = (role: string) => registry.session(`arn:aws:iam::${account}:role/${role}`, role);
  switch (kind) {
    case "administrator":
      return session("admin");
    case "developer":
      return session("developer");
    case "IAM user":
      return registry.user(account, "operator");
    case "root":
      return registry.root(account);
    case "CloudFormation for an administrator":
      return registry.via(session("admin"), "cloudformation.amazonaws.com");
  }
}
