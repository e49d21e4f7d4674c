import { lacking, removals } from "./removals";

const deny = {
  Sid: "Kept", Effect: "Deny" as const, NotAction: ["s3:GetObject", "s3:List*"], Resource: ["arn:aws:s3:::a", "arn:aws:s3:::b"],
  Condition: { ArnNotLike: { "aws:PrincipalArn": ["arn:aws:iam::1:role/x", "arn:aws:iam::1:role/y"] }, StringEquals: { "aws:RequestedRegion": ["eu-west-1", "eu-west-2"], "aws:PrincipalTag/a": "b" } },
};
const allow = { Effect: "Allow" as const, Action: ["kms:Encrypt", "kms:Decrypt"], Resource: "*", Principal: { AWS: ["111111111111", "222222222222"], Service: "logs.amazonaws.com" } };

const of = (...statements: readonly (typeof deny | typeof allow)[]) => removals({ Version: "2012-10-17", Statement: statements });

test("takes out every statement, exception, resource, condition and value once, and says which way the statement goes", () => {
  expect(of(deny).map(({ what, statementThen }) => [what, statementThen])).toEqual([
    ["Kept", "shrinks"],
    ["Resource arn:aws:s3:::a of Kept", "shrinks"],
    ["Resource arn:aws:s3:::b of Kept", "shrinks"],
    ["NotAction s3:GetObject of Kept", "grows"],
    ["NotAction s3:List* of Kept", "grows"],
    ["condition ArnNotLike aws:PrincipalArn of Kept", "grows"],
    ["ArnNotLike aws:PrincipalArn arn:aws:iam::1:role/x of Kept", "grows"],
    ["ArnNotLike aws:PrincipalArn arn:aws:iam::1:role/y of Kept", "grows"],
    ["condition StringEquals aws:RequestedRegion of Kept", "grows"],
    ["StringEquals aws:RequestedRegion eu-west-1 of Kept", "shrinks"],
    ["StringEquals aws:RequestedRegion eu-west-2 of Kept", "shrinks"],
    ["condition StringEquals aws:PrincipalTag/a of Kept", "grows"],
  ]);
});

test("takes out actions and principals by name", () => {
  expect(of(allow).map(({ what }) => what)).toEqual([
    "statement 1", "Action kms:Encrypt of statement 1", "Action kms:Decrypt of statement 1",
    "Principal AWS 111111111111 of statement 1", "Principal AWS 222222222222 of statement 1", "Principal Service logs.amazonaws.com of statement 1",
  ]);
  expect(of(allow).at(-1)?.left?.Principal).toEqual({ AWS: ["111111111111", "222222222222"] });
});

test("leaves the other statements as they are, in their places", () => {
  const [gone] = removals({ Version: "2012-10-17", Statement: [deny, allow] });
  expect(gone?.document).toEqual({ Version: "2012-10-17", Statement: [allow] });
});

test("leaves no empty element: the last test takes the operator, the last operator the block, the only exception is of every action", () => {
  const one = { ...deny, NotAction: "s3:GetObject", Condition: { StringEquals: { "aws:RequestedRegion": "eu-west-1" } } };
  const left = removals({ Version: "2012-10-17", Statement: one }).map(({ what, left: statement }) => [what, statement] as const);
  expect(new Map(left).get("condition StringEquals aws:RequestedRegion of Kept")).toEqual(lacking(one, "Condition"));
  expect(new Map(left).get("NotAction s3:GetObject of Kept")).toEqual({ ...lacking(one, "NotAction"), Action: "*" });
});
