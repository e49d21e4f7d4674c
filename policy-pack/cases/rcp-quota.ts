import { type Cases, rcp } from "./case";

const deny = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" };
const long = (length: number) => rcp({ Sid: "a".repeat(length - rcp({ Sid: "", ...deny }).props!.content!.toString().length), ...deny });

export const cases: Cases = {
  passes: { "5,120 characters": [long(5_120)] },
  fails: { "one more": [/5121 characters/, long(5_121)] },
};
