/** Events that could not be enforced, waiting in the dead-letter queue of their account and Region. */
import { GetQueueAttributesCommand, GetQueueUrlCommand, SQSClient } from "@aws-sdk/client-sqs";
import { cause, type Check, type Place } from "../check";
import { enforced } from "../enforced";
import { enforcerNodes, pathNodes } from "../nodes";

export interface QueueReading extends Place {
  /** Null where there is no queue. */
  readonly waiting: number | null | undefined;
}

const GONE = ["QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"];

export const check: Check<QueueReading> = {
  looksAt: "the dead-letter queue of each account and Region",
  causes: {
    "queue-missing": { symptom: "what could not be enforced is not kept", cause: "the dead-letter queue is gone" },
    "dead-letters": { symptom: "some resources stay unlogged until the next sweep", cause: "events that an enforcer could not serve wait in the dead-letter queue" },
  },
  async read(ground) {
    const { access, names } = ground;
    const places = new Map((await enforced(ground)).map(({ account, region }) => [`${account} ${region}`, { account, region }]));
    return Promise.all(
      [...places.values()].map(async (place) => {
        const waiting = await access.attempt(place, "sqs:GetQueueAttributes", async (entered) => {
          const sqs = entered.client(SQSClient, place.region);
          const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: names.deadLetterQueue }));
          const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["ApproximateNumberOfMessages"] }));
          return Number(Attributes?.ApproximateNumberOfMessages ?? 0);
        }, GONE);
        return { ...place, waiting };
      }),
    );
  },
  judge({ account, region, waiting }, { config, names, scope }) {
    const arn = `arn:aws:sqs:${region}:${account}:${names.deadLetterQueue}`;
    const where = { account, region };
    const { regional } = enforcerNodes(config, "", { account, region });
    if (waiting === null) return [cause("queue-missing", arn, where, "there is no queue of this name", "aws cloudformation update-stack-instances --call-as DELEGATED_ADMIN, by the delegated account's deploy role", [regional])];
    if (waiting === undefined || waiting === 0) return [];
    const enforcers = scope.sources.flatMap((source) => [...Object.values(enforcerNodes(config, source.name, { account, region })), ...pathNodes(config, source, region)]);
    return [cause("dead-letters", arn, where, `${waiting} waiting`, `npm run redrive -- --account ${account} --region ${region}`, enforcers)];
  },
};
