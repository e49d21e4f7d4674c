/** The people of the lab: who makes calls, with which credentials. */
import type { Credentials, Proxy } from "./proxy";

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
