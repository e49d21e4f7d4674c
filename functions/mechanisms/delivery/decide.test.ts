import type { Delivery, DeliverySource } from "@aws-sdk/client-cloudwatch-logs";
import fc from "fast-check";
import { decide, deliverySourceName } from "./decide";
import type { ActualDelivery, DesiredDelivery } from "./decide";

const resourceArn = "arn:aws:s3:::orders";
const destinationArn = "arn:aws:logs:us-east-1:222222222222:delivery-destination:fall-s3-access";
const tags = { "fall-log": "s3" };
const desired: DesiredDelivery = {
  resourceArn,
  logType: "S3_SERVER_ACCESS_LOGS",
  sourceName: "fall-s3-access-0",
  spareName: "fall-s3-access-spare",
  destinationArn,
  tagKey: "fall-log",
  tagValue: "s3",
};
const source: DeliverySource = {
  name: "fall-s3-access-0",
  arn: "arn:aws:logs:us-east-1:111111111111:delivery-source:fall-s3-access-0",
  resourceArns: [resourceArn],
  service: "s3",
  logType: desired.logType,
  tags,
};
const strangers: DeliverySource = { ...source, name: "theirs", arn: "arn:aws:logs:us-east-1:111111111111:delivery-source:theirs", tags: {} };
const ours: Delivery = {
  id: "ours",
  arn: "arn:aws:logs:us-east-1:111111111111:delivery:ours",
  deliveryDestinationArn: destinationArn,
  deliveryDestinationType: "S3",
  recordFields: ["time", "bucket", "key"],
  tags,
};
const foreign = (id: string, deliveryDestinationType: "S3" | "CWL", extra: Partial<Delivery> = {}): Delivery => ({
  id,
  deliveryDestinationArn: `arn:aws:logs:us-east-1:111111111111:delivery-destination:${id}`,
  deliveryDestinationType,
  ...extra,
});
const defaults = { recordFields: ["time", "bucket"], s3DeliveryConfiguration: { suffixPath: "{region}/{yyyy}", enableHiveCompatiblePath: false } };
const decided = (actual: Partial<ActualDelivery>, wanted: Partial<DesiredDelivery> = {}) => {
  const { state, steps } = decide({ ...desired, ...wanted }, { nameTaken: false, deliveries: [], defaults, ...actual });
  return { state, calls: steps.map(({ call }) => call), steps };
};
const path = (suffixPath: string, enableHiveCompatiblePath = false) => ({ s3DeliveryConfiguration: { suffixPath, enableHiveCompatiblePath } });

describe("decide", () => {
  test.each<[string, Partial<ActualDelivery>, string, string[]]>([
    ["nothing is there", {}, "missing", ["PutDeliverySource", "CreateDelivery"]],
    ["all is well", { source, deliveries: [ours] }, "logs", []],
    ["a copy goes to a log group beside ours", { source, deliveries: [foreign("copy", "CWL"), ours] }, "logs", []],
    ["our delivery was deleted", { source }, "weakened", ["CreateDelivery"]],
    ["a stranger's source stands alone", { source: strangers }, "missing", ["TagResource", "CreateDelivery"]],
    ["a stranger's source with a decoy", { source: strangers, deliveries: [foreign("decoy", "S3")] }, "missing", ["TagResource", "CreateDelivery"]],
    ["an adopted source", { source: { ...strangers, tags }, deliveries: [ours] }, "logs", []],
    ["an adopted source that lost our delivery", { source: { ...strangers, tags } }, "weakened", ["CreateDelivery"]],
    ["our source lost its tag", { source: { ...source, tags: {} }, deliveries: [ours] }, "weakened", ["TagResource"]],
    ["our tag with another value", { source: { ...source, tags: { "fall-log": "x" } }, deliveries: [ours] }, "weakened", ["TagResource"]],
    ["our delivery lost its tag", { source, deliveries: [{ ...ours, tags: undefined }] }, "weakened", ["TagResource"]],
    ["our tag leads elsewhere", { source, deliveries: [foreign("astray", "S3", { tags })] }, "weakened", ["DeleteDelivery", "CreateDelivery"]],
    ["fields were dropped", { source, deliveries: [{ ...ours, recordFields: ["time"] }] }, "weakened", ["UpdateDeliveryConfiguration"]],
    ["the path was changed", { source, deliveries: [{ ...ours, ...path("evil") }] }, "weakened", ["UpdateDeliveryConfiguration"]],
    ["the path is Hive's", { source, deliveries: [{ ...ours, ...path("{region}/{yyyy}", true) }] }, "weakened", ["UpdateDeliveryConfiguration"]],
    ["the path is the default", { source, deliveries: [{ ...ours, ...path("/{region}/{yyyy}/") }] }, "logs", []],
    ["the path is the default behind AWS's", { source, deliveries: [{ ...ours, ...path("AWSLogs/{account-id}/s3/{region}/{yyyy}") }] }, "logs", []],
    ["no template is known", { source, deliveries: [{ ...ours, ...path("any") }], defaults: undefined }, "logs", []],
    ["the source samples", { source: { ...source, deliverySourceConfiguration: { samplingRate: "1" } }, deliveries: [ours] }, "weakened", ["PutDeliverySource"]],
    ["the source samples all", { source: { ...source, deliverySourceConfiguration: { samplingRate: "100" } }, deliveries: [ours] }, "logs", []],
    ["the source is inactive", { source: { ...source, status: "INACTIVE" }, deliveries: [ours] }, "weakened", ["PutDeliverySource"]],
  ])("%s", (_, actual, state, calls) => {
    expect(decided(actual)).toMatchObject({ state, calls });
  });

  test("a documented suffix path is exact", () => {
    const suffixPath = "AWSLogs/{account-id}/CloudFront";
    expect(decided({ source, deliveries: [{ ...ours, ...path(`${suffixPath}/`) }] }, { suffixPath }).state).toBe("logs");
    const { steps } = decided({ source, deliveries: [{ ...ours, ...path(`evil/${suffixPath}`) }] }, { suffixPath });
    expect(steps[0]?.input).toMatchObject({ id: "ours", s3DeliveryConfiguration: { suffixPath } });
  });

  test("where a stranger took our name, another is given", () => {
    const { steps } = decided({ nameTaken: true });
    expect(steps.map(({ input }) => input.name ?? input.deliverySourceName)).toEqual(["fall-s3-access-spare", "fall-s3-access-spare"]);
  });

  test("the report says which delivery would make room", () => {
    const { steps } = decided({ source: strangers, deliveries: [foreign("decoy", "S3")] });
    expect(steps.at(-1)?.why).toContain("decoy to arn:aws:logs:us-east-1:111111111111:delivery-destination:decoy");
  });

  test("what carries our tag and is removed makes no room besides", () => {
    const { steps } = decided({ source, deliveries: [foreign("astray", "S3", { tags })] });
    expect(steps.map(({ why }) => why)).toEqual([expect.stringContaining("remove the delivery astray"), "deliver S3_SERVER_ACCESS_LOGS to the archive"]);
  });

  test("an update of a delivery source carries no tags, which AWS would refuse", () => {
    const { steps } = decided({ source: { ...source, status: "INACTIVE" }, deliveries: [ours] });
    expect(steps[0]?.input).toEqual({ name: source.name, resourceArn, logType: desired.logType });
  });

  test("no untagged delivery is ever deleted by a decision, and 'logs' needs our delivery on a marked source", () => {
    const tagSets = fc.constantFrom<Record<string, string> | undefined>(undefined, {}, tags, { "fall-log": "other" });
    const delivery = fc.record({
      id: fc.string({ minLength: 1, maxLength: 3 }),
      deliveryDestinationArn: fc.constantFrom(destinationArn, "elsewhere"),
      deliveryDestinationType: fc.constantFrom("S3" as const, "CWL" as const),
      recordFields: fc.constantFrom<string[] | undefined>(undefined, ["time"], ["time", "bucket"]),
      tags: tagSets,
    });
    const anySource = fc.option(fc.record({ name: fc.constantFrom(source.name, "theirs"), arn: fc.constant("arn"), tags: tagSets }), { nil: undefined });
    fc.assert(
      fc.property(anySource, fc.uniqueArray(delivery, { selector: ({ id }) => id }), (given, deliveries) => {
        const { state, steps } = decided({ source: given, deliveries });
        const deleted = steps.filter(({ call }) => call === "DeleteDelivery").map(({ input }) => input.id);
        expect(deliveries.filter(({ id }) => deleted.includes(id)).every((one) => one.tags?.["fall-log"] === "s3")).toBe(true);
        expect(steps.length === 0).toBe(state === "logs");
        if (state === "logs") {
          expect(given?.tags).toEqual(tags);
          expect(deliveries.some((one) => one.deliveryDestinationArn === destinationArn && one.tags?.["fall-log"] === "s3")).toBe(true);
        }
      }),
    );
  });
});

describe("deliverySourceName", () => {
  test("differs by resource, keeps its prefix and AWS's 60 characters", () => {
    const one = deliverySourceName("twelve-chars-alb-connection-", "arn:a");
    expect(one).toMatch(/^twelve-chars-alb-connection-[0-9a-f]{24}$/);
    expect(one.length).toBeLessThanOrEqual(60);
    expect(deliverySourceName("twelve-chars-alb-connection-", "arn:b")).not.toBe(one);
  });
});
