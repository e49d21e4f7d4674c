import type { Configuration } from "../config/configuration";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BUDGET, idleCost } from "../../commands/cost/idle";
import { sources } from "../../functions/sources";
import { readConfiguration } from "../config/read";
import { LONGEST_PREFIX } from "../names";
import { globalTemplate } from "./global-template";
import { quotas } from "./quotas";
import { regionalTemplate } from "./regional-template";
import { substituted, type Template, type TemplateResource, templateText } from "./template";
import { watchedPattern } from "./watched-calls";

const config = readConfiguration("delegated");
const codeKeys = Object.fromEntries(sources.map(({ name }) => [name, `functions/${name}-0123.zip`]));
const global = globalTemplate(config);
const regional = regionalTemplate(config, codeKeys);
const ofType = (template: Template, type: string): [string, TemplateResource][] => Object.entries(template.Resources).filter(([, { Type }]) => Type === type);

const cfnLint = join(__dirname, "..", "..", ".venv", "bin", "cfn-lint");

test("cfn-lint finds no error and no warning, in any Region", () => {
  // `npm test` installs it; a missing tool must not look like a clean template.
  if (!existsSync(cfnLint)) throw new Error(`${cfnLint} is missing: run npm test, which installs it`);
  const folder = mkdtempSync(join(tmpdir(), "fall-templates-"));
  const longest = { ...config, prefix: "f".repeat(LONGEST_PREFIX), reservedConcurrency: 5 };
  const files = Object.entries({ global, regional, "global-longest": globalTemplate(longest), "regional-longest": regionalTemplate(longest, codeKeys) }).map(([name, template]) => {
    const file = join(folder, `${name}.json`);
    writeFileSync(file, templateText(template));
    return file;
  });
  const done = spawnSync(cfnLint, ["--regions", "us-east-1", "eu-central-1", "--", ...files], { encoding: "utf8" });
  rmSync(folder, { recursive: true });
  expect(done.stdout + done.stderr).toBe("");
  expect(done.status).toBe(0);
}, 120_000);

test("both are within what CloudFormation takes from Amazon S3, and take no parameters", () => {
  for (const template of [global, regional]) {
    expect(templateText(template).length).toBeLessThan(1_000_000);
    expect(template).not.toHaveProperty("Parameters");
  }
  const many = { ...global, Resources: Object.fromEntries(Array.from({ length: 501 }, (_, index) => [`R${index}`, Object.values(global.Resources)[0]!])) };
  expect(() => templateText(many)).toThrow(/501 resources, at most 1000000 and 500 are allowed/);
});

test("every role of ours is in the global template, under our path and its fixed name, within quota", () => {
  const roles = ofType(global, "AWS::IAM::Role").map(([, { Properties }]) => Properties);
  expect(roles.map(({ RoleName }) => RoleName).sort()).toEqual(["config-recorder", "forwarder", "redrive", ...sources.map(({ name }) => `enforcer-${name}`)].sort());
  for (const { RoleName, Path, Policies = [], AssumeRolePolicyDocument, ManagedPolicyArns } of roles) {
    // What AWS Config reads is AWS's to say; every other role says itself what it may.
    expect([Path, ManagedPolicyArns]).toEqual(["/fall/", RoleName === "config-recorder" ? ["arn:aws:iam::aws:policy/service-role/AWS_ConfigRole"] : undefined]);
    expect(JSON.stringify(Policies).length).toBeLessThanOrEqual(quotas["inline policy"]);
    expect(JSON.stringify(AssumeRolePolicyDocument).length).toBeLessThanOrEqual(quotas["trust policy"]);
  }
  expect(ofType(regional, "AWS::IAM::Role")).toEqual([]);
});

test("every source has a function with retries, a failure destination, and two rules that may invoke it", () => {
  const queue = { "Fn::GetAtt": ["DeadLetterQueue", "Arn"] };
  const functions = ofType(regional, "AWS::Lambda::Function");
  expect(functions).toHaveLength(sources.length);
  for (const [id, { Properties }] of functions) {
    expect(Properties).toMatchObject({ Runtime: "nodejs22.x", Architectures: ["arm64"], Handler: "index.handler", Code: { S3Bucket: { "Fn::Sub": "fall-code-333333333333-${AWS::Region}" } } });
    const invocations = ofType(regional, "AWS::Lambda::EventInvokeConfig").filter(([, one]) => (one.Properties.FunctionName as { Ref: string }).Ref === id);
    expect(invocations[0]?.[1].Properties).toMatchObject({ MaximumRetryAttempts: 2, DestinationConfig: { OnFailure: { Destination: queue } } });
    const rules = ofType(regional, "AWS::Events::Rule").filter(([, one]) => JSON.stringify(one.Properties.Targets).includes(`["${id}","Arn"]`));
    expect(rules).toHaveLength(2);
    for (const [rule] of rules) {
      const allowed = ofType(regional, "AWS::Lambda::Permission").filter(([, one]) => JSON.stringify(one.Properties.SourceArn) === `{"Fn::GetAtt":["${rule}","Arn"]}`);
      expect(allowed[0]?.[1].Properties).toMatchObject({ FunctionName: { Ref: id }, Principal: "events.amazonaws.com", SourceAccount: { "Fn::Sub": "${AWS::AccountId}" } });
    }
  }
});

test("every target of a rule has the dead-letter queue behind it", () => {
  for (const [, { Properties, DependsOn }] of ofType(regional, "AWS::Events::Rule")) {
    for (const target of Properties.Targets as { DeadLetterConfig?: unknown }[]) expect(target.DeadLetterConfig).toEqual({ Arn: { "Fn::GetAtt": ["DeadLetterQueue", "Arn"] } });
    expect(DependsOn).toContain("DeadLetterQueuePolicy");
  }
});

test("patterns are within quota, match names by prefix, and ask nothing of a payload that may be missing", () => {
  const rules = ofType(regional, "AWS::Events::Rule").filter(([, { Properties }]) => Properties.EventPattern);
  expect(rules).toHaveLength(sources.length + 3);
  for (const [id, { Properties }] of rules) {
    const pattern = JSON.stringify(Properties.EventPattern);
    expect([id, pattern.length <= quotas["event pattern"]]).toEqual([id, true]);
    // Which role is assumed is asked: that call is never as large as what CloudTrail leaves out.
    if (id !== "ArchiveRule") expect(pattern).not.toMatch(/requestParameters|responseElements|additionalEventData/);
  }
  const longest = sources.flatMap(({ triggers }) => triggers.flatMap(({ eventNames }) => eventNames));
  for (const name of longest) expect(JSON.stringify(regional)).toContain(`{"prefix":"${name}"}`);
});

test("the rule of refused calls sees reads too; the enforcers' rules are not woken by them", () => {
  const states = Object.fromEntries(ofType(regional, "AWS::Events::Rule").map(([id, { Properties }]) => [id, Properties.State]));
  const { DeniedRule, ArchiveRule, ...others } = states;
  for (const state of [DeniedRule, ArchiveRule]) expect(state).toBe("ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS");
  expect(new Set(Object.values(others))).toEqual(new Set(["ENABLED"]));
});

test("the pattern of watched calls is within quota as well", () => {
  expect(JSON.stringify(watchedPattern(true)).length).toBeLessThanOrEqual(quotas["event pattern"]);
});

test("what belongs to a global source exists in the home Region only", () => {
  const conditioned = Object.entries(regional.Resources).filter(([, { Condition }]) => Condition === "InHomeRegion").map(([id]) => id);
  const globals = sources.filter(({ scope }) => scope === "global");
  expect(globals.length).toBeGreaterThan(0);
  expect(conditioned.every((id) => globals.some(({ name }) => id.toLowerCase().startsWith(name.replaceAll("-", ""))))).toBe(true);
  expect(conditioned.filter((id) => id.endsWith("Enforcer"))).toHaveLength(globals.length);
  expect(regional.Conditions).toEqual({
    InHomeRegion: { "Fn::Equals": [{ Ref: "AWS::Region" }, "us-east-1"] },
    InArchive: { "Fn::Equals": [{ Ref: "AWS::AccountId" }, "222222222222"] },
  });
});

test("a source whose code is missing is named", () => {
  expect(() => regionalTemplate(config, {})).toThrow(`the enforcer of ${sources[0]!.name} is not packaged`);
});

test("text that names the account or Region is substituted, and only that", () => {
  expect(substituted({ a: ["x", "arn:${AWS::Region}:${AWS::AccountId}"], b: 1, c: null })).toEqual({ a: ["x", { "Fn::Sub": "arn:${AWS::Region}:${AWS::AccountId}" }], b: 1, c: null });
  expect(() => substituted("${AWS::Region}-${aws:username}")).toThrow("Fn::Sub would misread");
});

describe("idle cost of an account and Region", () => {
  test("is within the budget, at the shortest time between sweeps too", () => {
    const { items, total } = idleCost(regional);
    expect(total).toBeLessThanOrEqual(BUDGET);
    expect(items["AWS::CloudWatch::Alarm"]).toBeCloseTo(0.1);
    expect(idleCost(regionalTemplate({ ...config, sweepMinutes: 5 }, codeKeys)).total).toBeLessThanOrEqual(BUDGET);
  });

  test("counts what a queue polled by each function would cost, and refuses what it has no price for", () => {
    const mapped = { ...regional, Resources: { ...regional.Resources, Mapping: { Type: "AWS::Lambda::EventSourceMapping", Properties: {} } } };
    expect(idleCost(mapped).total - idleCost(regional).total).toBeGreaterThan(0.2);
    expect(() => idleCost({ ...regional, Resources: { Nat: { Type: "AWS::EC2::NatGateway", Properties: {} } } })).toThrow("what a AWS::EC2::NatGateway costs is not known");
  });
});

test("AWS Config has one recorder and one channel a Region, or none where there is one already", () => {
  const made = ofType(regional, "AWS::Config::ConfigurationRecorder");
  expect(made).toHaveLength(1);
  expect(made[0]![1].DependsOn).toBeUndefined();
  expect(ofType(regional, "AWS::Config::DeliveryChannel")[0]![1].Properties).toMatchObject({ S3BucketName: { "Fn::Sub": "aws-fall-log-storage-s3-222222222222-${AWS::Region}" }, S3KeyPrefix: "config" });
  const existing: Configuration = { ...config, services: { ...config.services, config: { ...config.services.config, use: "existing" } } };
  const keys = Object.fromEntries(sources.map(({ name }) => [name, "key"]));
  expect(JSON.stringify([regionalTemplate(existing, keys), globalTemplate(existing)])).not.toMatch(/AWS::Config::|config-recorder/);
});
