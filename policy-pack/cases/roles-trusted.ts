import { ordinary } from "../../infra/documents/configurations-for-tests";
import { minified } from "../../infra/documents/policy";
import { globalTemplate } from "../../infra/documents/global-template";
import { breakGlassTrust, deployTrust, lambdaTrust } from "../../infra/documents/trust-policies";
import { edited, lacking, widened } from "../documents-for-tests";
import type { Cases, Given } from "./case";

const role = (name: string, assumeRolePolicy: string, account = "333333333333"): Given => ({ type: "aws:iam/role:Role", name, props: { name, path: "/fall/", assumeRolePolicy }, account });
const notifier = lambdaTrust("333333333333");
const deploy = deployTrust(ordinary, "delegated");
const breakGlass = breakGlassTrust(ordinary, "delegated")!;
const pinned = (key: string, value: string) =>
  edited(deploy, "PinnedCiSubject", (one) => ({ ...one, Condition: { StringLike: { ...one.Condition?.["StringEquals"], [`token.actions.githubusercontent.com:${key}`]: value } } }));
const { Properties } = globalTemplate(ordinary).Resources["VpcEnforcerRole"]!;
const enforcer = (change: object): Given => ({ type: "AWS::IAM::Role", name: "VpcEnforcerRole", props: { ...Properties, ...change } });

export const cases: Cases = {
  configuration: { ...ordinary, tier: "delegated" },
  passes: {
    "a function's role": [role("notifier", minified(notifier))],
    "a deploy role": [role("deploy-delegated", minified(deploy))],
    "break-glass": [role("break-glass", minified(breakGlass))],
    "an enforcer's role, in the template": [enforcer({})],
  },
  fails: {
    "a function of any account": [/nothing else is allowed: lambda/, role("notifier", edited(notifier, "Lambda", lacking("StringEquals")))],
    "another service": [/nothing else is allowed: ec2/, role("notifier", widened(notifier, { Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }))],
    "a function that can't": [/ItsService is allowed/, role("notifier", edited(notifier, "Lambda", (one) => ({ ...one, Action: "sts:TagSession" })))],
    "another repository": [/nothing else is allowed: .*sub = /, role("deploy-delegated", pinned("sub", "repo:*:environment:delegated"))],
    "another environment": [/nothing else is allowed: .*sub = /, role("deploy-delegated", pinned("sub", "repo:example/force-and-lock-logs:*"))],
    "another audience": [/nothing else is allowed: .*aud/, role("deploy-delegated", edited(deploy, "PinnedCiSubject", (one) => ({ ...one, Condition: { StringEquals: { "token.actions.githubusercontent.com:sub": "repo:example/force-and-lock-logs:environment:delegated" } } })))],
    "everybody of the account deploys": [/nothing else is allowed/, role("deploy-delegated", edited(deploy, "BreakGlass", lacking("ArnEquals")))],
    "break-glass without MFA": [/nothing else is allowed: .*MultiFactorAuthPresent/, role("break-glass", edited(breakGlass, "Trusted1", lacking("Bool")))],
    "anybody breaks glass": [/nothing else is allowed/, role("break-glass", edited(breakGlass, "Trusted1", lacking("ArnLike")))],
    "nobody breaks glass": [/Person1 is allowed/, role("break-glass", edited(breakGlass, "Trusted1", (one) => ({ ...one, Condition: { ...one.Condition, Bool: { "aws:MultiFactorAuthPresent": "false" } } })))],
    "a function of any account, in the template": [/nothing else is allowed: lambda/, enforcer({ AssumeRolePolicyDocument: JSON.parse(edited(lambdaTrust("${AWS::AccountId}"), "Lambda", lacking("StringEquals"))) as object })],
    "a role that nobody knows": [/Nobody has said/, role("other", minified(notifier))],
  },
};
