import { type Cases, inline } from "./case";

const pass = (Resource: unknown, Action: unknown = "iam:PassRole") => inline({ Sid: "A", Effect: "Allow", Action, Resource });

export const cases: Cases = {
  passes: {
    "one role": [pass("arn:aws:iam::????????????:role/fall/forwarder")],
    "roles of a path whose names start alike": [pass("arn:aws:iam::111111111111:role/fall/enforcer-*")],
    "no PassRole at all": [pass("*", "ec2:DescribeVpcs")],
    "a role of the same template": [{ type: "AWS::IAM::RolePolicy", props: { RoleName: "r", PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "iam:PassRole", Resource: { "Fn::GetAtt": ["Forwarder", "Arn"] } }] } } }],
  },
  fails: {
    "every role": [/lets \* be passed/, pass("*")],
    "every role of a path": [/role\/fall\/\* be passed/, pass("arn:aws:iam::111111111111:role/fall/*")],
    "every role whose path or name starts alike": [/role\/fall\* be passed/, pass("arn:aws:iam::111111111111:role/fall*")],
    "roles by the end of their name": [/be passed/, pass("arn:aws:iam::111111111111:role/fall/*-vpc")],
    "by a family of actions": [/lets \* be passed/, pass("*", "iam:Pass*")],
  },
};
