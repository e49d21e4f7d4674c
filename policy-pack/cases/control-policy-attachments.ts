import { type Cases, type Given, rcp, scp, urn } from "./case";

const scps = (count: number): Given[] =>
  Array.from({ length: count }, (_, index) => [
    { ...scp({ Effect: "Deny", Action: "*", Resource: "*" }), name: `scp-${index}` },
    {
      type: "aws:organizations/policyAttachment:PolicyAttachment",
      name: `attachment-${index}`,
      props: { policyId: `p-${index}`, targetId: "r-abcd" },
      dependencies: [urn(`scp-${index}`)],
    },
  ]).flat();
const rcps = (count: number): Given[] =>
  Array.from({ length: count }, (_, index) => [
    { ...rcp({ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" }), name: `rcp-${index}` },
    { type: "aws:organizations/policyAttachment:PolicyAttachment", name: `attached-${index}`, props: { policyId: `rcp-${index}`, targetId: "r-abcd" } },
  ]).flat();

export const cases: Cases = {
  passes: { "9 service control policies beside AWS's": scps(9), "4 resource control policies beside AWS's": [...scps(9), ...rcps(4)] },
  fails: {
    "10 service control policies": [/r-abcd would have 11/, ...scps(10)],
    "5 resource control policies": [/r-abcd would have 6/, ...rcps(5)],
    "a target that is not known": [/not known/, { type: "aws:organizations/policyAttachment:PolicyAttachment", props: { policyId: "p" } }],
  },
};
