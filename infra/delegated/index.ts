/**
 * The delegated account: code and templates, the two StackSets, the bus and who listens to it.
 *
 * `prepare` makes what the enforcers will need when they arrive; `force` sends them out and watches them.
 */
import type { Stack } from "../stack";
import { deployment } from "../deployment";
import { alarms } from "./alarms";
import { bus } from "./bus";
import { code } from "./code";
import { exclusions } from "./exclusions";
import { notifications } from "./notifications";
import { organizationServices } from "./organization-services";
import { notifier } from "./notifier";
import { stackSets } from "./stack-sets";
import { statusTable } from "./status-table";
import { watcher } from "./watcher";
import { webhookSecrets } from "./webhook-secrets";

export async function declareDelegated(stack: Stack): Promise<void> {
  const made = await deployment(stack.config);
  const buckets = code(stack, made);
  exclusions(stack, buckets);
  const outcomes = bus(stack);
  const queues = notifications(stack, outcomes);
  const table = statusTable(stack);
  const secrets = webhookSecrets(stack);
  notifier(stack, made, buckets, queues, [table, ...secrets]);
  alarms(stack, queues);
  organizationServices(stack);
  if (!stack.reached("force")) return;
  const sets = stackSets(stack, made, buckets);
  watcher(stack, made, buckets, queues, [outcomes, table, ...sets]);
}
