/** https://www.pulumi.com/registry/packages/aws/installation-configuration/ (allowedAccountIds) */
import { demand, type Rule } from "../rule";
import { list } from "../subjects/plain";

export const rule: Rule = {
  requirement: "Every AWS provider is pinned to the one account that its tier may touch.",
  needs: "subject",
  judge: (subject) => {
    if (subject.kind !== "provider") return "not-applicable";
    const accounts = list(subject.allowedAccounts);
    const pinned = accounts.length === 1 && typeof accounts[0] === "string" && /^\d{12}$/.test(accounts[0]);
    return demand(pinned, `Its allowedAccountIds are ${JSON.stringify(accounts.map((account) => (typeof account === "symbol" ? "unknown" : account)))}, one account is allowed.`);
  },
};
