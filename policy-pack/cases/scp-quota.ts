import { type Cases, scp } from "./case";

const deny = { Effect: "Deny", Action: "s3:DeleteBucket", Resource: "*" };
/** A policy of exactly so many characters. */
const long = (length: number) => scp({ Sid: "a".repeat(length - scp({ Sid: "", ...deny }).props!.content!.toString().length), ...deny });

export const cases: Cases = {
  passes: { "10,240 characters": [long(10_240)] },
  fails: {
    "one more": [/10241 characters/, long(10_241)],
    "what @pulumi/aws-native deploys": [/10241/, { type: "aws-native:organizations:Policy", props: { type: "SERVICE_CONTROL_POLICY", content: long(10_241).props!.content } }],
  },
};
