import { resolverHints } from "./hints";

const vpc = "vpc-0a1b2c3d4e5f60718";
const arn = (type: string) => `arn:aws:route53resolver:us-east-1:444444444444:${type}/rslvr-0a1b2c3d4e5f60718`;

test.each<[string, object, readonly string[] | undefined]>([
  ["CreateVpc", { responseElements: { vpc: { vpcId: vpc } } }, [vpc]],
  ["DisassociateResolverQueryLogConfig", { requestParameters: { resolverQueryLogConfigId: "rqlc-1", resourceId: vpc } }, [vpc]],
  ["AssociateResolverQueryLogConfig", {}, undefined],
  ["DeleteResolverQueryLogConfig", { requestParameters: { resolverQueryLogConfigId: "rqlc-0a1b2c3d4e5f60718" } }, undefined],
  ["UntagResource", { requestParameters: { resourceArn: arn("resolver-query-log-config") } }, undefined],
  ["UntagResource", { requestParameters: { resourceArn: arn("resolver-rule") } }, []],
  ["UntagResource", {}, undefined],
  ["DeleteTags", { requestParameters: { resourcesSet: { items: [{ resourceId: "i-0a1b2c3d4e5f60718" }] } } }, []],
  ["DeleteTags", {}, undefined],
])("%s %j", (eventName, detail, expected) => expect(resolverHints({ eventName, ...detail })).toEqual(expected));
