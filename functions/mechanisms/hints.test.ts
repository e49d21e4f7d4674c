/** Hints of all five sources: event shapes as CloudTrail writes them, and payloads that nobody should trust. */
import fc from "fast-check";
import type { EnforcerModule } from "../enforcer/adapter";
import { enforcer as alb } from "../sources/alb/enforce";
import { enforcer as clb } from "../sources/clb/enforce";
import { enforcer as cloudfront } from "../sources/cloudfront/enforce";
import { enforcer as nlb } from "../sources/nlb/enforce";
import { enforcer as s3 } from "../sources/s3/enforce";

const elb = "elasticloadbalancing.amazonaws.com";
const app = "arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/app/shop/50dc6c495c0c9188";
const net = "arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/net/mail/50dc6c495c0c9188";
const distribution = "arn:aws:cloudfront::111111111111:distribution/EDFDVBD6EXAMPLE";
const created = (...arns: string[]) => ({
  eventSource: elb,
  eventName: "CreateLoadBalancer",
  apiVersion: "2015-12-01",
  requestParameters: { name: "shop" },
  responseElements: { loadBalancers: arns.map((loadBalancerArn) => ({ loadBalancerArn })) },
});
const classic = { eventSource: elb, eventName: "CreateLoadBalancer", apiVersion: "2012-06-01", requestParameters: { loadBalancerName: "old" } };
const logs = (eventName: string, requestParameters: object) => ({ eventSource: "logs.amazonaws.com", eventName, requestParameters });
const front = (eventName: string, requestParameters: object | null, responseElements: object | null = null) => ({
  eventSource: "cloudfront.amazonaws.com",
  eventName,
  requestParameters,
  responseElements,
});

test.each<[string, EnforcerModule, Record<string, unknown>, readonly string[] | undefined]>([
  ["alb: created", alb, created(app), [app]],
  ["alb: a network one created", alb, created(net), []],
  ["alb: a classic one created", alb, classic, []],
  ["alb: attributes edited", alb, { eventSource: elb, eventName: "ModifyLoadBalancerAttributes", requestParameters: { loadBalancerArn: app } }, [app]],
  ["alb: tags taken", alb, { eventSource: elb, eventName: "RemoveTags", requestParameters: { resourceArns: [app, net] } }, [app]],
  ["alb: an emptied payload", alb, { eventSource: elb, eventName: "CreateLoadBalancer" }, undefined],
  ["alb: a delivery deleted", alb, logs("DeleteDelivery", { id: "abc" }), undefined],
  ["alb: a delivery source removed", alb, logs("DeleteDeliverySource", { name: "abc" }), undefined],
  ["alb: its delivery source put", alb, logs("PutDeliverySource", { name: "x", resourceArn: app, logType: "ALB_ACCESS_LOGS" }), [app]],
  ["alb: another's delivery source put", alb, logs("PutDeliverySource", { name: "x", resourceArn: distribution }), []],
  ["alb: a log group untagged", alb, logs("UntagResource", { resourceArn: "arn:aws:logs:eu-west-1:111111111111:log-group:a" }), []],
  ["alb: a delivery untagged", alb, logs("UntagResource", { resourceArn: "arn:aws:logs:eu-west-1:111111111111:delivery:a" }), undefined],
  ["nlb: created", nlb, created(net), [net]],
  ["nlb: another type created", nlb, created(app), []],
  ["clb: created", clb, classic, ["old"]],
  ["clb: a newer one created", clb, created(app), []],
  ["clb: no version told", clb, { eventSource: elb, eventName: "CreateLoadBalancer" }, undefined],
  ["clb: tags taken", clb, { ...classic, eventName: "RemoveTags", requestParameters: { loadBalancerNames: ["a", "b"] } }, ["a", "b"]],
  ["cloudfront: created", cloudfront, front("CreateDistribution2020_05_31", {}, { distribution: { aRN: distribution, id: "EDFDVBD6EXAMPLE" } }), [distribution]],
  ["cloudfront: copied", cloudfront, front("CopyDistribution", { id: "EPRIMARY" }, { distribution: { aRN: distribution } }), [distribution]],
  ["cloudfront: updated", cloudfront, front("UpdateDistribution", { id: "EDFDVBD6EXAMPLE" }), ["EDFDVBD6EXAMPLE"]],
  ["cloudfront: an emptied payload", cloudfront, front("CreateDistribution", null), undefined],
  ["cloudfront: a function untagged", cloudfront, front("UntagResource", { resource: "arn:aws:cloudfront::111111111111:function/f" }), []],
  ["cloudfront: untagged", cloudfront, front("UntagResource", { resource: distribution }), [distribution]],
  ["s3: created", s3, { eventSource: "s3.amazonaws.com", eventName: "CreateBucket", requestParameters: { bucketName: "orders" } }, ["orders"]],
  ["s3: an emptied payload", s3, { eventSource: "s3.amazonaws.com", eventName: "CreateBucket", requestParameters: null }, undefined],
  ["s3: its delivery source put", s3, logs("PutDeliverySource", { resourceArn: "arn:aws:s3:::orders" }), ["arn:aws:s3:::orders"]],
])("%s", (_, { hints }, detail, expected) => {
  expect(hints(detail)).toEqual(expected);
});

test("no payload makes hints throw, or name what is not text", () => {
  const keys = ["eventSource", "eventName", "apiVersion", "requestParameters", "responseElements"];
  const inner = fc.dictionary(fc.constantFrom("resourceArn", "loadBalancers", "loadBalancerArn", "resourceArns", "distribution", "aRN", "id", "bucketName", "resource"), fc.jsonValue());
  const detail = fc.dictionary(fc.constantFrom(...keys), fc.oneof(fc.jsonValue(), inner, fc.constantFrom(elb, "logs.amazonaws.com", "s3.amazonaws.com")));
  fc.assert(
    fc.property(fc.constantFrom(alb, nlb, clb, cloudfront, s3), fc.oneof(detail, fc.dictionary(fc.string(), fc.jsonValue())), ({ hints }, given) => {
      const named = hints(given);
      expect(named === undefined || named.every((one) => typeof one === "string" && one !== "")).toBe(true);
    }),
    { numRuns: 500 },
  );
});
