import { lineFor, missing, ok, reading } from "./finding";
import { checkOrganization, organizationFindings, policyTypeFindings } from "./organization";
import { recorderFinding, trailFinding } from "./recording";
import { checkRegions, membersOf, regionFindings } from "./regions";
import { checkSlots, slotFinding } from "./slots";
import { checkTrustedAccess, recorderServices, stackSetsFinding, trustedAccessFindings } from "./trusted-access";

const config = {
  organizationId: "o-1",
  rootId: "r-1",
  accounts: { management: "999999999999", logArchive: "222222222222", delegated: "333333333333" },
  regions: ["us-east-1", "af-south-1"],
};
const mends = (findings: readonly { status: string; mend?: string }[]) => findings.map(({ status, mend }) => mend ?? status);
const denied = (name = "AccessDeniedException") => Object.assign(new Error("no"), { name, $metadata: { httpStatusCode: 400 } });

test.each([
  ["as configured", { Id: "o-1", MasterAccountId: "999999999999", FeatureSet: "ALL" }, ["ok"]],
  ["consolidated billing only", { Id: "o-1", MasterAccountId: "999999999999", FeatureSet: "CONSOLIDATED_BILLING" }, ["aws organizations enable-all-features"]],
  [
    "another organization",
    { Id: "o-2", MasterAccountId: "888888888888", FeatureSet: "ALL" },
    ["pulumi config set fall:organizationId o-2", "pulumi config set --path fall:accounts.management 888888888888"],
  ],
] as const)("organization: %s", (_, organization, expected) => expect(mends(organizationFindings(organization, config))).toEqual(expected));

test.each([
  ["both", [["SERVICE_CONTROL_POLICY", "ENABLED"], ["RESOURCE_CONTROL_POLICY", "ENABLED"]], ["ok", "ok"]],
  ["one on its way", [["SERVICE_CONTROL_POLICY", "PENDING_ENABLE"], ["RESOURCE_CONTROL_POLICY", "ENABLED"]], ["aws organizations enable-policy-type --root-id r-1 --policy-type SERVICE_CONTROL_POLICY", "ok"]],
  [
    "none",
    [],
    ["aws organizations enable-policy-type --root-id r-1 --policy-type SERVICE_CONTROL_POLICY", "aws organizations enable-policy-type --root-id r-1 --policy-type RESOURCE_CONTROL_POLICY"],
  ],
])("policy types: %s", (_, types, expected) => {
  const root = { Id: "r-1", PolicyTypes: types.map(([Type, Status]) => ({ Type, Status })) };
  expect(mends(policyTypeFindings([root as never], config))).toEqual(expected);
});

test("another root than the configured one", () => {
  expect(mends(policyTypeFindings([{ Id: "r-2" }], config))).toEqual(["pulumi config set fall:rootId r-2"]);
});

test.each([
  ["ENABLED", "ok"],
  ["DISABLED", "aws cloudformation activate-organizations-access"],
  [undefined, "aws cloudformation activate-organizations-access"],
])("StackSets access %s", (status, expected) => expect(mends([stackSetsFinding(status)])).toEqual([expected]));

test("trusted access is asked for each service", () => {
  expect(mends(trustedAccessFindings(["config.amazonaws.com"]))).toEqual([
    "aws cloudformation activate-organizations-access",
    "aws organizations enable-aws-service-access --service-principal cloudtrail.amazonaws.com",
  ]);
  expect(mends(trustedAccessFindings(["cloudtrail.amazonaws.com", "member.org.stacksets.cloudformation.amazonaws.com"]))).toEqual(["ok", "ok"]);
});

const policies = (count: number, name = (index: number) => `theirs-${index}`) => Array.from({ length: count }, (_, index) => ({ Id: `p-${index}`, Name: name(index), AwsManaged: index === 0 }));

test.each([
  ["room for ours", "SERVICE_CONTROL_POLICY", policies(7), 3, "ok"],
  ["one too many", "SERVICE_CONTROL_POLICY", policies(8), 3, "aws organizations detach-policy --target-id ou-1 --policy-id p-7"],
  ["ours are there already", "SERVICE_CONTROL_POLICY", [...policies(7), ...policies(3, (index) => `fall-${index}`)], 3, "ok"],
  ["four resource control policies beside AWS's own", "RESOURCE_CONTROL_POLICY", policies(1), 4, "ok"],
  ["three beside AWS's own and another", "RESOURCE_CONTROL_POLICY", policies(2), 4, "aws organizations detach-policy --target-id ou-1 --policy-id p-1"],
] as const)("slots: %s", (_, type, attached, needed, expected) => {
  const ours = Array.from({ length: needed }, (_unused, index) => `fall-${index}`);
  expect(mends([slotFinding(type, "ou-1", attached, ours)])[0]).toContain(expected);
});

test("Regions: each that is not enabled, in whom", () => {
  const regions = [{ RegionName: "us-east-1", RegionOptStatus: "ENABLED_BY_DEFAULT" as const }, { RegionName: "af-south-1", RegionOptStatus: "DISABLED" as const }];
  expect(mends(regionFindings(undefined, regions, config.regions))).toEqual(["aws account enable-region --region-name af-south-1"]);
  expect(mends(regionFindings("111111111111", regions, config.regions))).toEqual(["aws account enable-region --account-id 111111111111 --region-name af-south-1"]);
  expect(regionFindings(undefined, [], ["xx-none-1"])[0]?.detail).toContain("unknown to AWS");
});

test("Regions: closed accounts and the management account are no members to ask", () => {
  const accounts = [{ Id: "999999999999", Status: "ACTIVE" as const }, { Id: "111111111111", Status: "ACTIVE" as const }, { Id: "444444444444", Status: "SUSPENDED" as const }];
  expect(membersOf(accounts, "999999999999")).toEqual(["111111111111"]);
});

test("Regions: the management account is asked without its id, each member with its own, and a refusal for one is told once", async () => {
  const asked: unknown[] = [];
  const organizations = { send: async () => ({ Accounts: ["111111111111", "444444444444"].map((Id) => ({ Id, Status: "ACTIVE" })) }) };
  const account = {
    send: async ({ input }: { input: { AccountId?: string } }) => {
      asked.push(input.AccountId);
      if (input.AccountId !== undefined) throw denied();
      return { Regions: config.regions.map((RegionName) => ({ RegionName, RegionOptStatus: "ENABLED" })) };
    },
  };
  const findings = await checkRegions(organizations as never, account as never, config);
  expect(asked).toEqual([undefined, "111111111111"]);
  expect(findings).toEqual([
    { status: "unreadable", check: "Regions", detail: expect.stringContaining("account:ListRegions of 111111111111 and every member after it is not allowed") as string },
  ]);
});

test.each([
  ["none yet", [], "fall-organization-trail is made in phase force; no other"],
  ["ours", [{ Name: "fall-organization-trail" }], "fall-organization-trail is there; no other"],
  ["another", [{ Name: "audit", HomeRegion: "eu-west-1", IsOrganizationTrail: true }], "beside it audit (eu-west-1, organization): a second copy"],
])("trails: %s", (_, trails, detail) => expect(trailFinding(trails, "fall-organization-trail").detail).toContain(detail));

test("recorders are told of, and none is needed", () => {
  expect(recorderFinding({ "us-east-1": 1, "eu-central-1": 0 }).detail).toContain("in us-east-1;");
  expect(recorderFinding({ "us-east-1": 0 })).toMatchObject({ status: "ok" });
});

test.each([
  ["created beside another", "create", { "us-east-1": 1 }, "pulumi config set --path fall:services.config.use existing"],
  ["created where there is none", "create", { "us-east-1": 0 }, "ok"],
  ["adopted where there is none", "existing", { "us-east-1": 1, "eu-central-1": 0 }, "pulumi config set --path fall:services.config.use create"],
  ["adopted", "existing", { "us-east-1": 1 }, "ok"],
] as const)("recorders: %s", (_, use, recorders, expected) => expect(mends([recorderFinding(recorders, use)])).toEqual([expected]));

test("recorders that are created need their services trusted", () => {
  const also = recorderServices({ config: { use: "create" }, accessAnalyzer: { use: "existing" } } as never);
  expect(mends(trustedAccessFindings(["cloudtrail.amazonaws.com", "member.org.stacksets.cloudformation.amazonaws.com"], also))).toEqual([
    "ok",
    "ok",
    "aws organizations enable-aws-service-access --service-principal config.amazonaws.com",
  ]);
});

test("what AWS refuses is unreadable and names the permission; a bug stays a bug", async () => {
  const refusing = { send: () => Promise.reject(denied()) } as never;
  const findings = [...(await checkOrganization(refusing, config as never)), ...(await checkTrustedAccess(refusing, refusing)), ...(await checkSlots(refusing, "SERVICE_CONTROL_POLICY", ["r-1"], []))];
  expect(findings.map(({ status, detail }) => `${status} ${detail}`)).toEqual([
    "unreadable organizations:DescribeOrganization is not allowed to these credentials",
    "unreadable organizations:ListRoots is not allowed to these credentials",
    "unreadable cloudformation:DescribeOrganizationsAccess is not allowed to these credentials",
    "unreadable organizations:ListAWSServiceAccessForOrganization is not allowed to these credentials",
    "unreadable organizations:ListPoliciesForTarget of r-1 is not allowed to these credentials",
  ]);
  const gone = await reading("x", "organizations:ListPoliciesForTarget", () => Promise.reject(denied("TargetNotFoundException")));
  expect(gone[0]?.detail).toBe("organizations:ListPoliciesForTarget answered TargetNotFoundException: no");
  await expect(reading("x", "y", () => Promise.reject(new TypeError("a bug")))).rejects.toThrow("a bug");
});

test("an account without an organization is told how to make one", async () => {
  const findings = await checkOrganization({ send: () => Promise.reject(denied("AWSOrganizationsNotInUseException")) } as never, config as never);
  expect(mends(findings)).toEqual(["aws organizations create-organization --feature-set ALL", "unreadable"]);
});

test("all pages of a listing are read", async () => {
  const pages = [{ Policies: policies(8), NextToken: "more" }, { Policies: policies(1, () => "theirs-9") }];
  const findings = await checkSlots({ send: async () => pages.shift() } as never, "SERVICE_CONTROL_POLICY", ["r-1"], ["a", "b"]);
  expect(findings[0]?.detail).toBe("r-1 has 1 of 10 for ours, 2 needed");
});

test("a finding is one line", () => {
  expect(lineFor(ok("policy types", "enabled"))).toBe("ok         policy types       enabled");
  expect(lineFor(missing("policy types", "disabled", "aws x"))).toBe("missing    policy types       disabled; mend: aws x");
});
