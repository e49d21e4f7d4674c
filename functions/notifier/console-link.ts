/**
 * Where a person looks at what a message speaks of, in the AWS console. The link opens in the account that the
 * reader is signed in to: the console has no address that switches accounts.
 */
import type { Message } from "./message";

type Part = { readonly region: string; readonly id: string; readonly arn: string };

/** Console pages by what an ARN starts with: `service:type`. The addresses are the console's own, undocumented. */
const pages: Readonly<Record<string, (part: Part) => string>> = {
  "ec2:vpc": ({ region, id }) => `https://${region}.console.aws.amazon.com/vpcconsole/home?region=${region}#VpcDetails:VpcId=${id}`,
  // A classic load balancer's ARN ends in its name; the others' in type, name and a generated id.
  "elasticloadbalancing:loadbalancer": ({ region, id, arn }) =>
    `https://${region}.console.aws.amazon.com/ec2/home?region=${region}#${id.includes("%2F") ? `LoadBalancer:loadBalancerArn=${arn}` : `LoadBalancers:search=${id}`}`,
  "cloudfront:distribution": ({ id }) => `https://us-east-1.console.aws.amazon.com/cloudfront/v4/home#/distributions/${id}`,
  "s3:": ({ region, id }) => `https://${region}.console.aws.amazon.com/s3/buckets/${id}?region=${region}`,
  "lambda:function": ({ region, id }) => `https://${region}.console.aws.amazon.com/lambda/home?region=${region}#/functions/${id}`,
  "iam:role": ({ id }) => `https://us-east-1.console.aws.amazon.com/iam/home#/roles/details/${id}`,
  "cloudwatch:alarm": ({ region, id }) => `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#alarmsV2:alarm/${id}`,
  "cloudformation:stack": ({ region, arn }) =>
    `https://${region}.console.aws.amazon.com/cloudformation/home?region=${region}#/stacks/stackinfo?stackId=${arn}`,
  "cloudformation:stackset": ({ region, id }) =>
    `https://${region}.console.aws.amazon.com/cloudformation/home?region=${region}#/stacksets/${id}/info?permissions=service`,
  "route53resolver:resolver-query-log-config": ({ region, id }) =>
    `https://${region}.console.aws.amazon.com/route53resolver/home?region=${region}#/query-logging/${id}`,
};

/** The last name in an ARN: after the type where there is one. */
function partsOf(arn: string, region: string): { readonly key: string; readonly id: string } & Part {
  const [, , service = "", arnRegion = "", , ...rest] = arn.split(":");
  const path = rest.join(":");
  const split = /^([a-z0-9-]+)[:/](.+)$/s.exec(service === "s3" ? "" : path);
  const tail = split?.[2] ?? path;
  // A role's path and a stack set's generated id are no part of the name that the console goes by.
  const name = service === "iam" ? (tail.split("/").at(-1) ?? tail) : service === "s3" ? (tail.split("/")[0] ?? tail) : tail;
  const id = service === "cloudformation" ? (name.split(":")[0] ?? name) : name;
  return { key: `${service}:${split?.[1] ?? ""}`, id: encodeURIComponent(id), arn: encodeURIComponent(arn), region: arnRegion || region };
}

/**
 * An https address in the AWS console: the very CloudTrail event where there is one, the resource's own page where
 * the console has one, else CloudTrail's event history of the resource.
 */
export function consoleLink(message: Message): string {
  const region = /^[a-z]{2}(-[a-z]+)+-\d$/.test(message.region) ? message.region : "us-east-1";
  const trail = `https://${region}.console.aws.amazon.com/cloudtrailv2/home?region=${region}#/events`;
  if (message.eventId !== undefined) return `${trail}/${encodeURIComponent(message.eventId)}`;
  if (!message.resource.startsWith("arn:")) return trail;
  const part = partsOf(message.resource, region);
  const own = Object.hasOwn(pages, part.key) && /^[a-z0-9-]+$/.test(part.region) ? pages[part.key] : undefined;
  return own === undefined ? `${trail}?ResourceName=${part.id}` : own(part);
}
