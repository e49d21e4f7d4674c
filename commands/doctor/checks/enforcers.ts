/** The enforcers: the function runs, its rules are on, see what they should, and may invoke it. */
import { DescribeRuleCommand, EventBridgeClient, ListTargetsByRuleCommand, type DescribeRuleResponse, type Target } from "@aws-sdk/client-eventbridge";
import { GetFunctionConcurrencyCommand, GetFunctionConfigurationCommand, GetPolicyCommand, LambdaClient, type FunctionConfiguration } from "@aws-sdk/client-lambda";
import { isDeepStrictEqual } from "node:util";
import { enforcerEnvironment } from "../../../functions/enforcer/environment";
import type { LogSource } from "../../../functions/sources";
import { sourcePattern } from "../../../infra/documents/event-patterns";
import type { PolicyDocument } from "../../../policy-pack/evaluator";
import { cause, type Check, type Finding, type Ground, type Place } from "../check";
import { enforced } from "../enforced";
import { enforcerNodes } from "../nodes";
import { asService, refusalOf } from "../requests";

export interface RuleReading {
  /** Null where there is none. */
  readonly rule: DescribeRuleResponse | null | undefined;
  readonly targets: readonly Target[] | null | undefined;
}

export interface EnforcerReading extends Place {
  readonly source: LogSource;
  readonly fn: FunctionConfiguration | null | undefined;
  readonly concurrency: number | null | undefined;
  readonly policy: PolicyDocument | null | undefined;
  readonly events: RuleReading;
  readonly sweep: RuleReading;
}

const GONE = ["ResourceNotFoundException"];

async function read({ access, names }: Ground, source: LogSource, place: Place): Promise<EnforcerReading> {
  const { region } = place;
  const FunctionName = names.enforcerFunction(source.name);
  const lambda = <T>(action: string, work: (client: LambdaClient) => Promise<T>) => access.attempt(place, action, (entered) => work(entered.client(LambdaClient, region)), GONE);
  const events = <T>(action: string, work: (client: EventBridgeClient) => Promise<T>) => access.attempt(place, action, (entered) => work(entered.client(EventBridgeClient, region)), GONE);
  const ruled = async (Name: string): Promise<RuleReading> => {
    const [rule, targets] = await Promise.all([
      events("events:DescribeRule", (client) => client.send(new DescribeRuleCommand({ Name }))),
      events("events:ListTargetsByRule", async (client) => (await client.send(new ListTargetsByRuleCommand({ Rule: Name }))).Targets ?? []),
    ]);
    return { rule, targets };
  };
  const [fn, concurrency, text, byEvents, bySweep] = await Promise.all([
    lambda("lambda:GetFunctionConfiguration", (client) => client.send(new GetFunctionConfigurationCommand({ FunctionName }))),
    lambda("lambda:GetFunctionConcurrency", async (client) => (await client.send(new GetFunctionConcurrencyCommand({ FunctionName }))).ReservedConcurrentExecutions ?? null),
    lambda("lambda:GetPolicy", async (client) => (await client.send(new GetPolicyCommand({ FunctionName }))).Policy ?? null),
    ruled(names.eventRule(source.name)),
    ruled(names.sweepRule(source.name)),
  ]);
  return { ...place, source, fn, concurrency, policy: typeof text === "string" ? (JSON.parse(text) as PolicyDocument) : text, events: byEvents, sweep: bySweep };
}

const REDEPLOY = "aws cloudformation update-stack-instances --call-as DELEGATED_ADMIN, by the delegated account's deploy role";

export const check: Check<EnforcerReading> = {
  looksAt: "each enforcer's function and rules, in every account and Region",
  causes: {
    "enforcer-missing": { symptom: "new resources of a source are not logged in one account and Region", cause: "the enforcer's function is gone, or never came to be active" },
    "enforcer-starved": { symptom: "new resources are not logged, and events go to the dead-letter queue after hours", cause: "the function's reserved concurrency is 0" },
    "enforcer-environment": { symptom: "an enforcer forces logs to somewhere else", cause: "the function's environment is not what was deployed" },
    "rule-missing": { symptom: "new resources are logged late, or never", cause: "a rule that wakes the enforcer is gone" },
    "rule-disabled": { symptom: "new resources are logged late, or never", cause: "a rule that wakes the enforcer is disabled" },
    "rule-pattern": { symptom: "new resources are logged at the next sweep only", cause: "the rule's event pattern, or its schedule, is not what was deployed" },
    "rule-target": { symptom: "new resources are logged late, or never", cause: "a rule no longer leads to the enforcer" },
    "rule-refused": { symptom: "new resources are logged late, or never", cause: "the function's policy does not let the rule invoke it" },
  },
  read: async (ground) => Promise.all((await enforced(ground)).map(({ source, ...place }) => read(ground, source, place))),
  judge({ source, account, region, fn, concurrency, policy, events, sweep }, { config, names }) {
    const nodes = enforcerNodes(config, source.name, { account, region });
    const where = { account, region, source: source.name };
    const at = (name: string) => `aws events enable-rule --region ${region} --name ${name}`;
    const findings: Finding[] = [];
    const add = (id: string, what: string, found: string, mend: string, restsOn: readonly string[] = [nodes.regional]) => findings.push(cause(id, what, where, found, mend, restsOn));

    if (fn === null) add("enforcer-missing", nodes.function, "there is no function of this name", REDEPLOY);
    else if (fn?.State && fn.State !== "Active" && fn.State !== "Inactive") add("enforcer-missing", nodes.function, `it is ${fn.State}: ${fn.StateReason ?? "no reason given"}`, REDEPLOY);
    if (concurrency === 0) add("enforcer-starved", nodes.function, "ReservedConcurrentExecutions is 0", `aws lambda delete-function-concurrency --region ${region} --function-name ${names.enforcerFunction(source.name)}, by the delegated account's deploy role`);
    const variables = fn?.Environment?.Variables;
    const wanted = enforcerEnvironment(names, config.sources[source.name]!.via);
    const differing = variables ? Object.keys(wanted).filter((name) => variables[name] !== wanted[name]) : [];
    if (differing.length > 0) add("enforcer-environment", nodes.function, `${differing.join(", ")} ${differing.length > 1 ? "differ" : "differs"}`, REDEPLOY);

    const rules = [
      { ...events, arn: nodes.events, name: names.eventRule(source.name), differs: ({ EventPattern }: DescribeRuleResponse) => (isDeepStrictEqual(JSON.parse(EventPattern ?? "null"), sourcePattern(source)) ? undefined : `its pattern is ${EventPattern ?? "empty"}`) },
      { ...sweep, arn: nodes.sweep, name: names.sweepRule(source.name), differs: ({ ScheduleExpression }: DescribeRuleResponse) => (ScheduleExpression === `rate(${config.sweepMinutes} minutes)` ? undefined : `its schedule is ${ScheduleExpression ?? "empty"}`) },
    ];
    for (const { rule, targets, arn, name, differs } of rules) {
      if (rule === null) add("rule-missing", arn, "there is no rule of this name", REDEPLOY);
      if (!rule) continue;
      if (rule.State === "DISABLED") add("rule-disabled", arn, "its state is DISABLED", at(name));
      const different = differs(rule);
      if (different !== undefined) add("rule-pattern", arn, different, REDEPLOY);
      if (targets && !targets.some(({ Arn }) => Arn === nodes.function)) add("rule-target", arn, `its targets are ${targets.map(({ Arn }) => Arn).join(", ") || "none"}`, REDEPLOY);
      if (!fn || policy === undefined) continue;
      const { principal, context } = asService("events.amazonaws.com", { organizationId: config.organizationId, account, sourceArn: arn, region });
      const refusal = refusalOf({ principal, action: "lambda:InvokeFunction", resource: nodes.function, resourceAccount: account, context }, { resource: [{ name: "the function's policy", document: policy ?? { Statement: [] } }] });
      if (refusal) add("rule-refused", arn, refusal.words, REDEPLOY);
    }
    return findings;
  },
};
