/**
 * Whose credentials are whose. Sessions that pass through the proxy (AssumeRole*, CreateAccessKey) are recorded by
 * it; principals that no call of the lab can make - root users, AWS services, a caller behind CloudFormation - are
 * registered here.
 */
import { randomBytes } from "node:crypto";
import type { Policy, Principal } from "../../policy-pack/evaluator/types";
import type { Credentials } from "./types";

/** What the proxy knows of an access key. */
export interface Identity {
  readonly credentials: Credentials;
  readonly principal: Principal;
  readonly label: string;
  /** Condition keys that the principal brings: session tags, source identity, aws:SourceArn of a service... */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
  readonly sessionPolicies?: readonly Policy[];
  /** Set while an AWS service calls with this principal's own rights. */
  readonly viaService?: string;
}

export interface Registry {
  /** The root user of an account. */
  root(account: string): Credentials;
  /** A user that exists in the account, without the call that would make an access key. */
  user(account: string, name: string, path?: string): Credentials;
  /** A session of an existing role whose beginning the lab does not show: a person signed in by IAM Identity Center. */
  session(roleArn: string, sessionName: string, context?: Identity["context"]): Credentials;
  /** An AWS service that calls as itself, on behalf of a resource. */
  service(name: string, source?: { readonly account?: string; readonly arn?: string; readonly organization?: string }): Credentials;
  /** The same principal, called on by a service with forward access sessions: aws:ViaAWSService, aws:CalledVia. */
  via(credentials: Credentials, service: string): Credentials;
  /** The same principal in a session that says more of itself: aws:MultiFactorAuthPresent, aws:SourceIdentity. */
  saying(credentials: Credentials, context: Identity["context"]): Credentials;
  /** Records credentials that were made elsewhere. */
  record(identity: Identity): void;
  find(accessKeyId: string): Identity | undefined;
}

/** `arn:aws:iam::1:role/path/name` and a session's name -> `arn:aws:sts::1:assumed-role/name/session`. */
export function sessionArn(roleArn: string, sessionName: string): string {
  const [, , , , account = "", resource = ""] = roleArn.split(":");
  return `arn:aws:sts::${account}:assumed-role/${resource.split("/").at(-1)}/${sessionName}`;
}

export function rolePrincipal(roleArn: string, sessionName: string): Principal {
  return { kind: "role", account: roleArn.split(":")[4] ?? "", arn: roleArn, sessionArn: sessionArn(roleArn, sessionName) };
}

function newCredentials(prefix: "AKIA" | "ASIA"): Credentials {
  const accessKeyId = prefix + randomBytes(8).toString("hex").toUpperCase();
  const secretAccessKey = randomBytes(20).toString("hex");
  return prefix === "AKIA" ? { accessKeyId, secretAccessKey } : { accessKeyId, secretAccessKey, sessionToken: randomBytes(16).toString("hex") };
}

export function makeRegistry(): Registry {
  const identities = new Map<string, Identity>();
  const record = (identity: Identity) => {
    identities.set(identity.credentials.accessKeyId, identity);
    return identity.credentials;
  };
  const known = new Map<string, Credentials>();
  /** An event a second is handed on by the same service with the same role: whoever is told apart by nothing keeps credentials, and with them clients. */
  const again = (who: readonly unknown[], make: () => Identity) => {
    const key = JSON.stringify(who);
    const credentials = known.get(key) ?? record(make());
    known.set(key, credentials);
    return credentials;
  };
  return {
    root: (account) =>
      record({ credentials: newCredentials("AKIA"), principal: { kind: "root", account, arn: `arn:aws:iam::${account}:root` }, label: "root", context: {} }),
    user: (account, name, path = "/") =>
      record({
        credentials: newCredentials("AKIA"),
        principal: { kind: "user", account, arn: `arn:aws:iam::${account}:user${path}${name}` },
        label: name,
        context: { "aws:username": name },
      }),
    session: (roleArn, sessionName, context = {}) =>
      again([roleArn, sessionName, context], () => ({ credentials: newCredentials("ASIA"), principal: rolePrincipal(roleArn, sessionName), label: sessionName, context })),
    service: (name, source = {}) =>
      again([name, source.account, source.arn, source.organization], () => ({
        credentials: newCredentials("AKIA"),
        principal: { kind: "service", account: "", arn: name },
        label: name,
        context: serviceContext(source),
      })),
    via(credentials, service) {
      const identity = identities.get(credentials.accessKeyId);
      if (!identity) throw new Error(`access key ${credentials.accessKeyId} is not registered`);
      return record({ ...identity, credentials: newCredentials("ASIA"), viaService: service });
    },
    saying(credentials, context) {
      const identity = identities.get(credentials.accessKeyId);
      if (!identity) throw new Error(`access key ${credentials.accessKeyId} is not registered`);
      return record({ ...identity, credentials: newCredentials("ASIA"), context: { ...identity.context, ...context } });
    },
    record(identity) {
      record(identity);
    },
    find: (accessKeyId) => identities.get(accessKeyId),
  };
}

/** The condition keys that say on whose behalf a service calls. */
export function serviceContext(source: { readonly account?: string; readonly arn?: string; readonly organization?: string }): Record<string, string> {
  return {
    ...(source.account !== undefined && { "aws:SourceAccount": source.account }),
    ...(source.arn !== undefined && { "aws:SourceArn": source.arn }),
    ...(source.organization !== undefined && { "aws:SourceOrgID": source.organization }),
  };
}
