import { type Cases, rcp, scp } from "./case";

const deny = { Sid: "A", Effect: "Deny", Action: "s3:DeleteBucket", Resource: "*" };

export const cases: Cases = {
  passes: { "a service control policy that denies": [scp(deny)], "a resource control policy that denies": [rcp({ ...deny, Principal: "*" })] },
  fails: {
    "an Allow in a service control policy": [/A allows/, scp({ ...deny, Effect: "Allow" })],
    "an Allow in a resource control policy": [/A allows/, rcp({ ...deny, Principal: "*", Effect: "Allow" })],
    "a Principal in a service control policy": [/has not/, scp({ ...deny, Principal: "*" })],
    "another Principal in a resource control policy": [/other than/, rcp({ ...deny, Principal: { AWS: "*" } })],
    "no Principal in a resource control policy": [/other than/, rcp(deny)],
    "NotAction in a resource control policy": [/NotAction/, rcp({ Sid: "A", Effect: "Deny", Principal: "*", NotAction: "s3:GetObject", Resource: "*" })],
    "every service in a resource control policy": [/without a service/, rcp({ ...deny, Principal: "*", Action: "*" })],
    "no resource": [/no resource/, scp({ Sid: "A", Effect: "Deny", Action: "s3:*" })],
    "no action": [/no action/, scp({ Sid: "A", Effect: "Deny", Resource: "*" })],
  },
};
