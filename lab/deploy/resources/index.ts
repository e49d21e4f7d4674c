/** Every type of resource that the lab can deploy, by its token in Pulumi or in CloudFormation. */
import type { AnyHandler } from "../handler";
import { cloudwatchHandlers } from "./cloudwatch";
import { eventsHandlers } from "./events";
import { iamHandlers } from "./iam";
import { kmsHandlers } from "./kms";
import { lambdaHandlers } from "./lambda";
import { logsHandlers } from "./logs";
import { organizationsHandlers } from "./organizations";
import { recordersHandlers } from "./recorders";
import { s3Handlers } from "./s3";
import { s3KeepingHandlers } from "./s3-keeping";
import { sqsHandlers } from "./sqs";
import { stacksHandlers } from "./stacks";
import { storesHandlers } from "./stores";
import { tablesHandlers } from "./tables";

const all: Readonly<Record<string, AnyHandler>> = {
  ...cloudwatchHandlers,
  ...eventsHandlers,
  ...iamHandlers,
  ...kmsHandlers,
  ...lambdaHandlers,
  ...logsHandlers,
  ...organizationsHandlers,
  ...recordersHandlers,
  ...s3Handlers,
  ...s3KeepingHandlers,
  ...sqsHandlers,
  ...stacksHandlers,
  ...storesHandlers,
  ...tablesHandlers,
};

/** @throws Error on a type without a handler: nothing is skipped silently */
export function handlerFor(type: string): AnyHandler {
  const found = all[type];
  if (!found) throw new Error(`the lab has no handler for ${type}: lab/deploy/resources has to be given one`);
  return found;
}
