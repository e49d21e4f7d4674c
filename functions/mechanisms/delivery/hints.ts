/** What a CloudTrail event of `logs.amazonaws.com` says about the resources to look at. */
import { objectOf, textOf } from "../json";

/**
 * The resource ARN that an event of the vended delivery API names; undefined where it names none and all are to be
 * looked at (DeleteDelivery has only an id), none at all where it surely is of something else.
 *
 * @param isMine whether an ARN is of this log source's kind of resource
 */
export function deliveryHints(
  detail: Readonly<Record<string, unknown>>,
  isMine: (arn: string) => boolean,
): readonly string[] | undefined {
  const arn = textOf(objectOf(detail.requestParameters).resourceArn);
  if (arn === "") return undefined;
  switch (detail.eventName) {
    case "PutDeliverySource":
      return isMine(arn) ? [arn] : [];
    case "UntagResource":
      // Log groups are untagged by this call too.
      return arn.includes(":delivery:") || arn.includes(":delivery-source:") ? undefined : [];
    default:
      return undefined;
  }
}
