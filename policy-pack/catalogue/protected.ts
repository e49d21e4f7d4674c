/** What the lock protects, as patterns of ARNs, and the calls that weaken it without naming a resource. */
import { sources } from "../../functions/sources";
import type { Configuration } from "../../infra/config/configuration";
import { archiveArns, delegatedArns, memberArns } from "../../infra/documents/owned-arns";
import { ciIssuer } from "../../infra/documents/trust-policies";
import { ANY_ACCOUNT, namesFor } from "../../infra/names";

/** What is protected, but is neither owned under a name of ours nor named by a source. */
function beside(config: Configuration): readonly string[] {
  const { homeRegion, accounts, trail, prefix } = namesFor(config);
  return [
    // The logs' bucket and its objects under another ARN, which a statement on the bucket does not name.
    "arn:aws:s3:*:????????????:accesspoint/*",
    "arn:aws:s3::????????????:accesspoint/*",
    // Whoever changes a stack set is administrator of every member.
    `arn:aws:cloudformation:*:${ANY_ACCOUNT}:stackset/${prefix}-*`,
    // The pipelines' identity, and with it the deploy roles.
    `arn:aws:iam::${ANY_ACCOUNT}:oidc-provider/${ciIssuer}`,
    // Whom the configuration lets into break-glass.
    `arn:aws:iam::${ANY_ACCOUNT}:user/*`,
    // In the management account, where no service control policy reaches: told to people, and here for whoever asks.
    `arn:aws:cloudtrail:${homeRegion}:${accounts.management}:trail/${trail}`,
    `arn:aws:organizations::${accounts.management}:policy/*`,
  ];
}

/** Patterns of every ARN that is ours or that a source's denied calls touch. */
export function protectedArns(config: Configuration): readonly string[] {
  const names = namesFor(config);
  const owned = [memberArns(config), delegatedArns(config), archiveArns(config)].flatMap((arns) => Object.values(arns).flat());
  const touched = weakening(config).flatMap((call) => (call.how === "denied" ? call.resources : []));
  return [...new Set([...owned, names.busArn, ...touched, ...beside(config)])].filter((arn) => arn !== "*");
}

const weakening = (config: Configuration) =>
  sources.flatMap((source) => source.via.flatMap((via) => source.weakening(namesFor(config), via)));

/** Every call that a source says weakens it, denied and repaired alike. */
export const weakeningCalls = (config: Configuration): readonly string[] => [
  ...new Set(weakening(config).flatMap(({ actions }) => actions)),
];

/** Calls that take logs away although AWS lists them on no resource that is protected, with the reason. */
export const groundCalls: Readonly<Record<string, string>> = {
  "account:CloseAccount": "takes an account, and what is logged in it, out of the organization",
  "account:DisableRegion": "takes the enforcers away with their Region",
  "account:EnableRegion": "opens a Region in which nothing is forced",
  "events:PutPermission": "opens the central bus to strangers",
  "events:RemovePermission": "closes the central bus to the enforcers",
  "lambda:CreateEventSourceMapping": "receives a queue's messages before the notifier does",
  "lambda:DeleteEventSourceMapping": "cuts the notifier off its queue",
  "lambda:UpdateEventSourceMapping": "points the notifier at another queue",
  "organizations:LeaveOrganization": "takes an account, and what is logged in it, out of the organization",
  "s3:PutAccountPublicAccessBlock": "lets the public in by the account's own setting",
};
