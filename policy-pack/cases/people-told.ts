import { ordinary } from "../../infra/documents/configurations-for-tests";
import { watchedPattern } from "../../infra/documents/watched-calls";
import { type Cases, type Given } from "./case";

const configuration = { ...ordinary, phase: "force" as const };
const ALL = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";
const rule = (region: string, props: object = {}): Given => ({
  type: "aws:cloudwatch/eventRule:EventRule", name: `rule-${region}`, props: { region, name: "fall-watched-calls", state: ALL, eventPattern: JSON.stringify(watchedPattern(region === "us-east-1")), ...props },
});
const target = (region: string, props: object = {}): Given => ({
  type: "aws:cloudwatch/eventTarget:EventTarget", name: `target-${region}`,
  props: { region, rule: "fall-watched-calls", arn: "arn:aws:events:us-east-1:333333333333:event-bus/fall-outcomes", roleArn: "arn:aws:iam::111111111111:role/fall/forwarder", deadLetterConfig: { arn: `arn:aws:sqs:${region}:111111111111:fall-dead-letters` }, ...props },
});
const away = [rule("eu-central-1"), target("eu-central-1")];

export const cases: Cases = {
  configuration,
  passes: { "a rule in each Region, to the central bus": [rule("us-east-1"), target("us-east-1"), ...away] },
  fails: {
    "a Region in which nobody hears": [/The rule fall-watched-calls in us-east-1 is missing/, ...away],
    "a rule without a target": [/The target of the rule fall-watched-calls in us-east-1 is missing/, rule("us-east-1"), ...away],
    "a rule that is off": [/state is "DISABLED"/, rule("us-east-1", { state: "DISABLED" }), target("us-east-1"), ...away],
    "a rule that hears no reads": [/state is "ENABLED"/, rule("us-east-1", { state: "ENABLED" }), target("us-east-1"), ...away],
    "a rule that hears less": [/eventPattern is/, rule("us-east-1", { eventPattern: JSON.stringify(watchedPattern(false)) }), target("us-east-1"), ...away],
    "another bus": [/arn is "arn:aws:events:us-east-1:999999999999:event-bus\/own"/, rule("us-east-1"), target("us-east-1", { arn: "arn:aws:events:us-east-1:999999999999:event-bus/own" }), ...away],
    "part of an event": [/inputPath is "\$.detail"/, rule("us-east-1"), target("us-east-1", { inputPath: "$.detail" }), ...away],
  },
};
