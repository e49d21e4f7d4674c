/** Which distributions a CloudTrail event of `cloudfront.amazonaws.com` speaks of. */
import { objectOf, textOf } from "../../mechanisms/json";

/**
 * ARNs or ids of the distributions; undefined where the event names none, [] where it is of another resource (tags are
 * taken from functions by the same call). CloudTrail writes ARN as `aRN`.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/logging-using-cloudtrail.html
 */
export function distributionHints(detail: Readonly<Record<string, unknown>>): readonly string[] | undefined {
  const request = objectOf(detail.requestParameters);
  const made = objectOf(objectOf(detail.responseElements).distribution);
  if (textOf(detail.eventName).startsWith("UntagResource")) {
    const tagged = textOf(request.resource);
    return tagged === "" ? undefined : tagged.includes(":distribution/") ? [tagged] : [];
  }
  // A request's own id is last: CopyDistribution's is the primary's, not the copy's.
  const named = [made.aRN, made.id, request.id].map(textOf).find((text) => text !== "");
  return named === undefined ? undefined : [named];
}
