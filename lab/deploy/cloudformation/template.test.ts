import type { Template } from "../../../infra/documents/template";
import { parseTemplate, presentIds, propertiesOf } from "./template";

const template: Template = {
  AWSTemplateFormatVersion: "2010-09-09",
  Description: "for a test",
  Conditions: { AtHome: { "Fn::Equals": [{ Ref: "AWS::Region" }, "us-east-1"] } },
  Resources: {
    Rule: { Type: "AWS::Events::Rule", DependsOn: ["Policy"], Properties: { Arn: { "Fn::GetAtt": ["Function", "Arn"] } } },
    Policy: { Type: "AWS::SQS::QueuePolicy", Properties: { Queues: [{ Ref: "Queue" }] } },
    Queue: { Type: "AWS::SQS::Queue", Properties: { QueueName: { "Fn::Sub": "q-${AWS::Region}" } } },
    Function: { Type: "AWS::Lambda::Function", Properties: {} },
    Global: { Type: "AWS::SQS::Queue", Condition: "AtHome", Properties: {} },
  },
};
const place = (region: string) => ({ account: "111111111111", region, stackName: "s", stackId: "id" });

test("each resource after what it needs, and only where its condition holds", () => {
  expect(presentIds(template, place("us-east-1"))).toEqual(["Queue", "Policy", "Function", "Rule", "Global"]);
  expect(presentIds(template, place("eu-central-1"))).not.toContain("Global");
});

test("properties say what others answered", () => {
  const made = new Map([["Function", { id: "f", attributes: { Arn: "arn:f" } }]]);
  expect(propertiesOf(template, "Rule", place("us-east-1"), made)).toEqual({ Arn: "arn:f" });
  expect(propertiesOf(template, "Queue", place("eu-central-1"), made)).toEqual({ QueueName: "q-eu-central-1" });
  expect(() => propertiesOf(template, "Policy", place("us-east-1"), made)).toThrow("refers to Queue, which does not exist in 111111111111 us-east-1");
});

test("what the lab does not know is refused", () => {
  expect(() => parseTemplate('{"Parameters":{},"Resources":{}}')).toThrow("has Parameters");
  expect(() => parseTemplate("{}")).toThrow("no Resources");
});
