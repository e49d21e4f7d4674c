import { ordinary } from "../../infra/documents/configurations-for-tests";
import { trailSelectors } from "../../infra/documents/trail-selectors";
import { makeTrails } from "./trails";

const upper = (name: string) => name.charAt(0).toUpperCase() + name.slice(1).replace(/s$/, name === "equals" ? "s" : "");
/** As the deployment gives them to CloudTrail. */
const AdvancedEventSelectors = trailSelectors(ordinary).map(({ fieldSelectors }) => ({
  FieldSelectors: fieldSelectors.map((selector) => Object.fromEntries(Object.entries(selector).map(([name, value]) => [upper(name), value as unknown]))),
}));
const put = { operation: "cloudtrail:PutEventSelectors", parameters: { TrailName: "fall-organization-trail", AdvancedEventSelectors } };
const start = { operation: "cloudtrail:StartLogging", parameters: { Name: "arn:aws:cloudtrail:us-east-1:111111111111:trail/fall-organization-trail" } };

const store = "arn:aws:s3:::aws-fall-log-storage-222222222222-us-east-1/AWSLogs/x";
const on = (ARN: string, arn?: string) => ({ detail: { eventSource: "s3.amazonaws.com", eventName: "PutObject", eventCategory: "Data", readOnly: false, resources: [{ type: "AWS::S3::Object", ARN }], userIdentity: { ...(arn !== undefined && { arn }) } } });

function running() {
  const trails = makeTrails();
  trails.seen(put);
  trails.seen(start);
  return trails;
}

test.each([
  ["somebody's object", "arn:aws:s3:::theirs/x", "arn:aws:iam::444444444444:user/a", true],
  ["a service's delivery to somebody's bucket", "arn:aws:s3:::theirs/x", undefined, true],
  ["the archive's object, by a person", store, "arn:aws:sts::222222222222:assumed-role/LogArchive-Administrator/a", true],
  ["the archive's object, by root", store, "arn:aws:iam::222222222222:root", true],
  ["the archive's object, by the service that delivers", store, undefined, false],
  ["the archive's object, by who copies", store, "arn:aws:sts::222222222222:assumed-role/replication/s3", false],
])("%s", (_, object, arn, recorded) => expect(running().records(on(object, arn))).toBe(recorded));

test("nothing is recorded before a trail logs, nor after it was stopped or is gone", () => {
  const trails = makeTrails();
  expect(trails.any).toBe(false);
  trails.seen(put);
  expect([trails.any, trails.records(on("arn:aws:s3:::theirs/x", "arn:x"))]).toEqual([false, false]);
  trails.seen(start);
  expect(trails.any).toBe(true);
  trails.seen({ ...start, operation: "cloudtrail:StopLogging" });
  expect(trails.records(on("arn:aws:s3:::theirs/x", "arn:x"))).toBe(false);
  trails.seen(start);
  trails.seen({ ...start, operation: "cloudtrail:DeleteTrail" });
  expect(trails.any).toBe(false);
});
