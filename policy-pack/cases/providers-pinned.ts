import { ordinary } from "../../infra/documents/configurations-for-tests";
import type { Cases } from "./case";

const provider = (allowedAccountIds?: unknown) => ({ type: "pulumi:providers:aws", props: { region: "us-east-1", allowedAccountIds } });

const bucket = (account: string) => ({ type: "aws:s3/bucket:Bucket", account });

export const cases: Cases = {
  // Of the management account, which deploys roles into all others.
  configuration: { ...ordinary, accounts: { ...ordinary.accounts, backup: "888888888888" } },
  passes: {
    "a resource in an account of the stack": [bucket("888888888888")],
    "one account": [provider(["111111111111"])],
    "one account, as the engine sends it": [provider('["111111111111"]')],
    "one account of @pulumi/aws-native": [{ type: "pulumi:providers:aws-native", props: { allowedAccountIds: ["111111111111"] } }],
  },
  fails: {
    "none": [/are \[\]/, provider()],
    "an account that is none of ours": [/Its account is 999999999999, one of 111111111111, .* is allowed/, provider(["999999999999"])],
    "a resource elsewhere": [/Its account is 999999999999/, bucket("999999999999")],
    "two": [/one account is allowed/, provider(["111111111111", "222222222222"])],
    "no account id": [/one account is allowed/, provider("[\"*\"]")],
    "none of @pulumi/aws-native": [/are \[\]/, { type: "pulumi:providers:aws-native" }],
  },
};
