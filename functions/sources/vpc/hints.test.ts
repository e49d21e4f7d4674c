import { vpcHints } from "./hints";

const vpc = "vpc-0a1b2c3d4e5f60718";

test.each<[string, object, readonly string[] | undefined]>([
  ["CreateVpc", { requestParameters: { cidrBlock: "10.0.0.0/16" }, responseElements: { vpc: { vpcId: vpc, ownerId: "1" } } }, [vpc]],
  ["CreateVpc", { responseElements: { vpc: { vpcId: "vpc-1a2b3c4d" } } }, ["vpc-1a2b3c4d"]],
  ["CreateVpc", { requestParameters: { cidrBlock: "10.0.0.0/16" }, responseElements: null }, undefined],
  ["CreateDefaultVpc", { responseElements: { CreateDefaultVpcResponse: { vpc: { vpcId: vpc } } } }, [vpc]],
  ["CreateFlowLogs", { requestParameters: { CreateFlowLogsRequest: { ResourceId: { tag: 1, content: vpc } } }, responseElements: { flowLogIdSet: { item: "fl-0a1b2c3d4e5f60718" } } }, [vpc]],
  ["CreateFlowLogs", { requestParameters: { CreateFlowLogsRequest: { ResourceId: { tag: 1, content: "subnet-0a1b2c3d4e5f60718" } } } }, []],
  ["CreateFlowLogs", {}, undefined],
  ["DeleteFlowLogs", { requestParameters: { DeleteFlowLogsRequest: { FlowLogId: { tag: 1, content: "fl-0a1b2c3d4e5f60718" } } } }, undefined],
  ["DeleteTags", { requestParameters: { resourcesSet: { items: [{ resourceId: vpc }, { resourceId: "i-0a1b2c3d4e5f60718" }] } } }, [vpc]],
  ["DeleteTags", { requestParameters: { resourcesSet: { items: [{ resourceId: "fl-0a1b2c3d4e5f60718" }] } } }, undefined],
  ["DeleteTags", { requestParameters: { resourcesSet: { items: [{ resourceId: "i-0a1b2c3d4e5f60718" }] } } }, []],
  ["DeleteTags", { requestParameters: { resourcesSet: { items: [{ resourceId: "vpce-0a1b2c3d4e5f60718" }] } } }, []],
  ["DeleteTags", {}, undefined],
])("%s %j", (eventName, detail, expected) => expect(vpcHints({ eventName, ...detail })).toEqual(expected));
