/** The stack instances of our StackSets, and which of them are not as they should be. */
import { ListStackInstancesCommand, type CloudFormationClient, type StackInstanceSummary } from "@aws-sdk/client-cloudformation";

export interface Instance {
  readonly stackSet: string;
  readonly account: string;
  readonly region: string;
  /** ARN of the stack in the member; "" before there is one. */
  readonly stack: string;
  /** `CURRENT`, `OUTDATED` or `INOPERABLE`. */
  readonly status: string;
  /** `PENDING`, `RUNNING`, `SUCCEEDED`, `FAILED` and so on; "" where CloudFormation does not say. */
  readonly detailedStatus: string;
  readonly reason: string;
  /** The operation that touched it last; "" where there was none. */
  readonly operation: string;
}

function instanceOf(stackSet: string, summary: StackInstanceSummary): Instance {
  return {
    stackSet,
    account: summary.Account ?? "",
    region: summary.Region ?? "",
    stack: summary.StackId ?? "",
    status: summary.Status ?? "",
    detailedStatus: summary.StackInstanceStatus?.DetailedStatus ?? "",
    reason: summary.StatusReason ?? "",
    operation: summary.LastOperationId ?? "",
  };
}

/** Every instance of a StackSet, read as delegated administrator. Throws what CloudFormation throws. */
export async function stackInstances(client: Pick<CloudFormationClient, "send">, stackSet: string): Promise<readonly Instance[]> {
  const instances: Instance[] = [];
  let token: string | undefined;
  do {
    const page = await client.send(
      new ListStackInstancesCommand({ StackSetName: stackSet, CallAs: "DELEGATED_ADMIN", MaxResults: 100, ...(token === undefined ? {} : { NextToken: token }) }),
    );
    instances.push(...(page.Summaries ?? []).map((summary) => instanceOf(stackSet, summary)));
    token = page.NextToken;
  } while (token !== undefined);
  return instances;
}

/** A suspended account runs nothing: StackSets skips it, and nobody waits for its heartbeat. */
export function suspended({ detailedStatus }: Instance): boolean {
  return detailedStatus === "SKIPPED_SUSPENDED_ACCOUNT";
}

/** Whether an operation is at work on an instance, or has it in its queue. */
export function underWay({ detailedStatus }: Instance): boolean {
  return detailedStatus === "PENDING" || detailedStatus === "RUNNING";
}

/** Names an instance that is under way, in one operation: the next one begins its time anew. */
export function operationKey({ stackSet, account, region, operation }: Instance): string {
  return `stack-instance#${stackSet}#${account}#${region}#${operation}`;
}

/**
 * The instances to report: not CURRENT, and not merely on their way there.
 *
 * @param patience milliseconds that an operation may take
 * @param firstSeen when each operation was first seen, ISO 8601, by `operationKey`; absent means: now
 */
export function notCurrent(instances: readonly Instance[], now: number, patience: number, firstSeen: Readonly<Record<string, string>>): readonly Instance[] {
  return instances.filter((instance) => {
    if (instance.status === "CURRENT" || suspended(instance)) return false;
    if (!underWay(instance)) return true;
    const since = firstSeen[operationKey(instance)];
    return since !== undefined && now - Date.parse(since) > patience;
  });
}
