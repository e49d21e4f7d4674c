/** Who attacks: the kinds of principal of the account that is attacked. */
import type { Account, Person } from "./organization";
import type { Proxy } from "./proxy";

export const kinds = ["administrator", "developer", "IAM user", "root", "CloudFormation for an administrator"] as const;
export type Kind = (typeof kinds)[number];

/** The person of a kind in an account. CloudFormation calls with an administrator's own rights, by forward access session. */
export function personOf(proxy: Proxy, kind: Kind, account: Account): Person {
  switch (kind) {
    case "administrator":
      return account.admin;
    case "developer":
      return account.developer;
    case "IAM user":
      return account.user;
    case "root":
      return account.root;
    case "CloudFormation for an administrator":
      return { account: account.id, credentials: proxy.registry.via(account.admin.credentials, "cloudformation.amazonaws.com") };
  }
}

/** What aws:PrincipalArn says of a kind, by which its calls are told from the enforcers'. */
export function arnOf(kind: Kind, account: string): string {
  const what = { administrator: "role/admin", developer: "role/developer", "IAM user": "user/operator", root: "root" };
  return `arn:aws:iam::${account}:${kind === "CloudFormation for an administrator" ? what.administrator : what[kind]}`;
}
