/**
 * Where AWS's service authorization data and its documentation say different things of an action's resources: what
 * either says is covered.
 */

interface Disagreement {
  /** As AWS writes it. */
  readonly action: string;
  /** A resource type of the same service, which the documentation gives the action and the data does not. */
  readonly type: string;
  readonly reason: string;
}

export const disagreements: readonly Disagreement[] = [
  {
    action: "logs:DeleteDeliverySource",
    type: "delivery-source",
    reason:
      "The data lists delivery-destination alone. The operation names a delivery source, and AWS's example policy grants it on delivery-source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-vended-logs-permissions-V2.html",
  },
];

/** The types that the documentation gives the action beyond AWS's data; none for most. */
export const alsoTaken = (action: string): readonly string[] =>
  disagreements.filter((one) => one.action === action).map(({ type }) => type);
