/**
 * `npm run redrive -- --account ID --region R [--config FILE] [--dry-run]` empties the dead-letter queue of an account
 * and Region into the enforcers again, as the role `redrive` of that account.
 *
 * Needs credentials of the delegated account's deploy role or of break-glass: nobody else may assume it. One line a
 * message and a summary; exit 0 if the queue is empty afterwards, 1 if something was left, 2 on a wrong argument.
 */
import { LambdaClient } from "@aws-sdk/client-lambda";
import { GetQueueUrlCommand, SQSClient } from "@aws-sdk/client-sqs";
import { STSClient } from "@aws-sdk/client-sts";
import type { Configuration } from "../infra/config/configuration";
import { namesFor } from "../infra/names";
import { readArguments, refuse } from "./arguments";
import { assumed } from "./assumed";
import { configurationOrRefuse } from "./configuration";
import { drain, MOST } from "./redrive/drain";

const { values } = readArguments("redrive", {
  account: { type: "string", what: "an account id (12 digits)", valid: (value) => /^\d{12}$/.test(value) },
  region: { type: "string", what: "a governed Region" },
  config: { type: "string", what: "a file" },
  "dry-run": { type: "boolean" },
});

async function redrive(account: string, region: string, config: Configuration): Promise<void> {
  const names = namesFor(config);
  const roleArn = names.roleArn(names.roleName.redrive, account);
  const client = { region, credentials: await assumed(new STSClient({ region }), roleArn, "redrive") };
  // The queue's own URL is not taken for the endpoint, or AWS_ENDPOINT_URL would count for one call and not the next.
  const sqs = new SQSClient({ ...client, useQueueUrlAsEndpoint: false });
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: names.deadLetterQueue }));
  const dryRun = values["dry-run"] ?? false;
  const owner = { account, region, functionPrefix: names.enforcerFunction("") };
  const print = (line: string) => process.stdout.write(`${line}\n`);
  const { redriven, left } = await drain({ sqs, lambda: new LambdaClient(client), queueUrl: QueueUrl!, owner, dryRun, print });
  const bounded = redriven + left >= MOST ? `; stopped after ${MOST}, run it again` : "";
  print(`${names.deadLetterQueue} of ${account} in ${region}: ${redriven} ${dryRun ? "would be redriven" : "redriven"}, ${left} left${bounded}`);
  process.exitCode = left > 0 || bounded !== "" ? 1 : 0;
}

const { account, region } = values;
if (account === undefined || region === undefined) refuse(`no --${account === undefined ? "account" : "region"} is given: redrive --account ID --region R is allowed`);
const config = configurationOrRefuse("delegated", values.config);
if (!config.regions.includes(region)) refuse(`option --region is given ${JSON.stringify(region)}: one of ${config.regions.join(", ")} is allowed`);

redrive(account, region, config).catch((error: unknown) => {
  const { name, message } = error as Error;
  if (name === "CredentialsProviderError") refuse(`no AWS credentials were found: those of ${namesFor(config).roleName.deployDelegated} are needed`);
  // What AWS refuses is the user's to mend, so no stack; anything else keeps its own.
  if ((error as { $metadata?: unknown }).$metadata === undefined) throw error;
  process.stderr.write(`${name}: ${message}\n`);
  process.exitCode = 1;
});
