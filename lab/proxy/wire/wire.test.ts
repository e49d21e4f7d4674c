import { modelOf } from "../models";
import { identify } from "../operation";
import { fromQuery } from "./query";
import { matchRoute, type HttpRequest } from "./rest";
import { escape, find, fromXml, parseXml } from "./xml";

const request = (method: string, url: string, body = "", headers: Record<string, string> = {}): HttpRequest => {
  const [path = "", query = ""] = url.split("?");
  return { method, path, query: new URLSearchParams(query), headers, body: Buffer.from(body) };
};

const s3Routes: [method: string, url: string, operation: string, headers?: Record<string, string>][] = [
  ["GET", "/", "ListBuckets"],
  ["PUT", "/b", "CreateBucket"],
  ["PUT", "/b/", "CreateBucket"],
  ["HEAD", "/b", "HeadBucket"],
  ["GET", "/b?list-type=2&prefix=a", "ListObjectsV2"],
  ["GET", "/b", "ListObjects"],
  ["PUT", "/b?logging", "PutBucketLogging"],
  ["GET", "/b?logging", "GetBucketLogging"],
  ["DELETE", "/b?encryption", "DeleteBucketEncryption"],
  ["PUT", "/b/a/b%20c?x-id=PutObject", "PutObject"],
  ["PUT", "/b/k", "CopyObject", { "x-amz-copy-source": "c/k" }],
  ["PUT", "/b/k?partNumber=1&uploadId=u", "UploadPart"],
  ["GET", "/b/k?tagging", "GetObjectTagging"],
  ["POST", "/b?delete", "DeleteObjects"],
  ["GET", "/b?versions", "ListObjectVersions"],
];
test.each(s3Routes.map(([method, url, operation, headers]) => [method, url, operation, headers] as const))("Amazon S3's %s %s is %s", (method, url, operation, headers = {}) => {
  expect(matchRoute(modelOf("s3"), request(method, url, "", headers))?.operation.name).toBe(operation);
});

test("a path's labels are decoded, a greedy one whole", () => {
  expect(matchRoute(modelOf("s3"), request("PUT", "/b/a/b%20c%2Bd"))?.labels).toEqual({ Bucket: "b", Key: "a/b c+d" });
  expect(matchRoute(modelOf("lambda"), request("POST", "/2015-03-31/functions/arn%3Aaws%3Alambda/invocations"))?.labels).toEqual({ FunctionName: "arn:aws:lambda" });
});

test("EC2's form: lists flattened, names capitalised, numbers and booleans typed", () => {
  const form = new URLSearchParams("Action=CreateFlowLogs&ResourceId.1=vpc-1&ResourceId.2=vpc-2&MaxAggregationInterval=60&DryRun=true&TagSpecification.1.ResourceType=vpc-flow-log&TagSpecification.1.Tag.1.Key=k&TagSpecification.1.Tag.1.Value=a.b");
  const { shapes } = modelOf("ec2");
  expect(fromQuery(form, "CreateFlowLogsRequest", shapes, true)).toEqual({
    ResourceIds: ["vpc-1", "vpc-2"], MaxAggregationInterval: 60, DryRun: true, TagSpecifications: [{ ResourceType: "vpc-flow-log", Tags: [{ Key: "k", Value: "a.b" }] }],
  });
});

test("the query form: lists of members, structures, old and new load balancers told by their version", () => {
  const identified = (body: string) => identify("elasticloadbalancing", request("POST", "/", body, { "content-type": "application/x-www-form-urlencoded; charset=utf-8" }));
  expect(identified("Action=CreateLoadBalancer&Version=2012-06-01&LoadBalancerName=n&Listeners.member.1.Protocol=HTTP&Listeners.member.1.LoadBalancerPort=80")).toMatchObject({
    model: { directory: "elb" }, parameters: { LoadBalancerName: "n", Listeners: [{ Protocol: "HTTP", LoadBalancerPort: 80 }] },
  });
  expect(identified("Action=CreateLoadBalancer&Version=2015-12-01&Name=n&Subnets.member.1=a&Subnets.member.2=b")).toMatchObject({ model: { directory: "elbv2" }, parameters: { Name: "n", Subnets: ["a", "b"] } });
});

test("JSON by its target, REST JSON by its path", () => {
  expect(identify("logs", request("POST", "/", '{"id":"x"}', { "x-amz-target": "Logs_20140328.DeleteDelivery" }))).toMatchObject({ operation: { name: "DeleteDelivery" }, parameters: { id: "x" } });
  expect(identify("lambda", request("PUT", "/2017-10-31/functions/f/concurrency", '{"ReservedConcurrentExecutions":0}'))).toMatchObject({ operation: { name: "PutFunctionConcurrency" }, parameters: { FunctionName: "f", ReservedConcurrentExecutions: 0 } });
});

test("an operation or a service that no model knows is an error", () => {
  expect(() => identify("logs", request("POST", "/", "{}", { "x-amz-target": "Logs_20140328.NoSuch" }))).toThrow("NoSuch");
  expect(() => identify("nosuch", request("GET", "/"))).toThrow("nosuch");
  expect(() => identify("lambda", request("GET", "/no/such/path"))).toThrow("/no/such/path");
});

test("XML with entities, CDATA, comments, attributes and namespaces", () => {
  const root = parseXml('<?xml version="1.0"?><!-- c --><a:Root xmlns:a="u" b="x>y"><Name>1 &lt; 2 &amp;&#x41;</Name><Empty/><![CDATA[<raw>]]></a:Root>');
  expect(root).toMatchObject({ name: "Root", text: "<raw>", children: [{ name: "Name", text: "1 < 2 &A" }, { name: "Empty", text: "" }] });
  expect(parseXml(`<a>${escape("<&>\"")}</a>`)?.text).toBe("<&>\"");
});

test("an XML answer becomes what its shape says, EC2's lists included", () => {
  const { shapes } = modelOf("ec2");
  const root = parseXml("<DescribeVpcsResponse><vpcSet><item><vpcId>vpc-1</vpcId><isDefault>true</isDefault></item><item><vpcId>vpc-2</vpcId></item></vpcSet></DescribeVpcsResponse>");
  expect(fromXml(root as NonNullable<typeof root>, "DescribeVpcsResult", shapes)).toEqual({ Vpcs: [{ VpcId: "vpc-1", IsDefault: true }, { VpcId: "vpc-2" }] });
  expect(find(root, "isDefault")?.text).toBe("true");
});
