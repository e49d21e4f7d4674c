/** Who acts in an account: roles and users as an organization has them before anything is forced or locked. */
import { AttachRolePolicyCommand, AttachUserPolicyCommand, CreateAccessKeyCommand, CreateRoleCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { AssumeRoleCommand, AssumeRoleWithWebIdentityCommand, type Credentials as StsCredentials, STSClient } from "@aws-sdk/client-sts";
import type { Proxy } from "../proxy";
import type { CallerIn, Person } from "./caller";

const managed = (name: string) => `arn:aws:iam::aws:policy/${name}`;

const trusting = (principal: Readonly<Record<string, string>>) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Sid: "Trusted", Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" }] });

/** The people of an account. Where something is created, it is the account's root user that does. */
export interface People {
  /** A role that people and services of the account may assume. */
  role(account: string, name: string, policy: string): Promise<string>;
  /** Signed in as a role, by a call that is judged. */
  as(from: Person, roleArn: string, sessionName?: string): Promise<Person>;
  /** A user with an access key. */
  user(account: string, name: string, policy: string): Promise<Person>;
  root(account: string): Person;
  /** A user who may do nothing but assume the role of this name in every account. */
  reader(account: string, role: string): Promise<Person>;
  /** The role of this name in an account, which reads everything (ReadOnlyAccess), for that user. */
  readable(account: string, role: string, readerArn: string): Promise<void>;
  /** CI, in its GitHub environment: its token names repository and environment, and is exchanged for the role. */
  ci(roleArn: string, subject: string): Promise<Person>;
}

function personOf(account: string, credentials: StsCredentials | undefined): Person {
  const { AccessKeyId, SecretAccessKey, SessionToken } = credentials!;
  return { account, credentials: { accessKeyId: AccessKeyId!, secretAccessKey: SecretAccessKey!, sessionToken: SessionToken! } };
}

/** https://docs.github.com/en/actions/reference/security/oidc; not signed, since nothing here verifies GitHub's key. */
export function token(subject: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return [part({ alg: "none" }), part({ iss: "https://token.actions.githubusercontent.com", sub: subject, aud: "sts.amazonaws.com" }), "unsigned"].join(".");
}

export function makePeople(proxy: Proxy, callers: CallerIn): People {
  const roots = new Map<string, Person>();
  const root = (account: string): Person => {
    const known = roots.get(account) ?? { account, credentials: proxy.registry.root(account) };
    roots.set(account, known);
    return known;
  };
  const iam = (account: string) => callers(root(account)).client(IAMClient);
  return {
    root,
    async role(account, name, policy) {
      const { Role } = await iam(account).send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: trusting({ AWS: `arn:aws:iam::${account}:root` }) }));
      await iam(account).send(new AttachRolePolicyCommand({ RoleName: name, PolicyArn: managed(policy) }));
      return Role!.Arn!;
    },
    async as(from, roleArn, sessionName = "lab") {
      const { Credentials } = await callers(from).client(STSClient).send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: sessionName }));
      return personOf(roleArn.split(":")[4]!, Credentials);
    },
    async user(account, name, policy) {
      await iam(account).send(new CreateUserCommand({ UserName: name }));
      await iam(account).send(new AttachUserPolicyCommand({ UserName: name, PolicyArn: managed(policy) }));
      const { AccessKey } = await iam(account).send(new CreateAccessKeyCommand({ UserName: name }));
      return { account, credentials: { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! } };
    },
    async reader(account, role) {
      const UserName = role;
      await iam(account).send(new CreateUserCommand({ UserName }));
      const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [{ Sid: "ReadsEverywhere", Effect: "Allow", Action: "sts:AssumeRole", Resource: `arn:aws:iam::*:role/${role}` }] });
      await iam(account).send(new PutUserPolicyCommand({ UserName, PolicyName: "reads-everywhere", PolicyDocument }));
      const { AccessKey } = await iam(account).send(new CreateAccessKeyCommand({ UserName }));
      return { account, credentials: { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! } };
    },
    async readable(account, role, readerArn) {
      await iam(account).send(new CreateRoleCommand({ RoleName: role, AssumeRolePolicyDocument: trusting({ AWS: readerArn }) }));
      await iam(account).send(new AttachRolePolicyCommand({ RoleName: role, PolicyArn: managed("ReadOnlyAccess") }));
    },
    async ci(roleArn, subject) {
      const account = roleArn.split(":")[4]!;
      const { Credentials } = await callers({ account, credentials: { accessKeyId: "", secretAccessKey: "" } })
        .client(STSClient)
        .send(new AssumeRoleWithWebIdentityCommand({ RoleArn: roleArn, RoleSessionName: "github-actions", WebIdentityToken: token(subject) }));
      return personOf(account, Credentials);
    },
  };
}
