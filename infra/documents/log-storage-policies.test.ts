import { ordinary, peopled } from "./configurations-for-tests";
import { deliveryDestinationPolicy } from "./delivery-destination-policy";
import { logBucketPolicy } from "./log-bucket-policy";
import { logKeyPolicy } from "./log-key-policy";
import type { PolicyDocument, Statement } from "./policy";
import { resourceControlPolicies } from "./resource-control-policies";
import { codeBucketPolicy } from "./code-bucket-policy";
import { breakGlassTrust, deployTrust } from "./trust-policies";
import { trailKeyPolicy } from "./trail-key-policy";
import { sources } from "../../functions/sources";
import { serviceWritersIn } from "./service-writers";
import { holdsTrail, kindsIn, lookersAmong, widest, writersOf } from "./writers";
import type { LogKind } from "../../functions/sources/log-source";

const list = (value: string | readonly string[] | undefined): readonly string[] => (value === undefined ? [] : [value].flat());
const named = (policy: PolicyDocument, sid: string): Statement => {
  const found = policy.Statement.find(({ Sid }) => Sid === sid);
  if (!found) throw new Error(`no ${sid} among ${policy.Statement.map(({ Sid }) => Sid).join(", ")}`);
  return found;
};
const sids = ({ Statement }: PolicyDocument) => Statement.map(({ Sid }) => Sid);
const kms = logBucketPolicy(ordinary, "us-east-1", "kms");

/** Whether the ARN's key is this one, or one that takes it in. */
const takesIn = (arn: string, key: string) => widest([arn.slice(arn.indexOf("/") + 1), key])[0] === arn.slice(arn.indexOf("/") + 1);

describe("log bucket", () => {
  test("every kind of log of the table may be written, by its own service, for this organization only", () => {
    for (const region of ordinary.regions) {
      for (const store of ["kms", "sse-s3"] as const) {
        const policy = logBucketPolicy(ordinary, region, store);
        for (const { writer, keys, sourceArn } of kindsIn(ordinary, region, store, "")) {
          const letIn = policy.Statement.filter(
            ({ Action, Principal, Resource }) =>
              Action === "s3:PutObject" && JSON.stringify(Principal) === JSON.stringify({ Service: writer }) && list(Resource).some((arn) => takesIn(arn, keys.replace("{account}", "?".repeat(12)))),
          );
          expect(letIn.map(({ Condition }) => Condition)).toContainEqual({
            StringEquals: { "aws:SourceOrgID": "o-exampleorgid" },
            ArnLike: { "aws:SourceArn": sourceArn },
            StringEqualsIfExists: { "s3:x-amz-acl": "bucket-owner-full-control" },
          });
        }
      }
    }
  });

  test("keys that are let in are the only ones not refused", () => {
    const allowed = kms.Statement.filter(({ Effect, Action }) => Effect === "Allow" && Action === "s3:PutObject").flatMap(({ Resource }) => list(Resource));
    expect([...list(named(kms, "NoOtherKeys").NotResource)].sort()).toEqual([...widest(allowed)].sort());
  });

  test("the trail writes into the home Region's bucket of the KMS class, and into no other", () => {
    expect(sids(kms)).toContain("WriteTrail");
    expect(sids(logBucketPolicy(ordinary, "eu-central-1", "kms"))).not.toContain("WriteTrail");
    expect(sids(logBucketPolicy(ordinary, "us-east-1", "sse-s3"))).not.toContain("WriteTrail");
    expect(list(named(kms, "WriteTrail").Resource).at(-1)).toMatch(/AWSLogs\/o-exampleorgid\/\*$/);
  });

  test("a bucket without a writer takes no object at all", () => {
    const none = logBucketPolicy(ordinary, "eu-central-1", "kms", "", []);
    expect(named(none, "NoOtherKeys")).toMatchObject({ Effect: "Deny", Resource: expect.stringMatching(/\/\*$/) });
    expect(none.Statement.every(({ Effect }) => Effect === "Deny")).toBe(true);
  });

  test("a list of accounts takes the organization's place in one switch", () => {
    const text = JSON.stringify(logBucketPolicy({ ...ordinary, writers: ["444444444444"] }, "us-east-1", "kms"));
    expect(text).not.toContain("aws:SourceOrgID");
    expect(text).toContain('"aws:SourceAccount":["444444444444"]');
  });

  test("has nothing that makes AWS's set-up of vended logs fail", () => {
    expect(JSON.stringify(kms)).not.toMatch(/NotAction|NotPrincipal/);
  });
});

const kind = (kindName: string, keys: string, sourceArn = "arn:a", writer = "w"): LogKind => ({ kind: kindName, store: "kms", writer, keys, sourceArn, reference: "" });

test("a service's kinds with one source ARN are one writer, each key once; a service looks for all of its own", () => {
  const writers = writersOf([kind("a", "{account}/x"), kind("b", "{account}/x"), kind("c", "y"), kind("d", "z", "arn:b"), kind("e", "z", "arn:b", "v")]);
  expect(writers).toEqual([
    { kind: "a", service: "w", sourceArn: "arn:a", keys: ["????????????/x", "y"] },
    { kind: "d", service: "w", sourceArn: "arn:b", keys: ["z"] },
    { kind: "e", service: "v", sourceArn: "arn:b", keys: ["z"] },
  ]);
  expect(lookersAmong(writers)).toEqual([
    { kind: "a", service: "w", sourceArns: ["arn:a", "arn:b"] },
    { kind: "e", service: "v", sourceArns: ["arn:b"] },
  ]);
});

test.each([
  [["ab", "ab*"], ["ab*"]],
  [["ab", "ab?*"], ["ab", "ab?*"]],
  [["a*", "a?*"], ["a*"]],
  [["ab*", "a?*", "b"], ["a?*", "b"]],
])("of %j the widest are %j", (globs, wide) => expect(widest(globs)).toEqual(wide));

test("a log whose service demands a bucket's name lies in buckets of such names, and nothing else does", () => {
  const demanding: LogKind = { ...kind("waf", "{account}/waf"), naming: "aws-waf-logs-" };
  const table = [{ ...sources[0]!, scope: "regional" as const, kinds: () => [demanding] }];
  expect(kindsIn(ordinary, "us-east-1", "kms", "aws-waf-logs-", table)).toEqual([demanding]);
  expect(kindsIn(ordinary, "us-east-1", "kms", "", table)).toEqual([]);
  for (const store of ["kms", "sse-s3"] as const) expect(serviceWritersIn(peopled, "us-east-1", store, "aws-waf-logs-")).toEqual([]);
  expect(holdsTrail(ordinary, "us-east-1", "kms", "aws-waf-logs-")).toBe(false);
});

describe("log key", () => {
  const policy = logKeyPolicy(ordinary, "us-east-1");
  const allowed = (principal: RegExp) =>
    policy.Statement.filter(({ Sid, Effect, Principal }) => Effect === "Allow" && !Sid.startsWith("Replication") && principal.test(JSON.stringify(Principal))).flatMap(({ Action }) => list(Action));

  test("whoever encrypts does not administer, whoever administers does neither, and nobody decrypts where there is no reader", () => {
    expect(allowed(/Service/).filter((action) => !/^kms:(GenerateDataKey\*|DescribeKey)$/.test(action))).toEqual([]);
    expect(allowed(/AWS/).filter((action) => /crypt|GenerateDataKey|Grant$|\*/.test(action) && !/^kms:(Retire|Revoke)Grant$|ListGrants/.test(action))).toEqual([]);
    expect(allowed(/./).filter((action) => /^kms:(\*|Decrypt|ReEncrypt)/.test(action))).toEqual([]);
  });

  test("the replication role decrypts what stores hold and encrypts what copies hold, through Amazon S3 here alone", () => {
    const role = "arn:aws:iam::222222222222:role/fall/replication";
    const through = (part: string) => ({
      ArnEquals: { "aws:PrincipalArn": role },
      StringLike: { "kms:ViaService": "s3.us-east-1.amazonaws.com", "kms:EncryptionContext:aws:s3:arn": [`arn:aws:s3:::aws-fall-log-${part}-222222222222-us-east-1/*`] },
    });
    expect(named(policy, "ReplicationDecrypts")).toMatchObject({ Action: "kms:Decrypt", Condition: through("storage") });
    expect(named(policy, "ReplicationEncrypts")).toMatchObject({ Action: "kms:Encrypt", Condition: through("replica") });
  });

  test("the deploy role changes the policy and destroys nothing; break-glass alone may", () => {
    expect(list(named(policy, "DeployRoleChanges").Action)).toContain("kms:PutKeyPolicy");
    expect(list(named(policy, "DeployRoleChanges").Action).filter((action) => /Schedule|Disable|Import/.test(action))).toEqual([]);
    expect(named(policy, "NothingIsDestroyed").Condition).toEqual({ ArnNotLike: { "aws:PrincipalArn": ["arn:aws:iam::222222222222:role/fall/LogArchive-Administrator"] } });
  });

  test("the trail has a key of its own, which it uses as itself and for itself alone", () => {
    expect(JSON.stringify(policy)).not.toContain("cloudtrail");
    const trail = "arn:aws:cloudtrail:us-east-1:111111111111:trail/fall-organization-trail";
    expect(named(trailKeyPolicy(ordinary), "EncryptTrail")).toMatchObject({
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action: "kms:GenerateDataKey*",
      Condition: { StringEquals: { "aws:SourceArn": trail, "kms:EncryptionContext:aws:cloudtrail:arn": trail } },
    });
    expect(sids(trailKeyPolicy(ordinary))).not.toContain("ReadersDecrypt");
  });

  test("readers decrypt through Amazon S3, by name, and administrators do not", () => {
    for (const statement of [named(logKeyPolicy(peopled, "eu-central-1"), "ReadersDecrypt"), named(trailKeyPolicy(peopled), "ReadersDecrypt")]) {
      expect(statement).toMatchObject({ Action: "kms:Decrypt", Condition: { StringEquals: { "kms:ViaService": expect.stringMatching(/^s3\./) as string } } });
      const who = list(statement.Condition?.ArnEquals?.["aws:PrincipalArn"]);
      expect(who).toHaveLength(5);
      expect(who.filter((arn) => /\*|Administrator|deploy/.test(arn))).toEqual([]);
    }
  });
});

test("a delivery destination lets in the enforcers of its sources, and none without a source is made", () => {
  const [statement] = deliveryDestinationPolicy(ordinary, "alb-access", "us-east-1").Statement;
  expect(statement?.Condition?.ArnLike).toEqual({ "aws:PrincipalArn": ["arn:aws:iam::????????????:role/fall/enforcer-alb"] });
  expect(() => deliveryDestinationPolicy(ordinary, "vpc-flow-log", "us-east-1")).toThrow("no log source delivers vpc-flow-log: a destination has no use");
});

describe("outsiders", () => {
  const policy = (config = ordinary) => resourceControlPolicies(config)[0]!.document;

  test("a token of the pipeline's own environment stays good, and no other is", () => {
    const pinned = list(named(policy(), "OurPipelineAloneFederates").Condition?.StringNotEqualsIfExists?.["token.actions.githubusercontent.com:sub"]);
    for (const tier of ["management", "log-archive", "delegated"] as const) {
      const subject = deployTrust(ordinary, tier).Statement[0]?.Condition?.StringEquals?.["token.actions.githubusercontent.com:sub"];
      expect(pinned).toContain(subject);
    }
    expect(named(policy({ ...ordinary, ci: undefined }), "OurPipelineAloneFederates").Condition).toBeUndefined();
  });

  test("an AWS service is judged by whom it acts for, and never as a principal from outside", () => {
    expect(named(policy(), "OutsidersStayOut").Condition?.BoolIfExists).toEqual({ "aws:PrincipalIsAWSService": "false" });
    // Services alone send aws:SourceAccount.
    expect(named(policy(), "ServicesActForUs").Condition).toMatchObject({ Null: { "aws:SourceAccount": "false" } });
    // Our roles' own trust policies say for which account a service may assume them.
    expect(list(named(policy(), "ServicesActForUs").Action).filter((action) => action.startsWith("sts:"))).toEqual([]);
  });
});

test("the code is read by whoever deploys it, the exclusions by enforcers, and written by the deploy role", () => {
  const policy = codeBucketPolicy(ordinary, "us-east-1");
  expect(list(named(policy, "EnforcersReadExclusions").Resource)).toEqual(["arn:aws:s3:::fall-code-333333333333-us-east-1/exclusions.json"]);
  expect(list(named(policy, "OnlyDeployRoleWrites").Condition?.ArnNotLike?.["aws:PrincipalArn"])[0]).toBe("arn:aws:iam::333333333333:role/fall/deploy-delegated");
});

test("break-glass takes MFA, and is nobody's where nobody is named", () => {
  expect(breakGlassTrust(ordinary, "management")?.Statement[0]?.Condition).toMatchObject({ Bool: { "aws:MultiFactorAuthPresent": "true" } });
  expect(breakGlassTrust({ ...ordinary, breakGlass: [] }, "log-archive")).toBeUndefined();
});

test("a list of two hundred accounts fits everywhere", () => {
  const writers = Array.from({ length: 200 }, (_, index) => String(100_000_000_000 + index));
  expect(() => [logBucketPolicy({ ...ordinary, writers }, "us-east-1", "kms"), logKeyPolicy({ ...ordinary, writers }, "us-east-1"), resourceControlPolicies({ ...ordinary, writers })]).not.toThrow();
});
