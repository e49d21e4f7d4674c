import { servicesSchema } from "../../infra/config/services";
import { ordinary } from "../../infra/documents/configurations-for-tests";
import { type Cases, type Given, urn } from "./case";

const services = servicesSchema.parse({ config: { use: "create" }, guardDuty: { use: "create" }, accessAnalyzer: { use: "create" }, securityHub: { use: "create" } });
const configuration = { ...ordinary, tier: "delegated" as const, services };

const one = (type: string, props: object, name = "it", dependencies: readonly string[] = []): Given => ({ type, name, props: { ...props }, dependencies });
const detector = (region: string, props: object = {}) => one("aws:guardduty/detector:Detector", { region, enable: true, findingPublishingFrequency: "FIFTEEN_MINUTES", ...props }, `detector-${region}`);
const exported = (region: string, props: object = {}) =>
  one("aws:guardduty/publishingDestination:PublishingDestination", {
    region, detectorId: "0".repeat(32), destinationArn: `arn:aws:s3:::aws-fall-log-storage-222222222222-${region}/guardduty`, kmsKeyArn: `arn:aws:kms:${region}:222222222222:key/1`, ...props,
  }, "exported", [urn(`detector-${region}`)]);
const analyzer = (region: string, type = "ORGANIZATION") => one("aws:accessanalyzer/analyzer:Analyzer", { region, analyzerName: "fall-organization", type });
const hub = (region: string) => one("aws:securityhub/account:Account", { region });
const members = (region: string, autoEnable = true) => one("aws:securityhub/organizationConfiguration:OrganizationConfiguration", { region, autoEnable });
const findings = (...specifiedRegions: readonly string[]) => one("aws:securityhub/findingAggregator:FindingAggregator", { region: "us-east-1", linkingMode: "SPECIFIED_REGIONS", specifiedRegions });
const aggregator = (...regions: readonly string[]) =>
  one("aws:cfg/configurationAggregator:ConfigurationAggregator", { region: "us-east-1", name: "fall-organization", organizationAggregationSource: { regions, roleArn: "arn:aws:iam::333333333333:role/fall/config-aggregator" } });

const [home, away] = ["us-east-1", "eu-central-1"];
const inBoth = [home, away].flatMap((region) => [detector(region), exported(region), analyzer(region), hub(region), members(region)]);
const all = [...inBoth, findings(away), aggregator(home, away)];
const not = (...left: readonly Given[]) => all.filter((given) => !left.some((other) => JSON.stringify(other) === JSON.stringify(given)));

export const cases: Cases = {
  configuration,
  passes: { "every recorder in every Region": all },
  fails: {
    "a Region without a detector": [/GuardDuty's detector in eu-central-1 is missing/, ...not(detector(away))],
    "a detector that is off": [/enable is false/, ...not(detector(away)), detector(away, { enable: false })],
    "findings that go nowhere": [/The export of findings in us-east-1 is missing/, ...not(exported(home))],
    "findings that go elsewhere": [/destinationArn is "arn:aws:s3:::own"/, ...not(exported(home)), exported(home, { destinationArn: "arn:aws:s3:::own" })],
    "findings with another account's key": [/kmsKeyArn is .*999999999999/, ...not(exported(home)), exported(home, { kmsKeyArn: "arn:aws:kms:us-east-1:999999999999:key/1" })],
    "an analyzer of the account": [/type is "ACCOUNT", "ORGANIZATION" is wanted/, ...not(analyzer(home)), analyzer(home, "ACCOUNT")],
    "a Region without Security Hub": [/Security Hub in eu-central-1 is missing/, ...not(hub(away))],
    "members that are not taken in": [/autoEnable is false/, ...not(members(home)), members(home, false)],
    "findings of one Region": [/specifiedRegions is \[\]/, ...not(findings(away)), findings()],
    "an aggregator of one Region": [/organizationAggregationSource is/, ...not(aggregator(home, away)), aggregator(home)],
  },
};
