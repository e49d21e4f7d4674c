/**
 * What is in force in moto right now: the organization's policies, roles, resource policies, tags, names.
 *
 * Read from moto (`lab/moto/state.py`) and kept until a call that changes the same service and account has passed
 * the proxy; every change passes it, so nothing kept is ever stale.
 */
import type { PolicyDocument } from "../../policy-pack/evaluator/types";

export interface Organization {
  readonly id: string;
  readonly managementAccount: string;
  readonly root: string;
  readonly enabled: readonly string[];
  readonly parents: Readonly<Record<string, string>>;
  readonly accounts: readonly string[];
  readonly attached: Readonly<Record<string, readonly string[]>>;
  readonly policies: Readonly<Record<string, { readonly name: string; readonly type: string; readonly content: PolicyDocument }>>;
}

export interface NamedDocument {
  readonly name: string;
  readonly document: PolicyDocument;
}

export interface PrincipalState {
  readonly policies: readonly NamedDocument[];
  readonly boundary: NamedDocument | null;
  readonly trust: PolicyDocument | null;
  readonly tags: Readonly<Record<string, string>>;
}

export interface ResourceState {
  /** "" where the ARN does not say and nothing of that name exists. */
  readonly account: string;
  readonly region?: string;
  readonly policy: PolicyDocument | null;
  readonly tags: Readonly<Record<string, string>>;
  /** Of a bucket, the key that objects are encrypted with unless told otherwise; of an object, its own. */
  readonly encryptedWith?: string | null;
  /** Further condition keys. */
  readonly keys: Readonly<Record<string, string | readonly string[]>>;
}

export type NameKind = "role" | "user" | "key" | "secret" | "stack" | "stackset";

export interface State {
  organization(): Promise<Organization | null>;
  principal(arn: string): Promise<PrincipalState | null>;
  resource(arn: string): Promise<ResourceState>;
  /** The ARN of what a call names in another way; null if there is nothing of that name. */
  arnOf(kind: NameKind, account: string, region: string, value: string): Promise<string | null>;
  /** To be called when a call that changes something has been answered. */
  changed(prefix: string, account: string): void;
}

const services: Readonly<Record<NameKind, string>> = { role: "iam", user: "iam", key: "kms", secret: "secretsmanager", stack: "cloudformation", stackset: "cloudformation" };

/** The organization's nodes above an account, root first and the account last; undefined if it is no member. */
export function levelsOf(organization: Organization | null, account: string): readonly string[] | undefined {
  if (!organization?.accounts.includes(account)) return undefined;
  const levels = [account];
  for (let parent = organization.parents[account]; parent !== undefined; parent = organization.parents[parent]) levels.unshift(parent);
  return levels;
}

/** @param get reads a path of moto's and parses the JSON that answers */
export function makeState(get: (path: string) => Promise<unknown>): State {
  const domains = new Map<string, Map<string, Promise<unknown>>>();
  const kept = (domain: string, path: string): Promise<unknown> => {
    let entries = domains.get(domain);
    if (!entries) domains.set(domain, (entries = new Map()));
    let value = entries.get(path);
    if (!value) {
      value = get(path);
      entries.set(path, value);
      // A failed read is not kept; whoever awaits it sees the error.
      value.catch(() => entries.delete(path));
    }
    return value;
  };
  const domainOf = (arn: string) => {
    const [, , service = "", , account = ""] = arn.split(":");
    return service === "s3" ? "s3" : `${service}/${account}`;
  };
  return {
    organization: () => kept("organizations", "/lab/organization") as Promise<Organization | null>,
    principal: (arn) => kept(domainOf(arn), `/lab/principal?arn=${encodeURIComponent(arn)}`) as Promise<PrincipalState | null>,
    resource: (arn) => kept(domainOf(arn), `/lab/resource?arn=${encodeURIComponent(arn)}`) as Promise<ResourceState>,
    arnOf: (kind, account, region, value) => {
      const service = services[kind];
      return kept(`${service}/${account}`, `/lab/name?${new URLSearchParams({ service, kind, account, region, value })}`) as Promise<string | null>;
    },
    changed(prefix, account) {
      if (prefix === "organizations" || prefix === "s3") domains.delete(prefix);
      // These make and tag resources of other services.
      else if (prefix === "cloudformation" || prefix === "tag" || prefix === "resource-groups") domains.clear();
      else domains.delete(`${prefix}/${account}`);
    },
  };
}
