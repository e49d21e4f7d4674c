import { type Cases, UNKNOWN_TEXT } from "./case";

const lambda = (runtime: unknown, architectures: unknown = ["arm64"]) => ({ type: "aws:lambda/function:Function", props: { runtime, architectures } });

export const cases: Cases = {
  passes: {
    "Node 22": [lambda("nodejs22.x")],
    "a later one, in a template": [{ type: "AWS::Lambda::Function", props: { Runtime: "nodejs24.x", Architectures: ["arm64"] } }],
  },
  fails: {
    "Node 20": [/nodejs20.x/, lambda("nodejs20.x")],
    "Python": [/python3.13/, lambda("python3.13")],
    "no runtime": [/absent/, lambda(undefined)],
    "a runtime that is not known": [/unknown/, lambda(UNKNOWN_TEXT)],
    "x86": [/x86_64/, lambda("nodejs22.x", ["x86_64"])],
    "AWS's default": [/absent \(x86_64\)/, lambda("nodejs22.x", null)],
    "Node 18 in a template": [/nodejs18.x/, { type: "AWS::Lambda::Function", props: { Runtime: "nodejs18.x", Architectures: ["arm64"] } }],
  },
};
