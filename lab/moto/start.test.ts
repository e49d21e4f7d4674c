import { CloudWatchLogsClient, CreateDeliveryCommand, DescribeDeliverySourcesCommand, PutDeliveryDestinationCommand, PutDeliverySourceCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateFlowLogsCommand, DescribeSubnetsCommand, DescribeVpcsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { CreateLoadBalancerCommand, ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { EventBridgeClient, PutEventsCommand, PutRuleCommand } from "@aws-sdk/client-eventbridge";
import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { CreateAccountCommand, CreateOrganizationCommand, OrganizationsClient } from "@aws-sdk/client-organizations";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { CreateTableCommand, DynamoDBClient, PutItemCommand, QueryCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { startMoto, type Moto } from "./start";

let moto: Moto;
beforeAll(async () => {
  moto = await startMoto();
}, 30_000);
afterAll(() => moto.stop());

/** Moto takes any 12 digits as an access key that stands for that account; the proxy is what knows real ones. */
function client<T>(Client: new (configuration: object) => T, account = "111111111111"): T {
  const made = new Client({ endpoint: moto.url, region: "us-east-1", forcePathStyle: true, maxAttempts: 1, credentials: { accessKeyId: "A", secretAccessKey: "a" } });
  const stack = (made as { middlewareStack: { add(m: unknown, o: object): void } }).middlewareStack;
  stack.add((next: (a: { request: { headers: Record<string, string> } }) => unknown) => (args: { request: { headers: Record<string, string> } }) => {
    args.request.headers["x-moto-account-id"] = account;
    return next(args);
  }, { step: "build" });
  return made;
}


test("every bridge says what moto lacks and what is done", () => {
  expect(moto.bridges.length).toBeGreaterThan(5);
  for (const bridge of moto.bridges) expect(bridge).toEqual({ name: expect.stringMatching(/^[a-z-]+$/), lacks: expect.any(String), does: expect.any(String) });
});

test("a load balancer has one delivery source a log type, and delivers to another account", async () => {
  const logs = client(CloudWatchLogsClient);
  const archive = client(CloudWatchLogsClient, "222222222222");
  const { Subnets = [] } = await client(EC2Client).send(new DescribeSubnetsCommand({}));
  const { LoadBalancers = [] } = await client(ElasticLoadBalancingV2Client).send(new CreateLoadBalancerCommand({ Name: "a", Subnets: Subnets.slice(0, 2).map(({ SubnetId = "" }) => SubnetId) }));
  const balancer = LoadBalancers[0]?.LoadBalancerArn ?? "";
  await logs.send(new PutDeliverySourceCommand({ name: "a", resourceArn: balancer, logType: "ALB_ACCESS_LOGS" }));
  await logs.send(new PutDeliverySourceCommand({ name: "b", resourceArn: balancer, logType: "ALB_CONNECTION_LOGS", tags: { mine: "yes" } }));
  await expect(logs.send(new PutDeliverySourceCommand({ name: "c", resourceArn: balancer, logType: "ALB_ACCESS_LOGS" }))).rejects.toMatchObject({
    name: "ConflictException",
    message: "This ResourceId has already been used in another Delivery Source in this account.",
  });
  await expect(logs.send(new PutDeliverySourceCommand({ name: "d", resourceArn: balancer, logType: "NLB_ACCESS_LOGS" }))).rejects.toMatchObject({ name: "ValidationException" });
  const made = await archive.send(new PutDeliveryDestinationCommand({ name: "to", outputFormat: "json", deliveryDestinationConfiguration: { destinationResourceArn: "arn:aws:s3:::b" } }));
  const { delivery } = await logs.send(new CreateDeliveryCommand({ deliverySourceName: "a", deliveryDestinationArn: made.deliveryDestination?.arn ?? "" }));
  expect(delivery?.deliveryDestinationArn).toBe("arn:aws:logs:us-east-1:222222222222:delivery-destination:to");
  const page = await logs.send(new DescribeDeliverySourcesCommand({ limit: 1 }));
  expect(page.deliverySources).toHaveLength(1);
  const rest = await logs.send(new DescribeDeliverySourcesCommand({ nextToken: page.nextToken }));
  expect(rest.deliverySources?.map(({ tags }) => tags)).toEqual([{ mine: "yes" }]);
});

test("a third flow log of one VPC is refused", async () => {
  const s3 = client(S3Client);
  const ec2 = client(EC2Client);
  const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({}));
  const make = async (bucket: string) => {
    await s3.send(new CreateBucketCommand({ Bucket: bucket }));
    return ec2.send(new CreateFlowLogsCommand({ ResourceType: "VPC", ResourceIds: [Vpcs[0]?.VpcId ?? ""], TrafficType: "ALL", LogDestinationType: "s3", LogDestination: `arn:aws:s3:::${bucket}` }));
  };
  expect((await make("first")).FlowLogIds).toHaveLength(1);
  expect((await make("second")).FlowLogIds).toHaveLength(1);
  expect((await make("third")).Unsuccessful).toMatchObject([{ Error: { Code: "FlowLogsLimitExceeded" } }]);
});

test("an AWS managed policy can be attached", async () => {
  const iam = client(IAMClient);
  await iam.send(new CreateRoleCommand({ RoleName: "r", AssumeRolePolicyDocument: "{}" }));
  await iam.send(new AttachRolePolicyCommand({ RoleName: "r", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }));
});

test("whoever waits for a queue's messages keeps nobody else from sending one", async () => {
  const sqs = client(SQSClient);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "waited-for" }));
  const waiting = sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "at last" }));
  expect((await waiting).Messages?.map(({ Body }) => Body)).toEqual(["at last"]);
});

test("at the lab's pace a wait for messages that do not come is soon over", async () => {
  const quick = await startMoto({ second: 1 });
  const waited = async (endpoint: string, WaitTimeSeconds: number, what: string) => {
    const sqs = new SQSClient({ endpoint, region: "us-east-1", credentials: { accessKeyId: "A", secretAccessKey: "a" }, maxAttempts: 1 });
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "empty" }));
    return sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds })).then(({ Messages }) => ({ what, Messages }));
  };
  const slow = waited(moto.url, 5, "at AWS's pace");
  expect(await Promise.race([slow, waited(quick.url, 20, "at the lab's")])).toEqual({ what: "at the lab's", Messages: undefined });
  await Promise.all([slow, quick.stop()]);
}, 120_000);

test("events are matched while rules come and go", async () => {
  const events = client(EventBridgeClient);
  const entry = { Source: "own", DetailType: "own", Detail: JSON.stringify({ own: "own" }) };
  const work = Array.from({ length: 40 }, (_, index) => [
    events.send(new PutRuleCommand({ Name: `own-${index}`, EventPattern: '{"source":["own"]}' })),
    events.send(new PutEventsCommand({ Entries: Array.from({ length: 10 }, () => entry) })),
  ]);
  await expect(Promise.all(work.flat())).resolves.toHaveLength(80);
});

test("a query finds what is under its hash key alone, in the order of the range keys", async () => {
  const table = client(DynamoDBClient);
  const KeySchema = [{ AttributeName: "pk", KeyType: "HASH" as const }, { AttributeName: "sk", KeyType: "RANGE" as const }];
  const AttributeDefinitions = KeySchema.map(({ AttributeName }) => ({ AttributeName, AttributeType: "S" as const }));
  await table.send(new CreateTableCommand({ TableName: "t", BillingMode: "PAY_PER_REQUEST", KeySchema, AttributeDefinitions }));
  for (const [pk, sk] of ["b2", "a3", "a1", "a2", "b1"].map((key) => [...key])) await table.send(new PutItemCommand({ TableName: "t", Item: { pk: { S: pk! }, sk: { S: sk! } } }));
  const under = async (pk: string, more: object = {}) =>
    (await table.send(new QueryCommand({ TableName: "t", KeyConditionExpression: "pk = :pk", ExpressionAttributeValues: { ":pk": { S: pk } }, ...more }))).Items?.map(({ sk }) => sk?.S).join("");
  expect(await under("a")).toBe("123");
  expect(await under("a", { ScanIndexForward: false, Limit: 2 })).toBe("32");
  expect(await under("c")).toBe("");
  expect((await table.send(new ScanCommand({ TableName: "t" }))).Items).toHaveLength(5);
});

test("the same seed gives the same accounts, however early it comes", async () => {
  const first = async () => {
    const emulator = await startMoto();
    await fetch(`${emulator.url}/moto-api/seed?a=1`, { method: "POST" });
    const organizations = new OrganizationsClient({ endpoint: emulator.url, region: "us-east-1", credentials: { accessKeyId: "A", secretAccessKey: "a" } });
    await organizations.send(new CreateOrganizationCommand({ FeatureSet: "ALL" }));
    const { CreateAccountStatus } = await organizations.send(new CreateAccountCommand({ AccountName: "a", Email: "a@example.com" }));
    await emulator.stop();
    return CreateAccountStatus?.AccountId;
  };
  const id = await first();
  expect(id).toMatch(/^\d{12}$/);
  expect(await first()).toBe(id);
}, 120_000);
