import { references, resolve, type Scope } from "./intrinsics";

const scope: Scope = {
  pseudo: { "AWS::Region": "eu-central-1", "AWS::AccountId": "111111111111" },
  ref: (id) => `ref-${id}`,
  attribute: (id, name) => `${id}/${name}`,
  condition: (name) => name === "Yes",
};

test.each<[string, unknown, unknown]>([
  ["a plain value", { a: [1, "b", null] }, { a: [1, "b", null] }],
  ["Ref", { Ref: "Queue" }, "ref-Queue"],
  ["a pseudo parameter", { Ref: "AWS::Region" }, "eu-central-1"],
  ["Fn::GetAtt, a list", { "Fn::GetAtt": ["Queue", "Arn"] }, "Queue/Arn"],
  ["Fn::GetAtt, a text", { "Fn::GetAtt": "Table.Stream.Arn" }, "Table/Stream.Arn"],
  ["Fn::Sub", { "Fn::Sub": "${AWS::AccountId}-${Queue}-${Queue.Arn}-${!Kept}" }, "111111111111-ref-Queue-Queue/Arn-${Kept}"],
  ["Fn::Sub with variables", { "Fn::Sub": ["${One}:${AWS::Region}", { One: { Ref: "Queue" } }] }, "ref-Queue:eu-central-1"],
  ["Fn::Join", { "Fn::Join": ["-", ["a", { Ref: "AWS::Region" }, 1]] }, "a-eu-central-1-1"],
  ["Fn::If", { "Fn::If": ["Yes", "a", { "Fn::Sub": "b" }] }, "a"],
  ["AWS::NoValue", { kept: 1, gone: { Ref: "AWS::NoValue" }, list: [{ Ref: "AWS::NoValue" }, 2] }, { kept: 1, list: [2] }],
  ["Fn::Equals, Fn::Not", { "Fn::Not": [{ "Fn::Equals": [{ Ref: "AWS::Region" }, "us-east-1"] }] }, true],
  ["Fn::And, Fn::Or", { "Fn::And": [{ Condition: "Yes" }, { "Fn::Or": [{ Condition: "No" }, { Condition: "Yes" }] }] }, true],
  ["a policy's Condition block", { Condition: { StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } } } }, { Condition: { StringEquals: { "aws:SourceAccount": "111111111111" } } }],
])("%s", (_, given, expected) => {
  expect(resolve(given, scope)).toEqual(expected);
});

test.each([
  [{ "Fn::ImportValue": "x" }, "the intrinsic function Fn::ImportValue is not known here"],
  [{ Ref: "AWS::StackName" }, "the pseudo parameter AWS::StackName is not known here"],
  [{ "Fn::Join": ["-", "a"] }, "Fn::Join takes a list"],
])("%j is refused", (given, message) => {
  expect(() => resolve(given, scope)).toThrow(message);
});

test("what a value refers to, however it says so", () => {
  const given = [{ Ref: "A" }, { x: { "Fn::GetAtt": ["B", "Arn"] } }, { "Fn::Sub": "${C}${D.Arn}${AWS::Region}${!E}" }, { "Fn::Sub": ["${F}${G}", { F: { Ref: "H" } }] }];
  expect(references(given)).toEqual(["A", "B", "C", "D", "G", "H"]);
});
