import { ordinary } from "../../infra/documents/configurations-for-tests";
import { servicesSchema } from "../../infra/config/services";
import { checkWatching, watchingFinding } from "./recorders";

const DELEGATED = "333333333333";
const OTHER = "777777777777";
const set = (key: string, value: string) => `pulumi config set --path fall:services.${key}.use ${value}`;

test.each([
  ["created where nobody administers", "create", { a: "", b: "" }, [], "ok"],
  ["created, ours administers already", "create", { a: DELEGATED, b: DELEGATED }, [], "ok"],
  ["created beside another administrator", "create", { a: "", b: OTHER }, [], set("x", "existing")],
  ["created where the delegated account has one that is not ours", "create", { a: DELEGATED, b: "" }, ["b"], set("x", "existing")],
  ["created, the delegated account not read", "create", { a: "", b: "" }, undefined, "unreadable"],
  ["created beside another administrator, the delegated account not read", "create", { a: OTHER }, undefined, set("x", "existing")],
  ["adopted", "existing", { a: OTHER, b: OTHER }, undefined, "ok"],
  ["adopted where nobody administers", "existing", { a: OTHER, b: "" }, undefined, set("x", "create")],
  ["off", "off", { a: OTHER, b: "" }, undefined, "ok"],
] as const)("%s", (_, use, administrators, theirs, expected) => {
  const finding = watchingFinding("X", "x", "an x", use, DELEGATED, { administrators, theirs });
  expect("mend" in finding ? finding.mend : finding.status).toBe(expected);
});

test("the management account may administer Access Analyzer without an appointment", () => {
  expect(watchingFinding("X", "x", "an x", "existing", DELEGATED, { administrators: { a: "" }, byManagement: true }).status).toBe("ok");
});

const config = { ...ordinary, services: servicesSchema.parse({ guardDuty: { use: "create" }, securityHub: { use: "create" }, accessAnalyzer: { use: "create" } }) };

/** A client that answers each operation with what is given, and that refuses what is not expected. */
const answering = (answers: Readonly<Record<string, unknown>>) => ({
  send: async (command: { constructor: { name: string } }) => {
    const answer = answers[command.constructor.name];
    if (answer === undefined) throw new Error(`unexpected ${command.constructor.name}`);
    if (answer instanceof Error) throw answer;
    return answer;
  },
});
const error = (name: string) => Object.assign(new Error("no"), { name, $metadata: { httpStatusCode: 400 } });
const everywhere = (answers: Readonly<Record<string, unknown>>) => Object.fromEntries(config.regions.map((region) => [region, answering(answers)])) as never;
const organizations = answering({ ListDelegatedAdministratorsCommand: { DelegatedAdministrators: [] } }) as never;
const management = { guardDuty: everywhere({ ListOrganizationAdminAccountsCommand: {} }), securityHub: everywhere({ ListOrganizationAdminAccountsCommand: {} }) };

test("what is ours is known by the archive, the linked Regions and the name, and is nothing in the way", async () => {
  const delegated = {
    guardDuty: Object.fromEntries(
      config.regions.map((region) => [
        region,
        answering({
          ListDetectorsCommand: { DetectorIds: ["d"] },
          ListPublishingDestinationsCommand: { Destinations: [{ DestinationId: "p" }] },
          DescribePublishingDestinationCommand: { DestinationProperties: { DestinationArn: `arn:aws:s3:::aws-fall-log-storage-222222222222-${region}/guardduty` } },
        }),
      ]),
    ) as never,
    securityHub: everywhere({ DescribeHubCommand: { HubArn: "h" }, ListFindingAggregatorsCommand: { FindingAggregators: [{ FindingAggregatorArn: "f" }] }, GetFindingAggregatorCommand: { RegionLinkingMode: "SPECIFIED_REGIONS", Regions: ["eu-central-1"] } }),
    accessAnalyzer: everywhere({ ListAnalyzersCommand: { analyzers: [{ name: "fall-organization" }] } }),
  };
  const found = await checkWatching({ organizations, ...management, delegated }, config);
  expect(found.map(({ check, status }) => `${check} ${status}`)).toEqual(["GuardDuty ok", "Security Hub ok", "Access Analyzer ok"]);
});

test("what somebody else made there is told with the line that adopts it", async () => {
  const delegated = {
    guardDuty: everywhere({ ListDetectorsCommand: { DetectorIds: ["d"] }, ListPublishingDestinationsCommand: {} }),
    securityHub: everywhere({ DescribeHubCommand: { HubArn: "h" }, ListFindingAggregatorsCommand: { FindingAggregators: [] } }),
    accessAnalyzer: everywhere({ ListAnalyzersCommand: { analyzers: [{ name: "theirs" }] } }),
  };
  const found = await checkWatching({ organizations, ...management, delegated }, config);
  expect(found).toMatchObject(["guardDuty", "securityHub", "accessAnalyzer"].map((key) => ({ status: "missing", detail: expect.stringContaining("us-east-1, eu-central-1 that is not ours") as string, mend: set(key, "existing") })));
});

test("an account without a hub, and a refusal", async () => {
  const delegated = { guardDuty: everywhere({ ListDetectorsCommand: {} }), securityHub: everywhere({ DescribeHubCommand: error("InvalidAccessException") }), accessAnalyzer: everywhere({ ListAnalyzersCommand: error("AccessDeniedException") }) };
  const found = await checkWatching({ organizations, ...management, delegated }, config);
  expect(found.map(({ status }) => status)).toEqual(["ok", "ok", "unreadable"]);
  const refused = { ...management, guardDuty: everywhere({ ListOrganizationAdminAccountsCommand: error("AccessDeniedException") }) };
  expect((await checkWatching({ organizations, ...refused }, config))[0]).toEqual({ status: "unreadable", check: "GuardDuty", detail: expect.stringContaining("guardduty:ListOrganizationAdminAccounts") as string });
});
