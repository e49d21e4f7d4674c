import { type Cases, rcp, scp } from "./case";

const when = (operator: string, key: string, value: string) => ({ Sid: "A", Effect: "Deny", Action: "s3:*", Resource: "*", Condition: { [operator]: { [key]: value } } });

export const cases: Cases = {
  passes: { "a resource's tag": [scp(when("Null", "aws:ResourceTag/fall-log", "false"))] },
  fails: {
    "aws:ViaAWSService": [/ViaAWSService/, scp(when("Bool", "aws:ViaAWSService", "false"))],
    "aws:ViaAWSService in another case": [/viaawsservice/, scp(when("BoolIfExists", "aws:viaawsservice", "false"))],
    "aws:CalledVia": [/CalledVia/, scp(when("ForAllValues:StringNotEquals", "aws:CalledVia", "cloudformation.amazonaws.com"))],
    "aws:CalledViaFirst": [/CalledViaFirst/, rcp({ ...when("StringNotEquals", "aws:CalledViaFirst", "x"), Principal: "*" })],
    "a principal's tag": [/PrincipalTag/, scp(when("StringNotEquals", "aws:PrincipalTag/exempt", "true"))],
    "what the client says": [/UserAgent/, scp(when("StringNotLike", "aws:UserAgent", "x"))],
  },
};
