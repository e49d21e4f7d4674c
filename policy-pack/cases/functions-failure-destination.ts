import type { Cases, Given } from "./case";

const lambda: Given = { type: "aws:lambda/function:Function", name: "notifier", props: { name: "fall-notifier" } };
const queue = (redrivePolicy?: string): Given => ({ type: "aws:sqs/queue:Queue", name: "queue", props: { name: "fall-notifications", redrivePolicy } });
const mapping: Given = {
  type: "aws:lambda/eventSourceMapping:EventSourceMapping",
  name: "mapping",
  props: { functionName: "arn:aws:lambda:us-east-1:333333333333:function:fall-notifier", eventSourceArn: "arn:aws:sqs:us-east-1:333333333333:fall-notifications" },
};
const NOTHING = /no dead-letter queue/;

export const cases: Cases = {
  passes: {
    "a dead-letter queue": [{ ...lambda, props: { deadLetterConfig: { targetArn: "arn:aws:sqs:us-east-1:333333333333:q" } } }],
    "a failure destination": [lambda, { type: "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", name: "config", props: { functionName: "fall-notifier", destinationConfig: { onFailure: { destination: "arn" } } } }],
    "a queue that keeps what fails": [lambda, queue('{"maxReceiveCount":8}'), mapping],
    "a failure destination, in a template": [
      { type: "AWS::Lambda::Function", name: "Vpc", props: { FunctionName: "fall-enforcer-vpc" } },
      { type: "AWS::Lambda::EventInvokeConfig", name: "VpcInvoke", props: { FunctionName: { Ref: "Vpc" }, Qualifier: "$LATEST", DestinationConfig: { OnFailure: { Destination: { "Fn::GetAtt": ["Queue", "Arn"] } } } } },
    ],
  },
  fails: {
    "nothing": [NOTHING, lambda],
    "another function's destination": [NOTHING, lambda, { type: "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", name: "config", props: { functionName: "fall-watcher", destinationConfig: { onFailure: { destination: "arn" } } } }],
    "settings without a destination": [NOTHING, lambda, { type: "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", name: "config", props: { functionName: "fall-notifier", maximumRetryAttempts: 2 } }],
    "a queue that keeps nothing": [NOTHING, lambda, queue(), mapping],
  },
};
