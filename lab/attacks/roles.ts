/** Becoming, changing, replacing or using a role that the lock exempts. */
import {
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  TagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from "@aws-sdk/client-iam";
import { CreateFunctionCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { AssumeRoleCommand, AssumeRoleWithWebIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { token } from "../organization/people";
import { attacks } from "./attack";

const everything = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});
const trustMe = (account: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "sts:AssumeRole" }],
  });
const enforcer = "enforcer-vpc";

export const roleAttacks = [
  ...attacks("scp", "member", {
    "give the enforcer's role a policy of one's own": (send) =>
      send(IAMClient, new PutRolePolicyCommand({ RoleName: enforcer, PolicyName: "own", PolicyDocument: everything })),
    "take the enforcer's role its permissions": (send) =>
      send(IAMClient, new DeleteRolePolicyCommand({ RoleName: enforcer, PolicyName: "permissions" })),
    "attach AdministratorAccess to the enforcer's role": (send) =>
      send(
        IAMClient,
        new AttachRolePolicyCommand({ RoleName: enforcer, PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }),
      ),
    "put a boundary on the enforcer's role": (send) =>
      send(
        IAMClient,
        new PutRolePermissionsBoundaryCommand({ RoleName: enforcer, PermissionsBoundary: "arn:aws:iam::aws:policy/ReadOnlyAccess" }),
      ),
    "make the enforcer's role trust the account": (send, { account }) =>
      send(IAMClient, new UpdateAssumeRolePolicyCommand({ RoleName: enforcer, PolicyDocument: trustMe(account) })),
    "delete the enforcer's role": (send) => send(IAMClient, new DeleteRoleCommand({ RoleName: enforcer })),
    "tag the enforcer's role": (send) =>
      send(IAMClient, new TagRoleCommand({ RoleName: enforcer, Tags: [{ Key: "team", Value: "mine" }] })),
    "shorten the sessions of the enforcer's role": (send) =>
      send(IAMClient, new UpdateRoleCommand({ RoleName: enforcer, MaxSessionDuration: 3600 })),
    "create a role under the exempt path": (send, { account, names }) =>
      send(
        IAMClient,
        new CreateRoleCommand({ RoleName: "break-glass", Path: names.rolePath, AssumeRolePolicyDocument: trustMe(account) }),
      ),
    "create a role named like the StackSets execution role": (send, { account }) =>
      send(
        IAMClient,
        new CreateRoleCommand({ RoleName: `stacksets-exec-${"0".repeat(32)}`, AssumeRolePolicyDocument: trustMe(account) }),
      ),
    "make the StackSets execution role trust the account": (send, { account, executionRole }) =>
      send(IAMClient, new UpdateAssumeRolePolicyCommand({ RoleName: executionRole, PolicyDocument: trustMe(account) })),
    "assume the StackSets execution role": (send, { account, executionRole }) =>
      send(
        STSClient,
        new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${account}:role/${executionRole}`, RoleSessionName: "mine" }),
      ),
    "assume the enforcer's role": (send, { account, names }) =>
      send(STSClient, new AssumeRoleCommand({ RoleArn: names.roleArn(enforcer, account), RoleSessionName: "mine" })),
    "assume the redrive role": (send, { account, names }) =>
      send(
        STSClient,
        new AssumeRoleCommand({ RoleArn: names.roleArn(names.roleName.redrive, account), RoleSessionName: "mine" }),
      ),
    "assume a deploy role": (send, { names }) =>
      send(
        STSClient,
        new AssumeRoleCommand({
          RoleArn: names.roleArn(names.roleName.deployDelegated, names.accounts.delegated),
          RoleSessionName: "mine",
        }),
      ),
    "pass the enforcer's role to code of one's own": (send, { account, names }) =>
      send(
        LambdaClient,
        new CreateFunctionCommand({
          FunctionName: "mine",
          Role: names.roleArn(enforcer, account),
          Runtime: "nodejs22.x",
          Handler: "index.handler",
          Code: { ZipFile: Buffer.from("UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==", "base64") },
        }),
      ),
  }),
  ...attacks("scp", "log-archive", {
    "make break-glass trust the account": (send, { account }) =>
      send(IAMClient, new UpdateAssumeRolePolicyCommand({ RoleName: "LogArchive-Administrator", PolicyDocument: trustMe(account) })),
    "make the analysts' role trust the account": (send, { account, names }) =>
      send(IAMClient, new UpdateAssumeRolePolicyCommand({ RoleName: names.roleName.analysts, PolicyDocument: trustMe(account) })),
    "make oneself an auditor": (send, { account, names }) =>
      send(IAMClient, new CreateRoleCommand({ RoleName: "auditor-mine", Path: names.rolePath, AssumeRolePolicyDocument: trustMe(account) })),
    "give the archive's deploy role a policy": (send, { names }) =>
      send(
        IAMClient,
        new PutRolePolicyCommand({ RoleName: names.roleName.deployLogArchive, PolicyName: "own", PolicyDocument: everything }),
      ),
  }),
  ...attacks("scp", "delegated", {
    "make the delegated administrator's deploy role trust the account": (send, { account, names }) =>
      send(
        IAMClient,
        new UpdateAssumeRolePolicyCommand({ RoleName: names.roleName.deployDelegated, PolicyDocument: trustMe(account) }),
      ),
    "make a key of one whom break-glass lets in": (send) => send(IAMClient, new CreateAccessKeyCommand({ UserName: "operator" })),
  }),
];

/** Made by a pipeline that is not ours, with a token that the same provider gave it. */
export const pipelineAttacks = attacks("rcp", "delegated", {
  "assume a deploy role with another repository's token": (send, { names }) =>
    send(
      STSClient,
      new AssumeRoleWithWebIdentityCommand({
        RoleArn: names.roleArn(names.roleName.deployDelegated, names.accounts.delegated),
        RoleSessionName: "foreign",
        WebIdentityToken: token("repo:somebody/else:environment:delegated"),
      }),
    ),
});
