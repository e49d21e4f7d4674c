import type { Cases } from "./case";

const provider = (allowedAccountIds?: unknown) => ({ type: "pulumi:providers:aws", props: { region: "us-east-1", allowedAccountIds } });

export const cases: Cases = {
  passes: {
    "one account": [provider(["111111111111"])],
    "one account, as the engine sends it": [provider('["111111111111"]')],
    "one account of @pulumi/aws-native": [{ type: "pulumi:providers:aws-native", props: { allowedAccountIds: ["111111111111"] } }],
  },
  fails: {
    "none": [/are \[\]/, provider()],
    "two": [/one account is allowed/, provider(["111111111111", "222222222222"])],
    "no account id": [/one account is allowed/, provider("[\"*\"]")],
    "none of @pulumi/aws-native": [/are \[\]/, { type: "pulumi:providers:aws-native" }],
  },
};
