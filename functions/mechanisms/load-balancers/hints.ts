/** Which load balancers a CloudTrail event of `elasticloadbalancing.amazonaws.com` speaks of. */
import { listOf, objectOf, textOf } from "../json";

type Detail = Readonly<Record<string, unknown>>;

/** The event is of the API of Classic Load Balancers, version 2012-06-01; Application and Network ones came in 2015. */
function isClassic(detail: Detail): boolean {
  return detail.apiVersion === "2012-06-01";
}

const strings = (values: readonly unknown[]) => values.map(textOf).filter((text) => text !== "");

/**
 * The ARNs of the load balancers of one type; undefined where the event names none, [] where it is of another type.
 *
 * @param type as in the ARN: `app`, `net`
 */
export function loadBalancerHints(detail: Detail, type: "app" | "net"): readonly string[] | undefined {
  if (isClassic(detail)) return [];
  const request = objectOf(detail.requestParameters);
  const made = listOf(objectOf(detail.responseElements).loadBalancers).map((one) => objectOf(one).loadBalancerArn);
  const arns = strings([...made, request.loadBalancerArn, ...listOf(request.resourceArns)]);
  return arns.length === 0 ? undefined : arns.filter((arn) => arn.includes(`:loadbalancer/${type}/`));
}

/** The names of the Classic Load Balancers; undefined where the event names none, [] where it is of the newer API. */
export function classicLoadBalancerHints(detail: Detail): readonly string[] | undefined {
  const request = objectOf(detail.requestParameters);
  const names = strings([request.loadBalancerName, ...listOf(request.loadBalancerNames)]);
  if (isClassic(detail)) return names.length === 0 ? undefined : names;
  // Without a version (an emptied payload, perhaps) it may be of either.
  return detail.apiVersion === undefined ? undefined : [];
}
