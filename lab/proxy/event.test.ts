import { eventOf, LARGEST_FIELD, type Recorded } from "./event";
import { modelOf } from "./models";
import type { Call } from "./types";

function recorded(operation: string, parameters: Record<string, unknown>, over: Partial<Recorded> = {}): Recorded {
  const [prefix = "", name = ""] = operation.split(":");
  const model = modelOf(prefix);
  const call = {
    at: Date.UTC(2026, 0, 1), operation, principal: { kind: "root", account: "111111111111", arn: "arn:aws:iam::111111111111:root" }, label: "root", account: "111111111111", region: "eu-west-1",
    parameters, authorisations: [], decision: "allowed", status: 200, duration: 1, own: 1,
  } as unknown as Call;
  return { call, model, operation: model.operations[name] ?? { name, method: "POST", uri: "/" }, answer: { status: 200, body: "" }, ...over };
}
const detail = (one: Recorded) => eventOf(one)?.detail as Record<string, unknown> | undefined;

test("reads and data events are not recorded; a refused read is", () => {
  expect(eventOf(recorded("ec2:DescribeVpcs", {}))).toBeUndefined();
  expect(eventOf(recorded("s3:PutObject", { Bucket: "b", Key: "k" }))).toBeUndefined();
  expect(eventOf(recorded("kms:GenerateDataKey", {}))).toBeUndefined();
  const refused = recorded("secretsmanager:GetSecretValue", { SecretId: "s" }, { error: { code: "AccessDeniedException", message: "m" } });
  (refused.call as { decision: string }).decision = "denied";
  expect(detail(refused)).toMatchObject({ errorCode: "AccessDenied", errorMessage: "m", readOnly: true, responseElements: null });
});

test("a parameter list over 100 KB arrives empty", () => {
  const large = detail(recorded("cloudfront:UpdateDistribution", { Id: "E", DistributionConfig: { Comment: "x".repeat(LARGEST_FIELD) } }));
  expect(large).toMatchObject({ eventName: "UpdateDistribution", requestParameters: null });
});

test("global services are recorded in us-east-1, others in their Region", () => {
  expect(eventOf(recorded("iam:DeleteRole", { RoleName: "r" }))).toMatchObject({ region: "us-east-1", source: "aws.iam", time: "2026-01-01T00:00:00Z" });
  expect(eventOf(recorded("logs:DeleteDelivery", { id: "x" }))).toMatchObject({ region: "eu-west-1", source: "aws.logs", detail: { requestParameters: { id: "x" } } });
});

test("CloudTrail's own casing and names", () => {
  expect(detail(recorded("ec2:DeleteFlowLogs", { FlowLogIds: ["fl-1", "fl-2"] }))?.["requestParameters"]).toEqual({ DeleteFlowLogsRequest: { FlowLogId: [{ tag: 1, content: "fl-1" }, { tag: 2, content: "fl-2" }] } });
  expect(detail(recorded("ec2:CreateTags", { Resources: ["vpc-1"], Tags: [{ Key: "k", Value: "v" }] }))?.["requestParameters"]).toEqual({ resourcesSet: { items: [{ resourceId: "vpc-1" }] }, tagSet: { items: [{ key: "k", value: "v" }] } });
  expect(detail(recorded("s3:PutBucketLifecycleConfiguration", { Bucket: "b" }))?.["requestParameters"]).toEqual({ bucketName: "b", lifecycle: "", Host: "b.s3.amazonaws.com" });
  expect(detail(recorded("lambda:DeleteFunction", { FunctionName: "f" }))).toMatchObject({ eventName: "DeleteFunction20150331", requestParameters: { functionName: "f" } });
  expect(detail(recorded("secretsmanager:PutSecretValue", { SecretId: "s", SecretString: "hush" }))?.["requestParameters"]).toEqual({ secretId: "s", secretString: "HIDDEN_DUE_TO_SECURITY_REASONS" });
});

test("a refusal by EC2 has EC2's code", () => {
  expect(detail(recorded("ec2:DeleteFlowLogs", {}, { error: { code: "UnauthorizedOperation", message: "m" } }))?.["errorCode"]).toBe("Client.UnauthorizedOperation");
});
