import { UNKNOWN } from "./plain";
import { readTemplate } from "./template";

const holder = { urn: "urn", name: "holder" };
const read = (properties: object, more: object = {}) =>
  readTemplate(JSON.stringify({ ...more, Resources: { It: { Type: "AWS::SQS::Queue", Properties: properties } } }), holder)!.map(({ props }) => props);

test("text that is no template is none", () => {
  for (const text of ["", "Resources: {}", "[]", "{}", '{"Resources":[]}', "null"]) expect(readTemplate(text, holder)).toBeUndefined();
});

test.each([
  ["a pseudo parameter", { Ref: "AWS::Region" }, "${AWS::Region}"],
  ["another resource", { Ref: "Queue" }, "${Queue}"],
  ["an attribute", { "Fn::GetAtt": ["Queue", "Arn"] }, "${Queue.Arn}"],
  ["an attribute, in short", { "Fn::GetAtt": "Queue.Arn" }, "${Queue.Arn}"],
  ["a substitution", { "Fn::Sub": "arn:${AWS::AccountId}:${!Literal}" }, "arn:${AWS::AccountId}:${!Literal}"],
  ["a substitution with values", { "Fn::Sub": ["${a}-b", { a: "x" }] }, "x-b"],
  ["a join", { "Fn::Join": [":", ["arn", { Ref: "Queue" }]] }, "arn:${Queue}"],
  ["a parameter", { Ref: "Given" }, UNKNOWN],
  ["a parameter in a text", { "Fn::Sub": "a-${Given}" }, UNKNOWN],
  ["an import", { "Fn::ImportValue": "other" }, UNKNOWN],
])("resolves %s", (_what, value, expected) => {
  expect(read({ QueueName: value }, { Parameters: { Given: { Type: "String" } } })).toEqual([{ QueueName: expected }]);
});

test("reads a resource for each way its conditions can fall", () => {
  const queues = read({ QueueName: { "Fn::If": ["Home", "a", "b"] }, Tags: [{ "Fn::If": ["Home", "t", { Ref: "AWS::NoValue" }] }] });
  expect(queues).toEqual([{ QueueName: "a", Tags: ["t"] }, { QueueName: "b", Tags: [] }]);
});

test("says where a resource stands", () => {
  expect(readTemplate('{"Resources":{"It":{"Type":"AWS::SQS::Queue","DependsOn":["Key"]}}}', holder)).toEqual([
    { type: "AWS::SQS::Queue", name: "It", urn: "urn", props: {}, dependencies: ["Key"], protect: "unsaid", template: "holder" },
  ]);
});
