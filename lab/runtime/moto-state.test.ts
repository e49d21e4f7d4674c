import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { CreateEventSourceMappingCommand, CreateFunctionCommand, LambdaClient, PutFunctionEventInvokeConfigCommand } from "@aws-sdk/client-lambda";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { startMoto, type Moto } from "../moto/start";
import { type Forwarder, makeForwarder } from "../proxy";
import { type MotoState, motoState } from "./moto-state";

const account = "123456789012";
const region = "eu-central-1";
const functionArn = `arn:aws:lambda:${region}:${account}:function:f`;
const queueArn = `arn:aws:sqs:${region}:${account}:q`;
let moto: Moto;
let forwarder: Forwarder;
let state: MotoState;
let lambda: LambdaClient;

beforeAll(async () => {
  moto = await startMoto();
  forwarder = makeForwarder(moto.url);
  state = motoState(moto.url, forwarder);
  const settings = { endpoint: moto.url, region, credentials: { accessKeyId: "A", secretAccessKey: "a" } };
  lambda = new LambdaClient(settings);
  await new SQSClient(settings).send(new CreateQueueCommand({ QueueName: "q", Attributes: { VisibilityTimeout: "720" } }));
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }] });
  await new IAMClient(settings).send(new CreateRoleCommand({ RoleName: "f", AssumeRolePolicyDocument }));
  const ZipFile = Buffer.from("UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==", "base64");
  await lambda.send(new CreateFunctionCommand({ FunctionName: "f", Role: `arn:aws:iam::${account}:role/f`, Runtime: "nodejs22.x", Handler: "index.handler", Timeout: 7, Environment: { Variables: { A: "b" } }, Code: { ZipFile } }));
}, 30_000);
afterAll(async () => {
  forwarder.close();
  await moto.stop();
});

test("a function that is not there", async () => {
  expect(await state.function(`${functionArn}-not`)).toBeUndefined();
});

test("a function's configuration, and how it is invoked asynchronously", async () => {
  const before = await state.function(functionArn);
  expect(before?.configuration).toMatchObject({ FunctionArn: functionArn, Handler: "index.handler", Timeout: 7, Environment: { Variables: { A: "b" } } });
  expect(before?.configuration.CodeSha256).toEqual(expect.any(String));
  expect(before?.asynchronous).toEqual({ maximumRetryAttempts: 2, maximumEventAgeSeconds: 21_600 });
  await lambda.send(new PutFunctionEventInvokeConfigCommand({ FunctionName: "f", MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 60, DestinationConfig: { OnFailure: { Destination: queueArn } } }));
  expect((await state.function(functionArn))?.asynchronous).toEqual({ maximumRetryAttempts: 1, maximumEventAgeSeconds: 60, onFailure: queueArn });
});

test("mappings that are at work", async () => {
  expect(await state.mappings(account, region)).toEqual([]);
  await lambda.send(new CreateEventSourceMappingCommand({ FunctionName: "f", EventSourceArn: queueArn, FunctionResponseTypes: ["ReportBatchItemFailures"] }));
  expect(await state.mappings(account, region)).toEqual([expect.objectContaining({ EventSourceArn: queueArn, FunctionArn: functionArn, FunctionResponseTypes: ["ReportBatchItemFailures"] })]);
  expect(await state.visibilityTimeout(account, region, `https://sqs.${region}.amazonaws.com/${account}/q`)).toBe(720_000);
});

test("an answer without content leaves nothing behind on its connection", async () => {
  const headers = { authorization: `AWS4-HMAC-SHA256 Credential=A/20260101/${region}/lambda/aws4_request, SignedHeaders=host, Signature=0` };
  const { status, body } = await forwarder.pass({ method: "DELETE", headers, body: Buffer.alloc(0) }, "/2019-09-25/functions/f/event-invoke-config", account);
  expect([status, body.toString()]).toEqual([204, ""]);
  expect((await state.function(functionArn))?.asynchronous).toEqual({ maximumRetryAttempts: 2, maximumEventAgeSeconds: 21_600 });
});
