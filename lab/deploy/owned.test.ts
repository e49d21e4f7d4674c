import { identitiesOf, makeInventory, referencesOf } from "./owned";

const names = { prefix: "fall" };
const of = (type: string, props: Record<string, unknown>) => referencesOf(type, props, "333333333333", "us-east-1", names);
const role = "arn:aws:iam::333333333333:role/fall/deploy-delegated";

test.each<[string, string, Record<string, unknown>, readonly string[]]>([
  ["a role as a principal", "aws:s3/bucketPolicy:BucketPolicy", { bucket: "other", policy: JSON.stringify({ Statement: [{ Principal: { AWS: [role] } }] }) }, [role]],
  ["not a role in a condition", "aws:s3/bucketPolicy:BucketPolicy", { policy: JSON.stringify({ Statement: [{ Principal: "*", Condition: { ArnLike: { "aws:PrincipalArn": role } }, Resource: "arn:aws:s3:::fall-code-333333333333-us-east-1" }] }) }, []],
  ["a function's role and code", "AWS::Lambda::Function", { FunctionName: "fall-enforcer-vpc", Role: role, Code: { S3Bucket: "fall-code-333333333333-us-east-1", S3Key: "functions/a.zip" } },
    ["arn:aws:iam::333333333333:role/fall/deploy-delegated", "arn:aws:s3:::fall-code-333333333333-us-east-1", "arn:aws:s3:::fall-code-333333333333-us-east-1/functions/a.zip"]],
  ["a template's URL", "aws-native:cloudformation:StackSet", { templateUrl: "https://fall-code-333333333333-us-east-1.s3.us-east-1.amazonaws.com/templates/g.json", callAs: "DELEGATED_ADMIN" },
    ["arn:aws:s3:::fall-code-333333333333-us-east-1/templates/g.json", "stacksets-administrator/333333333333"]],
  ["the central bus, a queue", "AWS::Events::Rule", { EventPattern: { detail: { arn: [role] } }, Targets: [{ Arn: "arn:aws:events:us-east-1:333333333333:event-bus/fall-outcomes", DeadLetterConfig: { Arn: "arn:aws:sqs:us-east-1:444444444444:fall-dead-letters" } }] },
    ["arn:aws:events:us-east-1:333333333333:event-bus/fall-outcomes", "arn:aws:sqs:us-east-1:444444444444:fall-dead-letters"]],
  ["the trail's bucket and key", "aws:cloudtrail/trail:Trail", { s3BucketName: "aws-fall-log-storage-222222222222-us-east-1", kmsKeyId: "arn:aws:kms:us-east-1:222222222222:alias/fall-log-storage" },
    ["arn:aws:kms:us-east-1:222222222222:alias/fall-log-storage", "arn:aws:s3:::aws-fall-log-storage-222222222222-us-east-1"]],
  ["not itself", "aws:s3/bucket:Bucket", { bucket: "fall-code-333333333333-us-east-1" }, []],
  ["not who may send", "aws:sqs/queue:Queue", { name: "fall-notifications-dead-letters", redriveAllowPolicy: '{"sourceQueueArns":["arn:aws:sqs:us-east-1:333333333333:fall-notifications"]}' }, []],
  ["not what an object holds", "aws:s3/bucketObjectv2:BucketObjectv2", { content: JSON.stringify({ Role: role }) }, []],
  ["not a pattern", "aws:iam/rolePolicy:RolePolicy", { arn: "arn:aws:iam::333333333333:role/fall/enforcer-*" }, []],
  ["not what is somebody else's", "AWS::Lambda::Function", { Role: "arn:aws:iam::333333333333:role/theirs", Code: { S3Bucket: "theirs", S3Key: "a" } }, []],
])("%s", (_, type, props, expected) => {
  expect(of(type, props)).toEqual(expected);
});

test("what is missing is named, with who refers to it", () => {
  const inventory = makeInventory();
  const [identity] = identitiesOf("aws:iam/role:Role", { name: "deploy-delegated", path: "/fall/" }, "333333333333", "");
  expect(identity).toBe(role);
  expect(() => inventory.require("the bucket policy code-us-east-1", [role])).toThrow(`the bucket policy code-us-east-1 refers to what is not deployed yet: ${role}`);
  inventory.add([role]);
  inventory.require("the bucket policy code-us-east-1", [role]);
  inventory.remove([role]);
  expect(inventory.has(role)).toBe(false);
});
