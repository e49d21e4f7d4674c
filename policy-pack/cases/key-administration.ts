import { type Cases, keyPolicy } from "./case";

const root = { AWS: "arn:aws:iam::222222222222:root" };
const allow = (Principal: unknown, Action: unknown) => ({ Sid: "A", Effect: "Allow", Principal, Action, Resource: "*" });

export const cases: Cases = {
  passes: {
    "all for the account's root": [keyPolicy(allow(root, "kms:*"))],
    "use, by name or by a family": [keyPolicy(allow({ AWS: "arn:aws:iam::222222222222:role/fall/reader" }, ["kms:Decrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"]))],
    "the policy, by its full name, to a deploy role": [keyPolicy(allow({ AWS: "arn:aws:iam::222222222222:role/fall/deploy-log-archive" }, "kms:PutKeyPolicy"))],
    "a Deny of all": [keyPolicy({ ...allow("*", "kms:*"), Effect: "Deny" })],
  },
  fails: {
    "all for a role": [/grants kms:\*/, keyPolicy(allow({ AWS: "arn:aws:iam::222222222222:role/admin" }, "kms:*"))],
    "all for everyone": [/grants \*/, keyPolicy(allow("*", "*"))],
    "all for a service": [/logs.amazonaws.com/, keyPolicy(allow({ Service: "logs.amazonaws.com" }, "kms:*"))],
    "a family that holds administration": [/kms:Put\*/, keyPolicy(allow({ AWS: "arn:aws:iam::222222222222:role/admin" }, "kms:Put*"))],
    "destruction by its name": [/ScheduleKeyDeletion/, keyPolicy(allow({ AWS: "arn:aws:iam::222222222222:role/admin" }, "kms:ScheduleKeyDeletion"))],
    "a second account's root": [/has one account/, keyPolicy(allow(root, "kms:*"), allow({ AWS: "arn:aws:iam::999999999999:root" }, "kms:*"))],
    "another account's root alone": [/has one account/, { ...keyPolicy(allow({ AWS: "arn:aws:iam::999999999999:root" }, "kms:*")), account: "222222222222" }],
    "all but what is listed": [/NotAction/, keyPolicy({ Sid: "A", Effect: "Allow", Principal: { AWS: "arn:aws:iam::222222222222:role/admin" }, NotAction: "kms:Decrypt", Resource: "*" })],
    "all for a role, in a template": [/grants kms:\*/, { type: "AWS::KMS::Key", props: { KeyPolicy: { Version: "2012-10-17", Statement: [allow({ AWS: { "Fn::GetAtt": ["Role", "Arn"] } }, "kms:*")] } } }],
  },
};
