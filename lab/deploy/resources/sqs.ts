/** Queues and their policies. */
import { CreateQueueCommand, DeleteQueueCommand, SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { type AnyHandler, type Context, handler, setting } from "../handler";

const sqs = ({ caller }: Context) => caller.client(SQSClient);

/** A queue's properties by the names of its attributes in the API. */
type Attributes = Readonly<Record<string, unknown>>;

/** What the API takes: every value a text, what is not set left out. */
function texts(attributes: Attributes): Record<string, string> {
  const set = Object.entries(attributes).filter(([, value]) => value !== undefined);
  return Object.fromEntries(set.map(([name, value]) => [name, typeof value === "object" ? JSON.stringify(value) : String(value)]));
}

const urlOf = ({ region, account }: Context, name: string) => `https://sqs.${region}.amazonaws.com/${account}/${name}`;

/** A queue, whatever its properties are called. */
function queue<Props>(read: (props: Props) => { readonly name: string; readonly attributes: Attributes }, attributesOf: (url: string, arn: string, name: string) => Record<string, string>): AnyHandler {
  const made = (context: Context, name: string) => {
    const url = urlOf(context, name);
    return { id: url, attributes: attributesOf(url, `arn:aws:sqs:${context.region}:${context.account}:${name}`, name) };
  };
  return handler<Props>({
    async create(context, props) {
      const { name, attributes } = read(props);
      await sqs(context).send(new CreateQueueCommand({ QueueName: name, Attributes: texts(attributes) }));
      return made(context, name);
    },
    async update(context, props, before) {
      const { name, attributes } = read(props);
      if (urlOf(context, name) !== before.made.id) throw new Error(`the queue ${before.made.id} can't become ${name}: it is to be deleted first`);
      await sqs(context).send(new SetQueueAttributesCommand({ QueueUrl: before.made.id, Attributes: texts(attributes) }));
      return before.made;
    },
    async remove(context, { id }) {
      await sqs(context).send(new DeleteQueueCommand({ QueueUrl: id }));
    },
  });
}

const setPolicy = (context: Context, QueueUrl: string, Policy: string) => sqs(context).send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));

interface PulumiQueue {
  readonly name: string;
  readonly messageRetentionSeconds?: number;
  readonly visibilityTimeoutSeconds?: number;
  readonly sqsManagedSseEnabled?: boolean;
  readonly redrivePolicy?: string;
  readonly redriveAllowPolicy?: string;
}

interface TemplatePolicy {
  readonly Queues: readonly string[];
  readonly PolicyDocument: object;
}

export const sqsHandlers: Readonly<Record<string, AnyHandler>> = {
  "aws:sqs/queue:Queue": queue<PulumiQueue>(
    (props) => ({
      name: props.name,
      attributes: {
        MessageRetentionPeriod: props.messageRetentionSeconds,
        VisibilityTimeout: props.visibilityTimeoutSeconds,
        SqsManagedSseEnabled: props.sqsManagedSseEnabled,
        RedrivePolicy: props.redrivePolicy,
        RedriveAllowPolicy: props.redriveAllowPolicy,
      },
    }),
    (url, arn) => ({ url, arn }),
  ),
  "aws:sqs/queuePolicy:QueuePolicy": setting<{ queueUrl: string; policy: string }>(
    ({ queueUrl }) => queueUrl,
    (context, { queueUrl, policy }) => setPolicy(context, queueUrl, policy),
    (context, { queueUrl }) => setPolicy(context, queueUrl, ""),
  ),
  "AWS::SQS::Queue": queue<{ QueueName: string } & Attributes>(
    ({ QueueName, ...attributes }) => ({ name: QueueName, attributes }),
    (QueueUrl, Arn, QueueName) => ({ QueueUrl, Arn, QueueName }),
  ),
  "AWS::SQS::QueuePolicy": setting<TemplatePolicy>(
    ({ Queues }) => Queues.join(" "),
    async (context, { Queues, PolicyDocument }) => {
      for (const url of Queues) await setPolicy(context, url, JSON.stringify(PolicyDocument));
    },
    async (context, { Queues }) => {
      for (const url of Queues) await setPolicy(context, url, "");
    },
  ),
};
