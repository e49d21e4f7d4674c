import { CloudFormationClient, CreateStackCommand } from "@aws-sdk/client-cloudformation";
import { AssumeRoleCommand, AssumeRoleWithWebIdentityCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { CloudFrontClient, CreateDistributionCommand } from "@aws-sdk/client-cloudfront";
import { CloudWatchLogsClient, CreateDeliveryCommand, DeleteDeliveryCommand, PutDeliveryDestinationCommand, PutDeliveryDestinationPolicyCommand, PutDeliverySourceCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateFlowLogsCommand, CreateTagsCommand, CreateVpcCommand, DeleteFlowLogsCommand, DescribeVpcsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { CreateLoadBalancerCommand as CreateClassic, ElasticLoadBalancingClient } from "@aws-sdk/client-elastic-load-balancing";
import { EventBridgeClient, PutEventsCommand, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { CreateAccessKeyCommand, CreateRoleCommand, CreateUserCommand, IAMClient, PutRolePolicyCommand, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { CreateKeyCommand, DescribeKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { CreateFunctionCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { AttachPolicyCommand, CreateAccountCommand, CreateOrganizationCommand, CreatePolicyCommand, EnablePolicyTypeCommand, ListRootsCommand, OrganizationsClient } from "@aws-sdk/client-organizations";
import { CreateBucketCommand, GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, PutBucketLoggingCommand, PutBucketPolicyCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateQueueCommand, SendMessageCommand, SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { startMoto, type Moto } from "../moto/start";
import { startProxy, type CloudTrailEvent, type Credentials, type Proxy } from ".";

const management = "999999999999";
let moto: Moto;
let proxy: Proxy;
const events: CloudTrailEvent[] = [];
let member = "";
let archive = "";
let organizationId = "";

function client<T>(Client: new (configuration: object) => T, credentials: Credentials, region = "us-east-1"): T {
  return new Client({ endpoint: proxy.url, region, credentials, forcePathStyle: true, maxAttempts: 1 });
}

const everything = JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } });
const trusting = (principal: object) => JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" } });

async function role(account: string, path: string, name: string, trust: object, policy = everything): Promise<string> {
  const iam = client(IAMClient, proxy.registry.root(account));
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: name, Path: path, AssumeRolePolicyDocument: trusting(trust) }));
  await iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: "rights", PolicyDocument: policy }));
  return Role?.Arn ?? "";
}

async function assume(credentials: Credentials, roleArn: string, session = "s"): Promise<Credentials> {
  const { Credentials: made } = await client(STSClient, credentials).send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: session }));
  return { accessKeyId: made?.AccessKeyId ?? "", secretAccessKey: made?.SecretAccessKey ?? "", sessionToken: made?.SessionToken ?? "" };
}

let admin: Credentials;
let exempt: Credentials;

beforeAll(async () => {
  moto = await startMoto();
  proxy = await startProxy({ motoUrl: moto.url, onEvent: (event) => events.push(event) });
  const organizations = client(OrganizationsClient, proxy.registry.root(management));
  const { Organization } = await organizations.send(new CreateOrganizationCommand({ FeatureSet: "ALL" }));
  organizationId = Organization?.Id ?? "";
  const account = async (name: string) => (await organizations.send(new CreateAccountCommand({ AccountName: name, Email: `${name}@example.com` }))).CreateAccountStatus?.AccountId ?? "";
  member = await account("member");
  archive = await account("archive");
  const root = (await organizations.send(new ListRootsCommand({}))).Roots?.[0]?.Id ?? "";
  await organizations.send(new EnablePolicyTypeCommand({ RootId: root, PolicyType: "SERVICE_CONTROL_POLICY" })).catch((error: Error) => expect(error.name).toBe("PolicyTypeAlreadyEnabledException"));
  const lock = {
    Version: "2012-10-17",
    Statement: [
      { Sid: "OurFlowLogs", Effect: "Deny", Action: ["ec2:DeleteFlowLogs"], Resource: "*", Condition: { Null: { "aws:ResourceTag/fall-log": "false" }, ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::????????????:role/fall/*" } } },
      { Sid: "OurTag", Effect: "Deny", Action: ["ec2:CreateTags", "ec2:DeleteTags"], Resource: "*", Condition: { "ForAnyValue:StringEquals": { "aws:TagKeys": "fall-log" }, ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::????????????:role/fall/*" } } },
      { Sid: "OurDeliveries", Effect: "Deny", Action: ["logs:DeleteDelivery"], Resource: "*", Condition: { Null: { "aws:ResourceTag/fall-log": "false" }, ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::????????????:role/fall/*" } } },
      { Sid: "OurRoles", Effect: "Deny", NotAction: ["iam:GetRole"], Resource: "arn:aws:iam::*:role/fall/*", Condition: { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::????????????:role/fall/*" } } },
    ],
  };
  admin = await assume(proxy.registry.root(member), await role(member, "/", "admin", { AWS: member }));
  exempt = await assume(proxy.registry.root(member), await role(member, "/fall/", "enforcer-vpc", { AWS: member }));
  const { Policy } = await organizations.send(new CreatePolicyCommand({ Name: "fall-lock", Description: "-", Type: "SERVICE_CONTROL_POLICY", Content: JSON.stringify(lock) }));
  await organizations.send(new AttachPolicyCommand({ PolicyId: Policy?.PolicySummary?.Id ?? "", TargetId: root }));
}, 60_000);
afterAll(async () => {
  await proxy.stop();
  await moto.stop();
});

const eventsNamed = (name: string) => events.filter(({ detail }) => detail.eventName === name);
const lastCall = (operation: string) => proxy.calls.filter((call) => call.operation === operation).at(-1);

test("who is asking is known by the key, and a wrong secret or unknown key is refused", async () => {
  const who = await client(STSClient, admin).send(new GetCallerIdentityCommand({}));
  expect(who.Arn).toBe(`arn:aws:sts::${member}:assumed-role/admin/s`);
  await expect(client(EC2Client, { ...admin, secretAccessKey: "x" }).send(new DescribeVpcsCommand({}))).rejects.toThrow(/signature/);
  await expect(client(EC2Client, { accessKeyId: "AKIAXXXXXXXXXXXXXXXX", secretAccessKey: "x" }).send(new DescribeVpcsCommand({}))).rejects.toMatchObject({ name: "InvalidClientTokenId" });
  expect((await fetch(`${proxy.url}/bucket/key`)).status).toBe(403);
});

test("a VPC is made in the caller's account and Region, and told as CloudTrail tells it", async () => {
  const { Vpc } = await client(EC2Client, admin, "eu-west-1").send(new CreateVpcCommand({ CidrBlock: "10.9.0.0/16", TagSpecifications: [{ ResourceType: "vpc", Tags: [{ Key: "team", Value: "a" }] }] }));
  const [event] = eventsNamed("CreateVpc");
  expect(event).toMatchObject({
    source: "aws.ec2", account: member, region: "eu-west-1", "detail-type": "AWS API Call via CloudTrail",
    detail: {
      eventSource: "ec2.amazonaws.com", awsRegion: "eu-west-1", recipientAccountId: member, readOnly: false,
      requestParameters: { cidrBlock: "10.9.0.0/16" }, responseElements: { vpc: { vpcId: Vpc?.VpcId } },
      userIdentity: { type: "AssumedRole", arn: `arn:aws:sts::${member}:assumed-role/admin/s`, sessionContext: { sessionIssuer: { arn: `arn:aws:iam::${member}:role/admin` } } },
    },
  });
  expect(lastCall("ec2:CreateVpc")?.authorisations).toMatchObject([
    { action: "ec2:CreateVpc", resource: `arn:aws:ec2:eu-west-1:${member}:vpc/*`, context: { "aws:TagKeys": ["team"], "aws:PrincipalOrgID": organizationId } },
    { action: "ec2:CreateTags", context: { "ec2:CreateAction": "CreateVpc", "aws:RequestTag/team": "a" } },
  ]);
  expect(eventsNamed("DescribeVpcs")).toEqual([]);
});

test("a flow log that carries our tag is locked, a user's own is not", async () => {
  const s3 = client(S3Client, admin);
  await s3.send(new CreateBucketCommand({ Bucket: "decoy-bucket" }));
  const ec2 = client(EC2Client, admin);
  const ours = client(EC2Client, exempt);
  const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({}));
  const flow = (bucket: string, tags: object = {}) =>
    new CreateFlowLogsCommand({ ResourceType: "VPC", ResourceIds: [Vpcs[0]?.VpcId ?? ""], TrafficType: "ALL", LogDestinationType: "s3", LogDestination: `arn:aws:s3:::${bucket}`, ...tags });
  const tagged = { TagSpecifications: [{ ResourceType: "vpc-flow-log" as const, Tags: [{ Key: "fall-log", Value: "vpc" }] }] };
  await expect(ec2.send(flow("decoy-bucket", tagged))).rejects.toMatchObject({ name: "UnauthorizedOperation" });
  const { FlowLogIds: [made = ""] = [] } = await ours.send(flow("decoy-bucket", tagged));
  await expect(ec2.send(new DeleteFlowLogsCommand({ FlowLogIds: [made] }))).rejects.toThrow(/with an explicit deny in a service control policy/);
  await expect(ec2.send(new CreateTagsCommand({ Resources: [made], Tags: [{ Key: "fall-log", Value: "x" }] }))).rejects.toMatchObject({ name: "UnauthorizedOperation" });
  const [denied] = eventsNamed("DeleteFlowLogs");
  expect(denied?.detail).toMatchObject({ errorCode: "Client.UnauthorizedOperation", requestParameters: { DeleteFlowLogsRequest: { FlowLogId: { tag: 1, content: made } } } });
  const refused = lastCall("ec2:DeleteFlowLogs");
  expect(refused).toMatchObject({ decision: "denied", status: 403 });
  expect(refused?.authorisations[0]?.layers.scp).toEqual({ verdict: "explicit-deny", by: [{ policy: "fall-lock", sid: "OurFlowLogs" }] });
  await ours.send(new DeleteFlowLogsCommand({ FlowLogIds: [made] }));
  const { FlowLogIds: [own = ""] = [] } = await ec2.send(flow("decoy-bucket"));
  await ec2.send(new DeleteFlowLogsCommand({ FlowLogIds: [own] }));
});

test("a role of ours cannot be passed, changed or made by others", async () => {
  const events = client(EventBridgeClient, admin);
  await events.send(new PutRuleCommand({ Name: "r", EventPattern: "{}" }));
  await expect(events.send(new PutTargetsCommand({ Rule: "r", Targets: [{ Id: "1", Arn: `arn:aws:sqs:us-east-1:${member}:q`, RoleArn: `arn:aws:iam::${member}:role/fall/enforcer-vpc` }] }))).rejects.toMatchObject({ name: "AccessDeniedException" });
  expect(lastCall("events:PutTargets")?.authorisations.at(-1)).toMatchObject({ action: "iam:PassRole", deniedBy: "scp", context: { "iam:PassedToService": "events.amazonaws.com" } });
  await expect(client(IAMClient, admin).send(new PutRolePolicyCommand({ RoleName: "enforcer-vpc", PolicyName: "x", PolicyDocument: everything }))).rejects.toMatchObject({ name: "AccessDenied" });
  await expect(assume(admin, `arn:aws:iam::${member}:role/fall/enforcer-vpc`)).rejects.toMatchObject({ name: "AccessDenied" });
  await expect(
    client(LambdaClient, admin).send(new CreateFunctionCommand({ FunctionName: "f", Role: `arn:aws:iam::${member}:role/fall/enforcer-vpc`, Code: { ZipFile: Buffer.from("x") }, Runtime: "nodejs22.x", Handler: "index.handler" })),
  ).rejects.toThrow(/iam:PassRole/);
});

test("a delivery goes to the archive's destination only if its policy says so, and stays", async () => {
  const archives = client(CloudWatchLogsClient, proxy.registry.root(archive));
  const { deliveryDestination } = await archives.send(new PutDeliveryDestinationCommand({ name: "fall-s3", outputFormat: "json", deliveryDestinationConfiguration: { destinationResourceArn: "arn:aws:s3:::logs" } }));
  const logs = client(CloudWatchLogsClient, exempt);
  const bucket = "arn:aws:s3:::decoy-bucket";
  await logs.send(new PutDeliverySourceCommand({ name: "fall-s3-a", resourceArn: bucket, logType: "S3_SERVER_ACCESS_LOGS", tags: { "fall-log": "s3" } }));
  expect(lastCall("logs:PutDeliverySource")?.authorisations).toMatchObject([
    { action: "logs:PutDeliverySource", resource: `arn:aws:logs:us-east-1:${member}:delivery-source:fall-s3-a`, context: { "logs:LogGeneratingResourceArns": bucket } },
    { action: "s3:AllowVendedLogDeliveryForResource", resource: bucket },
  ]);
  const create = new CreateDeliveryCommand({ deliverySourceName: "fall-s3-a", deliveryDestinationArn: deliveryDestination?.arn ?? "", tags: { "fall-log": "s3" } });
  await expect(logs.send(create)).rejects.toThrow(/because no resource-based policy allows/);
  await archives.send(
    new PutDeliveryDestinationPolicyCommand({
      deliveryDestinationName: "fall-s3",
      deliveryDestinationPolicy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: "*", Action: "logs:CreateDelivery", Resource: deliveryDestination?.arn, Condition: { StringEquals: { "aws:PrincipalOrgID": organizationId } } }] }),
    }),
  );
  const { delivery } = await logs.send(create);
  await expect(client(CloudWatchLogsClient, admin).send(new DeleteDeliveryCommand({ id: delivery?.id ?? "" }))).rejects.toThrow(/service control policy/);
  await expect(client(CloudWatchLogsClient, proxy.registry.root(member)).send(new DeleteDeliveryCommand({ id: delivery?.id ?? "" }))).rejects.toThrow(/service control policy/);
  await logs.send(new DeleteDeliveryCommand({ id: delivery?.id ?? "" }));
});

test("Amazon S3 by path, with bodies in XML, across accounts by the bucket's policy", async () => {
  const owner = client(S3Client, proxy.registry.root(archive), "eu-west-1");
  await owner.send(new CreateBucketCommand({ Bucket: "archive-logs", CreateBucketConfiguration: { LocationConstraint: "eu-west-1" } }));
  expect(lastCall("s3:CreateBucket")?.authorisations[0]).toMatchObject({ resource: "arn:aws:s3:::archive-logs", context: { "s3:LocationConstraint": "eu-west-1" } });
  const s3 = client(S3Client, admin, "eu-west-1");
  const put = new PutObjectCommand({ Bucket: "archive-logs", Key: "a/b c+d.txt", Body: "x" });
  await expect(s3.send(put)).rejects.toMatchObject({ name: "AccessDenied" });
  await owner.send(new PutBucketPolicyCommand({ Bucket: "archive-logs", Policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: member }, Action: ["s3:PutObject", "s3:GetObject"], Resource: "arn:aws:s3:::archive-logs/*" }, { Effect: "Allow", Principal: { Service: "delivery.logs.amazonaws.com" }, Action: "s3:PutObject", Resource: `arn:aws:s3:::archive-logs/AWSLogs/${member}/*`, Condition: { StringEquals: { "aws:SourceOrgID": organizationId } } }] }) }));
  await s3.send(put);
  expect(await (await s3.send(new GetObjectCommand({ Bucket: "archive-logs", Key: "a/b c+d.txt" }))).Body?.transformToString()).toBe("x");
  // Whose bucket it is does not hang on the key.
  await expect(client(S3Client, proxy.registry.root(management)).send(new GetObjectCommand({ Bucket: "archive-logs", Key: "a/*?" }))).rejects.toMatchObject({ name: "AccessDenied" });
  await expect(s3.send(new ListObjectsV2Command({ Bucket: "archive-logs" }))).rejects.toMatchObject({ name: "AccessDenied" });
  expect(lastCall("s3:ListObjectsV2")?.authorisations[0]?.action).toBe("s3:ListBucket");
  await s3.send(new PutBucketLoggingCommand({ Bucket: "decoy-bucket", BucketLoggingStatus: {} }));
  expect(lastCall("s3:PutBucketLogging")?.parameters).toMatchObject({ Bucket: "decoy-bucket", BucketLoggingStatus: {} });
  expect(eventsNamed("PutBucketLogging")[0]?.detail["requestParameters"]).toMatchObject({ bucketName: "decoy-bucket", logging: "", Host: "decoy-bucket.s3.amazonaws.com" });
  const write = { service: "delivery.logs.amazonaws.com", action: "s3:PutObject", resource: `arn:aws:s3:::archive-logs/AWSLogs/${member}/vpcflowlogs/x`, region: "eu-west-1" };
  expect((await proxy.authorise({ ...write, sourceAccount: member })).decision).toBe("allowed");
  expect((await proxy.authorise({ ...write, sourceAccount: "333333333333" })).decision).toBe("denied");
  expect(eventsNamed("PutObject")).toEqual([]);
});

test("queues, buses and keys of another account are reached by their ARN or URL", async () => {
  const root = proxy.registry.root(archive);
  const { QueueUrl = "" } = await client(SQSClient, root).send(new CreateQueueCommand({ QueueName: "q" }));
  expect(QueueUrl.startsWith(proxy.url)).toBe(true);
  const send = new SendMessageCommand({ QueueUrl, MessageBody: "m" });
  await expect(client(SQSClient, admin).send(send)).rejects.toThrow(/resource-based policy/);
  await client(SQSClient, root).send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: member }, Action: "sqs:SendMessage", Resource: "*" }] }) } }));
  expect((await client(SQSClient, admin).send(send)).MessageId).toBeDefined();
  await expect(client(EventBridgeClient, admin).send(new PutEventsCommand({ Entries: [{ EventBusName: `arn:aws:events:us-east-1:${archive}:event-bus/default`, Source: "fall", DetailType: "d", Detail: "{}" }] }))).rejects.toThrow(/events:PutEvents/);
  const { KeyMetadata } = await client(KMSClient, root).send(new CreateKeyCommand({}));
  await expect(client(KMSClient, admin).send(new DescribeKeyCommand({ KeyId: KeyMetadata?.Arn }))).rejects.toThrow(/kms:DescribeKey/);
});

test("CloudFront and the classic load balancer, whose APIs are XML and older", async () => {
  const { Distribution } = await client(CloudFrontClient, admin, "eu-west-1").send(
    new CreateDistributionCommand({ DistributionConfig: { CallerReference: "1", Comment: "c", Enabled: true, Origins: { Quantity: 1, Items: [{ Id: "o", DomainName: "o.example.com", CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: "https-only" } }] }, DefaultCacheBehavior: { TargetOriginId: "o", ViewerProtocolPolicy: "https-only", MinTTL: 0, ForwardedValues: { QueryString: false, Cookies: { Forward: "none" } } } } }),
  );
  expect(eventsNamed("CreateDistribution")[0]).toMatchObject({ region: "us-east-1", detail: { requestParameters: { distributionConfig: { callerReference: "1", enabled: true } }, responseElements: { distribution: { id: Distribution?.Id, aRN: Distribution?.ARN } } } });
  await client(ElasticLoadBalancingClient, admin).send(new CreateClassic({ LoadBalancerName: "old", AvailabilityZones: ["us-east-1a"], Listeners: [{ Protocol: "HTTP", LoadBalancerPort: 80, InstancePort: 80 }], Tags: [{ Key: "a", Value: "b" }] }));
  expect(eventsNamed("CreateLoadBalancer")[0]?.detail).toMatchObject({ apiVersion: "2012-06-01", requestParameters: { loadBalancerName: "old", listeners: [{ protocol: "HTTP", loadBalancerPort: 80 }] }, responseElements: { dNSName: expect.any(String) } });
  expect(lastCall("elasticloadbalancing:CreateLoadBalancer")?.authorisations.map(({ action, resource }) => [action, resource.split(":").at(-1)])).toEqual([
    ["elasticloadbalancing:CreateLoadBalancer", "loadbalancer/old"],
    ["elasticloadbalancing:AddTags", "loadbalancer/old"],
  ]);
});

test("a user's own access key works, with the user's rights", async () => {
  const iam = client(IAMClient, admin);
  await iam.send(new CreateUserCommand({ UserName: "ann", Path: "/people/" }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "ann" }));
  const credentials = { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
  const vpcs = client(EC2Client, credentials);
  await expect(vpcs.send(new DescribeVpcsCommand({}))).rejects.toThrow(`User: arn:aws:iam::${member}:user/people/ann is not authorized to perform: ec2:DescribeVpcs because no identity-based policy allows`);
  await iam.send(new PutUserPolicyCommand({ UserName: "ann", PolicyName: "p", PolicyDocument: everything }));
  await vpcs.send(new DescribeVpcsCommand({}));
  expect(JSON.stringify(eventsNamed("CreateAccessKey"))).not.toContain(AccessKey?.SecretAccessKey);
});

test("a service takes on a role that trusts it, and a caller keeps its identity behind a service", async () => {
  const arn = await role(member, "/", "f", { Service: "lambda.amazonaws.com" });
  const session = await proxy.assumeAsService({ service: "lambda.amazonaws.com", roleArn: arn, sessionName: "fn" });
  expect((await client(STSClient, session).send(new GetCallerIdentityCommand({}))).Arn).toBe(`arn:aws:sts::${member}:assumed-role/f/fn`);
  await expect(proxy.assumeAsService({ service: "ec2.amazonaws.com", roleArn: arn, sessionName: "fn" })).rejects.toThrow(/sts:AssumeRole/);
  await client(EC2Client, proxy.registry.via(admin, "cloudformation.amazonaws.com")).send(new DescribeVpcsCommand({}));
  expect(lastCall("ec2:DescribeVpcs")?.authorisations[0]?.context).toMatchObject({ "aws:ViaAWSService": "true", "aws:CalledViaFirst": "cloudformation.amazonaws.com", "aws:PrincipalArn": `arn:aws:iam::${member}:role/admin` });
});

test("faults strike the call they name, as often as they are told to", async () => {
  const ec2 = client(EC2Client, admin);
  proxy.faults.add({ operation: "ec2:DescribeVpcs", from: 2, times: 1, kind: "throttle", account: member });
  await ec2.send(new DescribeVpcsCommand({}));
  await expect(ec2.send(new DescribeVpcsCommand({}))).rejects.toMatchObject({ name: "RequestLimitExceeded" });
  await ec2.send(new DescribeVpcsCommand({}));
  proxy.faults.add({ operation: "ec2:*", kind: "reset" });
  await expect(ec2.send(new DescribeVpcsCommand({}))).rejects.toThrow();
  expect(proxy.faults.clear().map(({ struck }) => struck)).toEqual([1, 1]);
});

test("a client of this process is answered as one over a connection, and judged as strictly", async () => {
  const { url: endpoint, requestHandler } = proxy;
  const within = (credentials: Credentials) => new S3Client({ endpoint, requestHandler, region: "us-east-1", credentials, forcePathStyle: true, maxAttempts: 1 });
  const owner = within(proxy.registry.root(archive));
  await owner.send(new CreateBucketCommand({ Bucket: "two-ways" }));
  const Key = "a b/ü+(1)'!";
  const at = { Bucket: "two-ways", Key };
  await owner.send(new PutObjectCommand({ ...at, Body: "text" }));
  await owner.send(new PutObjectCommand({ Bucket: "two-ways", Key: "bytes", Body: Buffer.from([0, 255]) }));
  const told = async (s3: S3Client) => {
    const { Contents = [], KeyCount } = await s3.send(new ListObjectsV2Command({ Bucket: "two-ways", Prefix: "a b/ü" }));
    const { ContentLength, ETag } = await s3.send(new HeadObjectCommand(at));
    const { Body } = await s3.send(new GetObjectCommand(at));
    return { keys: Contents.map((one) => one.Key), KeyCount, ContentLength, ETag, body: await Body?.transformToString() };
  };
  const found = await told(owner);
  expect(found).toMatchObject({ keys: [Key], body: "text" });
  expect(found).toEqual(await told(client(S3Client, proxy.registry.root(archive))));
  expect([...(await (await owner.send(new GetObjectCommand({ Bucket: "two-ways", Key: "bytes" }))).Body!.transformToByteArray())]).toEqual([0, 255]);
  await expect(within(admin).send(new GetObjectCommand(at))).rejects.toMatchObject({ name: "AccessDenied" });
  await expect(within({ ...proxy.registry.root(archive), secretAccessKey: "wrong" }).send(new GetObjectCommand(at))).rejects.toMatchObject({ name: "SignatureDoesNotMatch" });
  proxy.faults.add({ operation: "s3:GetObject", kind: "reset" });
  await expect(owner.send(new GetObjectCommand(at))).rejects.toMatchObject({ code: "ECONNRESET" });
  proxy.faults.clear();
});

test("the lab may play a service, after the call has been allowed", async () => {
  proxy.handlers["ec2:DescribeVpcs"] = async ({ call, forward }) => {
    expect(call.decision).toBe("allowed");
    const answer = await forward();
    return { ...answer, body: answer.body.toString().replace(/<vpcId>.*?<\/vpcId>/g, "<vpcId>vpc-lab</vpcId>") };
  };
  const { Vpcs } = await client(EC2Client, admin).send(new DescribeVpcsCommand({}));
  delete proxy.handlers["ec2:DescribeVpcs"];
  expect(Vpcs?.[0]?.VpcId).toBe("vpc-lab");
});

test("an outsider whom a bucket's own policy lets in is refused by the resource control policy", async () => {
  const organizations = client(OrganizationsClient, proxy.registry.root(management));
  const owner = client(S3Client, proxy.registry.root(archive));
  await owner.send(new CreateBucketCommand({ Bucket: "open-bucket" }));
  await owner.send(new PutBucketPolicyCommand({ Bucket: "open-bucket", Policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:*", Resource: ["arn:aws:s3:::open-bucket", "arn:aws:s3:::open-bucket/*"] }] }) }));
  const outsider = client(S3Client, proxy.registry.root("333333333333"));
  const put = new PutObjectCommand({ Bucket: "open-bucket", Key: "k", Body: "x" });
  await outsider.send(put);
  const root = (await organizations.send(new ListRootsCommand({}))).Roots?.[0]?.Id ?? "";
  await organizations.send(new EnablePolicyTypeCommand({ RootId: root, PolicyType: "RESOURCE_CONTROL_POLICY" }));
  const outsiders = { Version: "2012-10-17", Statement: [{ Sid: "Outsiders", Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*", Condition: { StringNotEqualsIfExists: { "aws:PrincipalOrgID": organizationId }, BoolIfExists: { "aws:PrincipalIsAWSService": "false" } } }] };
  const { Policy } = await organizations.send(new CreatePolicyCommand({ Name: "fall-ours", Description: "-", Type: "RESOURCE_CONTROL_POLICY", Content: JSON.stringify(outsiders) }));
  await organizations.send(new AttachPolicyCommand({ PolicyId: Policy?.PolicySummary?.Id ?? "", TargetId: archive }));
  await expect(outsider.send(put)).rejects.toThrow(/with an explicit deny in a resource control policy/);
  expect(lastCall("s3:PutObject")?.authorisations[0]?.layers.rcp.by).toEqual([{ policy: "fall-ours", sid: "Outsiders" }]);
  await client(S3Client, admin).send(put);
});

test("a CI job takes on a role by its provider's token, and only the subject that the role trusts", async () => {
  const provider = "token.actions.githubusercontent.com";
  const subject = "repo:acme/fall:environment:delegated";
  const iam = client(IAMClient, proxy.registry.root(archive));
  const trust = { Effect: "Allow", Principal: { Federated: `arn:aws:iam::${archive}:oidc-provider/${provider}` }, Action: "sts:AssumeRoleWithWebIdentity", Condition: { StringEquals: { [`${provider}:aud`]: "sts.amazonaws.com", [`${provider}:sub`]: subject } } };
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: "deploy", AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [trust] }) }));
  const token = (sub: string) => `e30.${Buffer.from(JSON.stringify({ iss: `https://${provider}`, aud: "sts.amazonaws.com", sub })).toString("base64url")}.`;
  const sts = new STSClient({ endpoint: proxy.url, region: "us-east-1", maxAttempts: 1, credentials: { accessKeyId: "none", secretAccessKey: "none" } });
  const ask = (sub: string) => sts.send(new AssumeRoleWithWebIdentityCommand({ RoleArn: Role?.Arn ?? "", RoleSessionName: "ci", WebIdentityToken: token(sub) }));
  await expect(ask("repo:mallory/fork:environment:delegated")).rejects.toMatchObject({ name: "AccessDenied" });
  const { Credentials: made } = await ask(subject);
  const session = { accessKeyId: made?.AccessKeyId ?? "", secretAccessKey: made?.SecretAccessKey ?? "", sessionToken: made?.SessionToken ?? "" };
  expect((await client(STSClient, session).send(new GetCallerIdentityCommand({}))).Arn).toBe(`arn:aws:sts::${archive}:assumed-role/deploy/ci`);
});

test("CloudFormation is not left to moto, which would deploy past the proxy", async () => {
  await expect(client(CloudFormationClient, admin).send(new CreateStackCommand({ StackName: "s", TemplateBody: "{}" }))).rejects.toThrow(/past the proxy/);
});

test("management is bound by no service control policy", async () => {
  const s3 = client(S3Client, proxy.registry.root(management));
  await s3.send(new CreateBucketCommand({ Bucket: "management-bucket" }));
  expect(lastCall("s3:CreateBucket")?.authorisations[0]?.layers.scp.verdict).toBe("not-applicable");
});
