/**
 * An exemption is a name that only the project can give: a role under its one path, the account left open character by
 * character, or the role by which StackSets work. With `?` the ARN-wise and the plain reading of a pattern agree.
 */
import { sources } from "../../functions/sources";
import { exceptedRoles, landingZones } from "../../infra/documents/landing-zones";
import { namesFor } from "../../infra/names";
import { eachTest } from "../control-policy";
import { isNegative } from "../principals";
import type { Rule } from "../rule";

const { roleName, stackSetsExecutionRoleArn } = namesFor({
  prefix: "fall",
  accounts: { management: "", logArchive: "", delegated: "" },
  homeRegion: "us-east-1",
});

/** The names of our roles, whatever the prefix; of readers of the archive the configuration names the end. */
const { enforcer, auditor, temporary, siem, ...single } = roleName;
const ours = new Set<string>([...Object.values(single), ...sources.map(({ name }) => enforcer(name))]);
const readers = [auditor, temporary, siem].map((family) => family(""));
const isOurs = (name: string) => ours.has(name) || readers.some((family) => name.startsWith(family) && /^[a-z0-9-]+$/.test(name.slice(family.length)));

/** Roles of landing zones that manage a recorder themselves: a reviewed table, each kept by its landing zone. */
const excepted = new Set(Object.keys(landingZones).flatMap((word) => exceptedRoles([word])));

/** Keys that say who the caller is. In an SCP one of them negated exempts whom the rule cannot see. */
const whoIsCalling = /^(aws:(principal(?!arn$).*|userid|username|federatedprovider|sourceidentity|assumedroot)|sts:rolesessionname)$/;

/** Why a value is no fixed exemption; undefined if it is one. */
function fault(value: string): string | undefined {
  if (value === stackSetsExecutionRoleArn() || new RegExp(`^arn:aws:iam::\\d{12}:role/stacksets-exec-\\?{32}$`).test(value)) return undefined;
  if (excepted.has(value)) return undefined;
  if (value.includes("*")) return "has a `*`";
  const role = /^arn:aws:iam::(\?{12}|\d{12}):role\/([\w+=,.@-]+)\/([\w+=,.@-]+)$/.exec(value);
  if (role === null) return "is no role of the form arn:aws:iam::????????????:role/<prefix>/<name>";
  return isOurs(role[3] ?? "") ? undefined : "is no role of the project";
}

export const rule: Rule = {
  requirement: "A control policy exempts fixed role names of the project and nobody else.",
  needs: "subject",
  judge: (subject) =>
    eachTest(subject, (test, statement, { kind }) => {
      if (statement.effect !== "Deny" || !isNegative(test)) return undefined;
      const key = test.key.toLowerCase();
      if (kind === "service-control-policy" && whoIsCalling.test(key)) {
        return `Statement ${statement.sid} exempts by ${test.key}; only aws:PrincipalArn is allowed.`;
      }
      if (key !== "aws:principalarn") return undefined;
      const faults = test.values.flatMap((value) => {
        const found = fault(value);
        return found === undefined ? [] : [`${value} ${found}`];
      });
      return faults.length === 0 ? undefined : `Statement ${statement.sid} exempts by a name that is not fixed: ${faults.join("; ")}.`;
    }),
};
