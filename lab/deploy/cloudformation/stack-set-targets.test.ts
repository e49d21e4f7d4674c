import { type DeploymentTargets, targetsOf } from "./stack-set-targets";

const units: Readonly<Record<string, readonly string[]>> = { root: ["m", "a", "b", "c"], canary: ["a"] };

test.each<[DeploymentTargets, readonly string[]]>([
  [{ OrganizationalUnitIds: ["canary"] }, ["a"]],
  [{ OrganizationalUnitIds: ["root"] }, ["a", "b", "c"]],
  [{ OrganizationalUnitIds: ["root", "canary"] }, ["a", "b", "c"]],
  [{ OrganizationalUnitIds: ["root"], Accounts: ["a"], AccountFilterType: "DIFFERENCE" }, ["b", "c"]],
  [{ OrganizationalUnitIds: ["root"], Accounts: ["a", "z"], AccountFilterType: "INTERSECTION" }, ["a"]],
  [{ OrganizationalUnitIds: ["canary"], Accounts: ["c"], AccountFilterType: "UNION" }, ["a", "c"]],
])("%j", (targets, accounts) => {
  expect(targetsOf(targets, ["r"], (unit) => units[unit] ?? [], "m")).toEqual(accounts.map((account) => ({ account, region: "r" })));
});

test("every Region of every account", () => {
  expect(targetsOf({ OrganizationalUnitIds: ["canary"] }, ["r", "s"], (unit) => units[unit] ?? [], "m")).toEqual([{ account: "a", region: "r" }, { account: "a", region: "s" }]);
});
