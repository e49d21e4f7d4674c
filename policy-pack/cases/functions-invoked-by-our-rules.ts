import { ordinary } from "../../infra/documents/configurations-for-tests";
import type { Cases, Given } from "./case";

const watcher: Given = { type: "aws:lambda/function:Function", name: "watcher", props: { name: "fall-watcher", region: "us-east-1" }, account: "333333333333" };
const given = (more: object): readonly [Given, Given] => [
  watcher,
  {
    type: "aws:lambda/permission:Permission",
    name: "watcher",
    account: "333333333333",
    props: { function: "fall-watcher", region: "us-east-1", action: "lambda:InvokeFunction", principal: "events.amazonaws.com", sourceAccount: "333333333333", sourceArn: "arn:aws:events:us-east-1:333333333333:rule/fall-watcher", ...more },
  },
];

export const cases: Cases = {
  configuration: { ...ordinary, tier: "delegated" },
  passes: { "the watcher's rule": given({}) },
  fails: {
    "rules of any account": [/nothing else is allowed/, ...given({ sourceAccount: undefined })],
    "another service": [/nothing else is allowed: s3.amazonaws.com/, ...given({ principal: "s3.amazonaws.com" })],
    "any call": [/nothing else is allowed/, ...given({ action: "lambda:*" })],
    "a function that nobody knows": [/Nobody has said/, ...given({ function: "fall-other" })],
  },
};
