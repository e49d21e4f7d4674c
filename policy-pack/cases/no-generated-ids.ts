import { type Cases, scp } from "./case";

const on = (Resource: string | readonly string[]) => scp({ Sid: "A", Effect: "Deny", Action: "*", Resource });

export const cases: Cases = {
  passes: {
    "names, accounts and Regions": [on(["arn:aws:s3:::aws-fall-log-storage-222222222222-eu-central-1", "arn:aws:kms:*:222222222222:key/*"])],
    "a secret whose end is left open": [on("arn:aws:secretsmanager:us-east-1:333333333333:secret:fall/webhook/google-chat-??????")],
    "a role of StackSets": [on(`arn:aws:iam::????????????:role/stacksets-exec-${"?".repeat(32)}`)],
  },
  fails: {
    "a key's id": [/generated id 1234abcd/, on("arn:aws:kms:eu-central-1:222222222222:key/1234abcd-12ab-34cd-56ef-1234567890ab")],
    "a multi-Region key's id": [/mrk-/, on("arn:aws:kms:eu-central-1:222222222222:key/mrk-1234abcd12ab34cd56ef1234567890ab")],
    "a flow log's id": [/fl-0123456789abcdef0/, on("arn:aws:ec2:*:*:vpc-flow-log/fl-0123456789abcdef0")],
    "a secret's end": [/AbCdEf/, on("arn:aws:secretsmanager:us-east-1:333333333333:secret:fall/webhook/slack-AbCdEf")],
    "a Pulumi name's suffix": [/-1a2b3c4/, on("arn:aws:s3:::log-storage-1a2b3c4")],
    "a unique id in a condition": [/AROA/, scp({ Sid: "A", Effect: "Deny", Action: "*", Resource: "*", Condition: { StringNotLike: { "aws:userid": "AROAEXAMPLEID1234567:*" } } })],
  },
};
