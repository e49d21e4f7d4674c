/**
 * The resource takes whole lists (service access principals, policy types): what is left out of them is switched off,
 * and the policies of a disabled type are detached everywhere.
 * https://www.pulumi.com/registry/packages/aws/api-docs/organizations/organization/
 */
import { demand, type Rule } from "../rule";

export const rule: Rule = {
  requirement: "The organization itself is never a resource of the program.",
  needs: "subject",
  judge: (subject) =>
    subject.kind === "organization" ? demand(false, "It declares the organization; what is missing is told by `npm run preflight`.") : "not-applicable",
};
