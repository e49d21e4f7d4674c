import type { Cases } from "./case";

const arn = "arn:aws:sqs:us-east-1:333333333333:q";

export const cases: Cases = {
  passes: {
    "a target": [{ type: "aws:cloudwatch/eventTarget:EventTarget", props: { arn, deadLetterConfig: { arn } } }],
    "a rule's target, in a template": [{ type: "AWS::Events::Rule", props: { Targets: [{ Id: "enforcer", Arn: arn, DeadLetterConfig: { Arn: { "Fn::GetAtt": ["Queue", "Arn"] } } }] } }],
  },
  fails: {
    "a target without": [/target it has no/, { type: "aws:cloudwatch/eventTarget:EventTarget", props: { arn } }],
    "the second target of a rule": [/target second has no/, { type: "AWS::Events::Rule", props: { Targets: [{ Id: "first", Arn: arn, DeadLetterConfig: { Arn: arn } }, { Id: "second", Arn: arn }] } }],
    "a rule of @pulumi/aws-native": [/target one has no/, { type: "aws-native:events:Rule", props: { targets: [{ id: "one", arn }] } }],
    "a schedule": [/has no/, { type: "aws:scheduler/schedule:Schedule", props: { target: { arn } } }],
  },
};
