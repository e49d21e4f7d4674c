/**
 * Calls that reach what we own without naming it: AWS judges them on `*` or on another resource, so that a statement on
 * our ARNs says nothing of them.
 */
import { sources } from "../functions/sources";
import type { Condition } from "../functions/sources/log-source";
import type { Configuration } from "../infra/config/configuration";
import { exemptPrincipals } from "../infra/documents/exempt";
import { archiveArns, delegatedArns, keepingAccounts } from "../infra/documents/owned-arns";
import { ANY_ACCOUNT, namesFor } from "../infra/names";
import { catalogue } from "./catalogue";

export interface SideDoor {
  /** What whoever goes through it does. */
  readonly what: string;
  readonly actions: readonly string[];
  /** Every resource of the actions, if left out. */
  readonly resources?: readonly string[];
  readonly when?: Condition;
  readonly exempt: readonly string[];
  /** It is one by the tags that it names. */
  readonly byTag?: true;
  /** Who deploys may do it in a Region that is not governed yet. */
  readonly beforeGoverned?: true;
}

/** Names of actions in the catalogue: those on a type of resource, and those that send a key. */
const actionsOn = (type: string) => catalogue().filter(({ types }) => types.some(({ name }) => name === type)).map(({ name }) => name);
const taking = (key: string) => catalogue().filter(({ keys }) => keys.includes(key)).map(({ name }) => name);

export function sideDoors(config: Configuration): readonly SideDoor[] {
  const { enforcers, deployDelegated, deployLogArchive, breakGlass, administrator, lastResort, deployBackup } = exemptPrincipals(config);
  const { tagKey, exclusionTagKey } = namesFor(config);
  const within = (...accounts: readonly string[]): Condition => ({ StringEquals: { "aws:PrincipalAccount": accounts } });
  const archiveDeployers = [deployLogArchive, ...(config.accounts.backup === undefined ? [] : [deployBackup])];
  const delegated = [deployDelegated, breakGlass];
  return [
    {
      what: "pointing the notifier at another queue",
      actions: ["lambda:CreateEventSourceMapping", "lambda:DeleteEventSourceMapping", "lambda:UpdateEventSourceMapping"],
      when: { ArnLike: { "lambda:FunctionArn": delegatedArns(config).functions } },
      exempt: delegated,
    },
    {
      what: "running a template in every member",
      actions: ["cloudformation:CreateStackSet", ...actionsOn("stackset").filter((action) => !/:(Describe|Detect|Get|List|Tag|Untag)/.test(action))],
      when: within(config.accounts.delegated),
      exempt: delegated,
    },
    {
      what: "opening or closing the central bus by its permissions",
      actions: ["events:PutPermission", "events:RemovePermission"],
      when: { StringEquals: { "aws:PrincipalAccount": config.accounts.delegated, "aws:RequestedRegion": config.homeRegion } },
      exempt: delegated,
    },
    {
      what: "encrypting the default bus with a key of one's own, and taking the key away",
      actions: ["events:UpdateEventBus"],
      resources: [`arn:aws:events:*:${ANY_ACCOUNT}:event-bus/default`],
      exempt: lastResort,
    },
    {
      what: "reaching the logs by an access point, or opening the archive's account to the public",
      actions: [
        "s3:CreateAccessPoint", "s3:CreateAccessPointForObjectLambda", "s3:CreateMultiRegionAccessPoint", "s3:PutAccessPointPolicy",
        "s3:PutAccountPublicAccessBlock", "s3:PutMultiRegionAccessPointPolicy",
      ],
      when: within(...keepingAccounts(config)),
      exempt: [...archiveDeployers, administrator],
    },
    {
      what: "letting logs expire in a governed Region, making a deletion final, shortening retention or sending copies elsewhere",
      actions: ["s3:PutBucketObjectLockConfiguration", "s3:PutBucketVersioning", "s3:PutLifecycleConfiguration", "s3:PutReplicationConfiguration"],
      resources: [...archiveArns(config).logBuckets, ...archiveArns(config).placeBuckets],
      when: { StringEquals: { "aws:RequestedRegion": config.regions } },
      exempt: [administrator],
      beforeGoverned: true,
    },
    {
      what: "setting or taking the tag that marks what is ours",
      actions: taking("aws:TagKeys"),
      when: { "ForAnyValue:StringEquals": { "aws:TagKeys": [tagKey] } },
      byTag: true,
      exempt: [...enforcers, ...lastResort],
    },
    {
      what: "excluding a resource by the tag that enforcers honour",
      actions: sources.flatMap(({ exclusionTaggers = [] }) => exclusionTaggers),
      when: { "ForAnyValue:StringEquals": { "aws:TagKeys": [exclusionTagKey] } },
      byTag: true,
      exempt: lastResort,
    },
  ];
}
