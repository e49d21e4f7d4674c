import type { Configuration } from "../config/configuration";
import { kept, peopled, placed } from "./configurations-for-tests";
import { lifecycleRules } from "./lifecycle";
import { logKeyPolicy } from "./log-key-policy";
import { piiKeyPolicy } from "./pii-key-policy";
import { placeBucketPolicy } from "./place-bucket-policy";
import { placePrefix, writerPolicy } from "./places";
import type { PolicyDocument } from "./policy";
import { serviceControlPolicies } from "./service-control-policies";
import { serviceWritersIn } from "./service-writers";
import { hasPlaces, storesIn } from "./stores";
import { holdsTrail, kindsIn } from "./writers";

const at = (store: "places" | "pii", region: string) => ({ part: "storage", store, naming: "", region }) as const;
const sids = ({ Statement }: PolicyDocument) => Statement.map(({ Sid }) => Sid);
const retired = { ...placed, logs: { ...placed.logs, places: [], retired: ["orders-audit", "payments", "clicks", "old-orders"] } };

test("there are buckets for places once there was one, and they stay when the last is retired", () => {
  const classes = (config: Configuration) => storesIn(config, "us-east-1").filter(({ part }) => part === "storage").map(({ store }) => store);
  expect(hasPlaces(kept)).toBe(false);
  expect(classes(kept)).toEqual(["kms", "sse-s3", "audit"]);
  expect(classes(placed)).toEqual(["kms", "sse-s3", "places", "pii", "audit"]);
  expect(classes(retired)).toEqual(classes(placed));
});

test("whatever places there are, the lifecycle is the same: each lifetime has a prefix of its own", () => {
  for (const store of ["places", "pii"] as const) {
    const rules = lifecycleRules(placed, { store, naming: "" });
    expect(lifecycleRules(retired, { store, naming: "" })).toEqual(rules);
    expect(rules.map(({ filter: { prefix }, expiration: { days } }) => [prefix, days])).toEqual([["30d/", 30], ["92d/", 92], ["400d/", 400], ["1096d/", 1_096], ["2557d/", 2_557]]);
    for (const place of placed.logs.places) {
      const its = rules.filter(({ filter }) => placePrefix(place).startsWith(filter.prefix));
      expect(its.map(({ expiration }) => expiration.days)).toEqual([place.keepDays]);
    }
  }
});

test("a place's writer puts and its readers get, under its keys, in its Region and its class of bucket alone", () => {
  const policy = placeBucketPolicy(placed, at("pii", "eu-central-1"));
  expect(policy.Statement.slice(0, 3)).toEqual([
    {
      Sid: "WritePayments", Effect: "Allow", Principal: { AWS: ["arn:aws:iam::444444444444:root"] }, Action: "s3:PutObject",
      Condition: { ArnLike: { "aws:PrincipalArn": ["arn:aws:iam::444444444444:role/payments"] } },
      Resource: "arn:aws:s3:::aws-fall-places-pii-222222222222-eu-central-1/92d/payments/*",
    },
    expect.objectContaining({ Sid: "ReadPayments", Principal: { AWS: ["arn:aws:iam::444444444444:root", "arn:aws:iam::555555555555:root"] }, Action: ["s3:GetObject", "s3:GetObjectVersion"] }),
    expect.objectContaining({ Sid: "FindPayments", Action: "s3:ListBucket" }),
  ]);
  for (const [store, region] of [["pii", "us-east-1"], ["places", "eu-central-1"]] as const)
    expect(sids(placeBucketPolicy(placed, at(store, region))).filter((sid) => /^(Write|Read|Find)(?!rs|ersA)/.test(sid))).toEqual([]);
});

test("personal data have a key of their own, with which nobody reads anything else", () => {
  const [pii, logs] = [piiKeyPolicy(placed, "eu-central-1"), logKeyPolicy(placed, "eu-central-1")];
  expect(sids(pii)).toEqual(expect.arrayContaining(["EncryptPayments", "DecryptPayments"]));
  expect(sids(logs).filter((sid) => /Payments|OrdersAudit/.test(sid))).toEqual([]);
  expect(sids(logKeyPolicy(placed, "us-east-1"))).toEqual(expect.arrayContaining(["EncryptOrdersAudit", "DecryptOrdersAudit", "EncryptClicks"]));
  expect(JSON.stringify(pii)).not.toContain("log-storage");
  expect(JSON.stringify(logs)).not.toContain("-pii-");
});

test("no service that writes the archive's own logs is taken for a writer of places", () => {
  const config = { ...placed, services: peopled.services };
  expect(serviceWritersIn(config, "us-east-1", "kms").map(({ kind }) => kind)).toEqual(["findings"]);
  for (const store of ["places", "pii"] as const) {
    expect(serviceWritersIn(config, "us-east-1", store)).toEqual([]);
    expect(kindsIn(config, "us-east-1", store, "")).toEqual([]);
    expect(holdsTrail(config, "us-east-1", store, "")).toBe(false);
  }
});

test("a place that is retired is in no policy", () => {
  const documents = [...(["places", "pii"] as const).map((store) => placeBucketPolicy(retired, at(store, "eu-central-1"))), logKeyPolicy(retired, "us-east-1"), piiKeyPolicy(retired, "eu-central-1")];
  for (const document of documents) expect(JSON.stringify(document)).not.toMatch(/444444444444|555555555555|firehose/);
});

test("taking in a place changes no control policy: it is a deployment of the archive alone", () => {
  expect(serviceControlPolicies(placed)).toEqual(serviceControlPolicies(kept));
});

test("the policy for the writer says what the archive lets it do, and no more", () => {
  const objects = "arn:aws:s3:::aws-fall-places-pii-222222222222-eu-central-1/92d/payments/*";
  expect(writerPolicy(placed, placed.logs.places[1]!, "arn:aws:kms:eu-central-1:222222222222:key/k").Statement).toEqual([
    { Sid: "WriteLogs", Effect: "Allow", Action: "s3:PutObject", Resource: objects },
    {
      Sid: "EncryptLogs", Effect: "Allow", Action: "kms:GenerateDataKey", Resource: "arn:aws:kms:eu-central-1:222222222222:key/k",
      Condition: { StringEquals: { "kms:ViaService": "s3.eu-central-1.amazonaws.com" }, StringLike: { "kms:EncryptionContext:aws:s3:arn": objects } },
    },
  ]);
});

test("more places than a bucket policy takes are refused in one line", () => {
  const many = Array.from({ length: 40 }, (_, index) => ({ ...placed.logs.places[0]!, name: `place-${index}` }));
  expect(() => placeBucketPolicy({ ...placed, logs: { ...placed.logs, places: many } }, at("places", "us-east-1"))).toThrow(/^the policy of the places bucket in us-east-1, with 40 places, has \d+ characters; a bucket policy may have 20480$/);
});
