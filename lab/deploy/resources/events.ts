/** Event buses, rules and their targets. */
import {
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DeleteRuleCommand,
  EventBridgeClient,
  PutPermissionCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemovePermissionCommand,
  RemoveTargetsCommand,
  type RuleState,
  type Target,
} from "@aws-sdk/client-eventbridge";
import { type AnyHandler, type Context, handler, setting } from "../handler";

const events = ({ caller }: Context) => caller.client(EventBridgeClient);

/** PutTargets answers 200 with what it did not take. */
async function putTargets(context: Context, Rule: string, EventBusName: string | undefined, Targets: Target[]): Promise<void> {
  const { FailedEntries = [] } = await events(context).send(new PutTargetsCommand({ Rule, EventBusName, Targets }));
  if (FailedEntries.length > 0) throw new Error(`the rule ${Rule} did not take its targets: ${JSON.stringify(FailedEntries)}`);
}

interface PulumiRule {
  readonly name: string;
  readonly description?: string;
  readonly eventBusName?: string;
  readonly eventPattern?: string;
  readonly scheduleExpression?: string;
  readonly state?: RuleState;
}

async function putPulumiRule(context: Context, { name, description, eventBusName, eventPattern, scheduleExpression, state }: PulumiRule) {
  const input = { Name: name, Description: description, EventBusName: eventBusName, EventPattern: eventPattern, ScheduleExpression: scheduleExpression, State: state };
  const { RuleArn } = await events(context).send(new PutRuleCommand(input));
  return { id: eventBusName === undefined ? name : `${eventBusName}/${name}`, attributes: { arn: RuleArn! } };
}

interface PulumiTarget {
  readonly rule: string;
  readonly targetId: string;
  readonly arn: string;
  readonly eventBusName?: string;
  readonly roleArn?: string;
  readonly input?: string;
  readonly deadLetterConfig?: { readonly arn: string };
}

interface TemplateRule {
  readonly Name: string;
  readonly Description?: string;
  readonly EventBusName?: string;
  readonly EventPattern?: object;
  readonly ScheduleExpression?: string;
  readonly State?: RuleState;
  readonly Targets?: readonly Target[];
}

async function putTemplateRule(context: Context, { Targets = [], EventPattern, ...rest }: TemplateRule, obsolete: readonly string[] = []) {
  const { RuleArn } = await events(context).send(new PutRuleCommand({ ...rest, ...(EventPattern && { EventPattern: JSON.stringify(EventPattern) }) }));
  if (obsolete.length > 0) await events(context).send(new RemoveTargetsCommand({ Rule: rest.Name, EventBusName: rest.EventBusName, Ids: [...obsolete] }));
  if (Targets.length > 0) await putTargets(context, rest.Name, rest.EventBusName, [...Targets]);
  return { id: rest.Name, attributes: { Arn: RuleArn! } };
}

const targetIds = ({ Targets = [] }: TemplateRule) => Targets.map(({ Id }) => Id!);

export const eventsHandlers: Readonly<Record<string, AnyHandler>> = {
  "aws:cloudwatch/eventBus:EventBus": handler<{ name: string }>({
    async create(context, { name }) {
      const { EventBusArn } = await events(context).send(new CreateEventBusCommand({ Name: name }));
      return { id: name, attributes: { arn: EventBusArn! } };
    },
    async remove(context, { id }) {
      await events(context).send(new DeleteEventBusCommand({ Name: id }));
    },
  }),
  "aws:cloudwatch/eventBusPolicy:EventBusPolicy": setting<{ eventBusName: string; policy: string }>(
    ({ eventBusName }) => eventBusName,
    (context, { eventBusName, policy }) => events(context).send(new PutPermissionCommand({ EventBusName: eventBusName, Policy: policy })),
    (context, { eventBusName }) => events(context).send(new RemovePermissionCommand({ EventBusName: eventBusName, RemoveAllPermissions: true })),
  ),
  "aws:cloudwatch/eventRule:EventRule": handler<PulumiRule>({
    create: putPulumiRule,
    update: putPulumiRule,
    async remove(context, _, { name, eventBusName }) {
      await events(context).send(new DeleteRuleCommand({ Name: name, EventBusName: eventBusName }));
    },
  }),
  "aws:cloudwatch/eventTarget:EventTarget": setting<PulumiTarget>(
    ({ rule, targetId }) => `${rule}-${targetId}`,
    (context, { rule, targetId, arn, eventBusName, roleArn, input, deadLetterConfig }) =>
      putTargets(context, rule, eventBusName, [{ Id: targetId, Arn: arn, RoleArn: roleArn, Input: input, ...(deadLetterConfig && { DeadLetterConfig: { Arn: deadLetterConfig.arn } }) }]),
    (context, { rule, targetId, eventBusName }) => events(context).send(new RemoveTargetsCommand({ Rule: rule, EventBusName: eventBusName, Ids: [targetId] })),
  ),
  "AWS::Events::Rule": handler<TemplateRule>({
    create: (context, props) => putTemplateRule(context, props),
    update: (context, props, { props: before }) => putTemplateRule(context, props, targetIds(before).filter((id) => !targetIds(props).includes(id))),
    async remove(context, { id }, props) {
      const ids = targetIds(props);
      if (ids.length > 0) await events(context).send(new RemoveTargetsCommand({ Rule: id, EventBusName: props.EventBusName, Ids: ids }));
      await events(context).send(new DeleteRuleCommand({ Name: id, EventBusName: props.EventBusName }));
    },
  }),
};
