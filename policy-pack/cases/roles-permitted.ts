import { ordinary } from "../../infra/documents/configurations-for-tests";
import { globalTemplate } from "../../infra/documents/global-template";
import { minified } from "../../infra/documents/policy";
import type { PolicyDocument } from "../../infra/documents/policy";
import { permissionPolicy } from "../../infra/documents/permission-policy";
import { watcherRolePermissions } from "../../infra/documents/working-roles";
import { also, edited, lacking, widened } from "../documents-for-tests";
import type { Cases, Given } from "./case";

const role: Given = { type: "aws:iam/role:Role", name: "watcher", props: { name: "watcher", path: "/fall/", assumeRolePolicy: "{}" }, account: "333333333333" };
const given = (policy: string): readonly [Given, Given] => [role, { type: "aws:iam/rolePolicy:RolePolicy", name: "watcher", props: { name: "watcher", role: "watcher", policy }, account: "333333333333" }];
const watcher = permissionPolicy(watcherRolePermissions(ordinary));

const { Properties } = globalTemplate(ordinary).Resources["VpcEnforcerRole"]!;
const [{ PolicyDocument: vpc }] = Properties["Policies"] as [{ PolicyDocument: PolicyDocument }];
const enforcer = (policy: string): Given => ({ type: "AWS::IAM::Role", name: "VpcEnforcerRole", props: { ...Properties, Policies: [{ PolicyName: "p", PolicyDocument: JSON.parse(policy) as object }] } });
/** The statement that names the action. */
const of = (action: string) => vpc.Statement.find(({ Action }) => [Action].flat().includes(action))!.Sid;

export const cases: Cases = {
  configuration: { ...ordinary, tier: "delegated" },
  passes: {
    "the watcher": given(minified(watcher)),
    "an enforcer, in the template": [enforcer(JSON.stringify(vpc))],
  },
  fails: {
    "an action more": [/nothing else is allowed: .*calls iam:PutRolePolicy/, ...given(widened(watcher, { Action: "iam:PutRolePolicy", Resource: "*" }))],
    "a family of actions": [/nothing else is allowed: .*calls dynamodb:/, ...given(edited(watcher, "Permission2", also("dynamodb:*")))],
    "all but some": [/nothing else is allowed/, ...given(widened(watcher, { NotAction: "iam:*", Resource: "*" }))],
    "another table": [/nothing else is allowed/, ...given(edited(watcher, "Permission2", (one) => ({ ...one, Resource: "*" })))],
    "an action less": [/is allowed: .*calls events:PutEvents/, ...given(edited(watcher, "Permission3"))],
    "any tag on a flow log, in the template": [/nothing else is allowed: .*ec2:CreateTags/, enforcer(edited(vpc, of("ec2:CreateTags"), lacking("StringEquals")))],
    "another account's flow logs, in the template": [/nothing else is allowed: .*ec2:DeleteFlowLogs/, enforcer(edited(vpc, of("ec2:DeleteFlowLogs"), (one) => ({ ...one, Resource: "arn:aws:ec2:*:*:vpc-flow-log/*" })))],
  },
};
