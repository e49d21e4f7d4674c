/** https://www.pulumi.com/registry/packages/aws/installation-configuration/ (allowedAccountIds) */
import type { Configuration } from "../../infra/config/configuration";
import { verdict, type Rule } from "../rule";
import { list, type Plain } from "../subjects/plain";

/** The accounts that a stack may touch. */
function accountsOf({ tier, accounts }: Configuration): readonly string[] {
  const { management, logArchive, delegated, backup } = accounts;
  const further = backup === undefined ? [] : [backup];
  return { management: [management, logArchive, delegated, ...further], "log-archive": [logArchive, ...further], delegated: [delegated] }[tier];
}

export const rule: Rule = {
  requirement: "Every AWS provider is pinned to one account, and every resource is made in an account that its tier may touch.",
  needs: "subject",
  judge: (subject, _, { configuration }) => {
    const { account, template } = subject.resource;
    const allowed = typeof configuration === "object" ? accountsOf(configuration) : undefined;
    const elsewhere = (found: Plain | undefined) => (allowed === undefined || template !== undefined || found === undefined || allowed.includes(String(found)) ? [] : [`Its account is ${String(found)}, one of ${allowed.join(", ")} is allowed.`]);
    if (subject.kind !== "provider") return account === undefined ? "not-applicable" : verdict(elsewhere(account));
    const accounts = list(subject.allowedAccounts);
    const pinned = accounts.length === 1 && typeof accounts[0] === "string" && /^\d{12}$/.test(accounts[0]);
    if (!pinned) return verdict([`Its allowedAccountIds are ${JSON.stringify(accounts.map((one) => (typeof one === "symbol" ? "unknown" : one)))}, one account is allowed.`]);
    return verdict(elsewhere(accounts[0]));
  },
};
