import { ordinary } from "../../infra/documents/configurations-for-tests";
import { minified } from "../../infra/documents/policy";
import { notificationQueuePolicy } from "../../infra/documents/queue-policies";
import { regionalTemplate } from "../../infra/documents/regional-template";
import type { PolicyDocument } from "../../infra/documents/policy";
import { edited, lacking, widened } from "../documents-for-tests";
import type { Cases, Given } from "./case";

const queue: Given = { type: "aws:sqs/queue:Queue", name: "notifications", props: { name: "fall-notifications", region: "us-east-1" }, account: "333333333333" };
const given = (policy: string): readonly [Given, Given] => [
  queue,
  { type: "aws:sqs/queuePolicy:QueuePolicy", name: "notifications", props: { queueUrl: "https://sqs.us-east-1.amazonaws.com/333333333333/fall-notifications", policy, region: "us-east-1" }, account: "333333333333" },
];
const notifications = notificationQueuePolicy(ordinary);

const { Resources } = regionalTemplate(ordinary, Object.fromEntries(Object.keys(ordinary.sources).map((name) => [name, "code.zip"])));
const inTemplate = (PolicyDocument: unknown): readonly [Given, Given] => [
  { type: "AWS::SQS::Queue", name: "DeadLetterQueue", props: Resources["DeadLetterQueue"]!.Properties },
  { type: "AWS::SQS::QueuePolicy", name: "DeadLetterQueuePolicy", props: { Queues: [{ Ref: "DeadLetterQueue" }], PolicyDocument } },
];
const deadLetters = Resources["DeadLetterQueuePolicy"]!.Properties["PolicyDocument"] as PolicyDocument;

export const cases: Cases = {
  configuration: { ...ordinary, tier: "delegated" },
  passes: {
    "the notifications' queue": given(minified(notifications)),
    "an account's dead-letter queue, in the template": inTemplate(deadLetters),
  },
  fails: {
    "rules of any account": [/nothing else is allowed/, ...given(edited(notifications, "OurEventRules", lacking("StringEquals")))],
    "any rule of the account": [/nothing else is allowed/, ...given(edited(notifications, "OurEventRules", lacking("ArnLike")))],
    "no TLS": [/nothing without TLS/, ...given(edited(notifications, "OverTlsOnly"))],
    "another service": [/nothing else is allowed: s3.amazonaws.com/, ...given(widened(notifications, { Principal: { Service: "s3.amazonaws.com" }, Action: "sqs:SendMessage", Resource: "*" }))],
    "rules left out": [/OurRulesSend is allowed/, ...given(edited(notifications, "OurEventRules", (one) => ({ ...one, Action: "sqs:GetQueueUrl" })))],
    "rules of any account, in the template": [/nothing else is allowed/, ...inTemplate(JSON.parse(edited(deadLetters, "OurEventRules", lacking("StringEquals"))))],
  },
};
