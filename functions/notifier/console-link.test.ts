import { consoleLink } from "./console-link";
import type { Message } from "./message";

const message = (resource: string, more: Partial<Message> = {}): Message => ({
  id: "1", kind: "forced", account: "111111111111", region: "eu-central-1", source: "vpc", resource, actor: "", action: "sweep", reason: "", at: "2026-11-01T10:00:00Z", ...more,
});
const console_ = "https://eu-central-1.console.aws.amazon.com";

test.each([
  ["arn:aws:ec2:eu-central-1:111111111111:vpc/vpc-1", `${console_}/vpcconsole/home?region=eu-central-1#VpcDetails:VpcId=vpc-1`],
  [
    "arn:aws:elasticloadbalancing:eu-central-1:111111111111:loadbalancer/app/web/50dc6c495c0c9188",
    `${console_}/ec2/home?region=eu-central-1#LoadBalancer:loadBalancerArn=arn%3Aaws%3Aelasticloadbalancing%3Aeu-central-1%3A111111111111%3Aloadbalancer%2Fapp%2Fweb%2F50dc6c495c0c9188`,
  ],
  ["arn:aws:elasticloadbalancing:eu-central-1:111111111111:loadbalancer/old", `${console_}/ec2/home?region=eu-central-1#LoadBalancers:search=old`],
  ["arn:aws:cloudfront::111111111111:distribution/E1", "https://us-east-1.console.aws.amazon.com/cloudfront/v4/home#/distributions/E1"],
  ["arn:aws:s3:::bucket/key", `${console_}/s3/buckets/bucket?region=eu-central-1`],
  ["arn:aws:iam::111111111111:role/fall/enforcer-vpc", "https://us-east-1.console.aws.amazon.com/iam/home#/roles/details/enforcer-vpc"],
  ["arn:aws:lambda:eu-central-1:111111111111:function:fall-enforcer-vpc", `${console_}/lambda/home?region=eu-central-1#/functions/fall-enforcer-vpc`],
  ["arn:aws:cloudwatch:eu-central-1:111111111111:alarm:fall-dead-letters", `${console_}/cloudwatch/home?region=eu-central-1#alarmsV2:alarm/fall-dead-letters`],
  ["arn:aws:sqs:eu-central-1:111111111111:queue", `${console_}/cloudtrailv2/home?region=eu-central-1#/events?ResourceName=queue`],
  ["", `${console_}/cloudtrailv2/home?region=eu-central-1#/events`],
])("%s", (resource, link) => expect(consoleLink(message(resource))).toBe(link));

test("a call is shown by its own event", () => {
  expect(consoleLink(message("arn:aws:s3:::bucket", { eventId: "ct-1" }))).toBe(`${console_}/cloudtrailv2/home?region=eu-central-1#/events/ct-1`);
});

test("a Region that is none never becomes a host", () => {
  const link = new URL(consoleLink(message("arn:aws:ec2:evil.example/:111111111111:vpc/vpc-1", { region: "evil.example/" })));
  expect(link.hostname).toBe("us-east-1.console.aws.amazon.com");
});
