import { readFileSync } from "node:fs";
import { ordinary, switched } from "../../infra/documents/configurations-for-tests";
import { harmlessReads } from "../../infra/documents/harmless-reads";
import { factsOf } from "../universe";
import { differences } from "./differences";
import { pack, unpack, written } from "./format";
import { generate } from "./generate";
import { CATALOGUE, catalogue, catalogued } from ".";

test("the file is what AWS's data gives now: run npm run catalogue -- --write, and review what is new", async () => {
  const now = await generate(ordinary);
  expect(differences(catalogue(), unpack(now))).toEqual([]);
  expect(written(now)).toBe(readFileSync(CATALOGUE, "utf8"));
}, 60_000);

test("it does not hang on how sources are turned on, nor on the order of the actions", async () => {
  expect(written(await generate(switched))).toBe(readFileSync(CATALOGUE, "utf8"));
  expect(written(pack([...catalogue()].reverse()))).toBe(readFileSync(CATALOGUE, "utf8"));
}, 60_000);

test("holds what weakens, whatever access level AWS gives it, and no harmless read", () => {
  for (const action of [
    "sqs:ReceiveMessage", "secretsmanager:GetSecretValue", "kms:ScheduleKeyDeletion", "s3:PutBucketLogging", "logs:DeleteDelivery",
    "iam:CreateRole", "iam:PassRole", "sts:AssumeRole", "ec2:DeleteFlowLogs", "elasticloadbalancing:ModifyLoadBalancerAttributes",
    "lambda:CreateEventSourceMapping", "organizations:LeaveOrganization", "cloudformation:UpdateStackSet", "cloudtrail:StopLogging",
  ]) expect(catalogued(action)?.name).toBe(action);
  for (const action of Object.values(harmlessReads).flat()) expect(catalogued(action)).toBeUndefined();
});

test("keeps an action's facts, of its types those that are protected", async () => {
  const whole = await factsOf("logs:UntagResource");
  const kept = catalogued("logs:UntagResource");
  expect(kept?.types.map(({ name }) => name)).toEqual(["delivery", "delivery-destination", "delivery-source", "log-group"]);
  expect(kept).toEqual({ ...whole, types: whole?.types.filter(({ name }) => kept?.types.some((type) => type.name === name)) });
  for (const action of ["s3:PutObject", "ec2:CreateTags", "lambda:InvokeFunction", "kms:CreateGrant"]) {
    const [facts, listed] = [catalogued(action), await factsOf(action)];
    expect(facts).toEqual({ ...listed, types: listed?.types.filter(({ name }) => facts?.types.some((type) => type.name === name)) });
  }
});

test("a difference is one line", () => {
  const [one, two] = [catalogued("logs:DeleteDelivery")!, catalogued("logs:DeleteLogDelivery")!];
  expect(differences([], [one])).toEqual(["new      logs:DeleteDelivery (delivery)"]);
  expect(differences([two], [])).toEqual(["gone     logs:DeleteLogDelivery (no resource)"]);
  expect(differences([one], [{ ...one, keys: ["logs:Tomorrow"] }])).toEqual(["changed  logs:DeleteDelivery (delivery)"]);
});
