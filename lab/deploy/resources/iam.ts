/** Roles, their inline policies, and the identity provider of the CI. */
import {
  AttachRolePolicyCommand,
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  DeleteOpenIDConnectProviderCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from "@aws-sdk/client-iam";
import { type AnyHandler, type Context, handler, setting } from "../handler";

interface Role {
  readonly RoleName: string;
  readonly Path?: string;
  readonly Description?: string;
  readonly MaxSessionDuration?: number;
  readonly AssumeRolePolicyDocument: string;
}

const iam = ({ caller }: Context) => caller.client(IAMClient);

async function createRole(context: Context, role: Role): Promise<string> {
  const { Role: made } = await iam(context).send(new CreateRoleCommand(role));
  return made!.Arn!;
}

/** Path and name are what a role is: another one is another role. */
async function updateRole(context: Context, { RoleName, Path, AssumeRolePolicyDocument, Description, MaxSessionDuration }: Role, before: Role): Promise<void> {
  if (before.RoleName !== RoleName || before.Path !== Path) throw new Error(`the role ${before.RoleName} can't become ${Path}${RoleName}: it is to be deleted first`);
  await iam(context).send(new UpdateRoleCommand({ RoleName, Description, MaxSessionDuration }));
  await iam(context).send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: AssumeRolePolicyDocument }));
}

interface PulumiRole {
  readonly name: string;
  readonly path?: string;
  readonly description?: string;
  readonly maxSessionDuration?: number;
  readonly assumeRolePolicy: string;
}

const fromPulumi = ({ name, path, description, maxSessionDuration, assumeRolePolicy }: PulumiRole): Role => ({
  RoleName: name,
  Path: path,
  Description: description,
  MaxSessionDuration: maxSessionDuration,
  AssumeRolePolicyDocument: assumeRolePolicy,
});

const pulumiRole = handler<PulumiRole>({
  async create(context, props) {
    return { id: props.name, attributes: { arn: await createRole(context, fromPulumi(props)) } };
  },
  async update(context, props, { props: before, made }) {
    await updateRole(context, fromPulumi(props), fromPulumi(before));
    return made;
  },
  async remove(context, { id }) {
    await iam(context).send(new DeleteRoleCommand({ RoleName: id }));
  },
});

interface TemplateRole extends Omit<Role, "AssumeRolePolicyDocument"> {
  readonly AssumeRolePolicyDocument: object;
  readonly Policies?: readonly { readonly PolicyName: string; readonly PolicyDocument: object }[];
  readonly ManagedPolicyArns?: readonly string[];
}

const fromTemplate = ({ RoleName, Path, Description, MaxSessionDuration, AssumeRolePolicyDocument }: TemplateRole): Role => ({
  RoleName,
  Path,
  Description,
  MaxSessionDuration,
  AssumeRolePolicyDocument: JSON.stringify(AssumeRolePolicyDocument),
});

async function putPolicies(context: Context, { RoleName, Policies = [], ManagedPolicyArns = [] }: TemplateRole): Promise<void> {
  for (const PolicyArn of ManagedPolicyArns) await iam(context).send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
  for (const { PolicyName, PolicyDocument } of Policies)
    await iam(context).send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: JSON.stringify(PolicyDocument) }));
}

async function deletePolicies(context: Context, RoleName: string, names: readonly string[]): Promise<void> {
  for (const PolicyName of names) await iam(context).send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
}

const policyNames = ({ Policies = [] }: TemplateRole) => Policies.map(({ PolicyName }) => PolicyName);

const templateRole = handler<TemplateRole>({
  async create(context, props) {
    const Arn = await createRole(context, fromTemplate(props));
    await putPolicies(context, props);
    return { id: props.RoleName, attributes: { Arn } };
  },
  async update(context, props, { props: before, made }) {
    await updateRole(context, fromTemplate(props), fromTemplate(before));
    await putPolicies(context, props);
    await deletePolicies(context, props.RoleName, policyNames(before).filter((name) => !policyNames(props).includes(name)));
    return made;
  },
  async remove(context, { id }, props) {
    await deletePolicies(context, id, policyNames(props));
    for (const PolicyArn of props.ManagedPolicyArns ?? []) await iam(context).send(new DetachRolePolicyCommand({ RoleName: id, PolicyArn }));
    await iam(context).send(new DeleteRoleCommand({ RoleName: id }));
  },
});

export const iamHandlers: Readonly<Record<string, AnyHandler>> = {
  "aws:iam/role:Role": pulumiRole,
  "aws:iam/rolePolicy:RolePolicy": setting<{ role: string; name: string; policy: string }>(
    ({ role, name }) => `${role}:${name}`,
    (context, { role, name, policy }) => iam(context).send(new PutRolePolicyCommand({ RoleName: role, PolicyName: name, PolicyDocument: policy })),
    (context, { role, name }) => iam(context).send(new DeleteRolePolicyCommand({ RoleName: role, PolicyName: name })),
  ),
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": handler<{ url: string; clientIdLists: string[]; thumbprintLists?: string[] }>({
    async create(context, { url, clientIdLists, thumbprintLists = [] }) {
      const made = await iam(context).send(new CreateOpenIDConnectProviderCommand({ Url: url, ClientIDList: clientIdLists, ThumbprintList: thumbprintLists }));
      return { id: made.OpenIDConnectProviderArn!, attributes: { arn: made.OpenIDConnectProviderArn! } };
    },
    async remove(context, { id }) {
      await iam(context).send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: id }));
    },
  }),
  "AWS::IAM::Role": templateRole,
};
