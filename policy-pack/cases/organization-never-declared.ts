import type { Cases } from "./case";

export const cases: Cases = {
  passes: {},
  fails: {
    "in @pulumi/aws": [/declares the organization/, { type: "aws:organizations/organization:Organization" }],
    "in @pulumi/aws-native": [/declares the organization/, { type: "aws-native:organizations:Organization" }],
    "in a template": [/declares the organization/, { type: "AWS::Organizations::Organization" }],
  },
};
