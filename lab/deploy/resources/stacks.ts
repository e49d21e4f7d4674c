/** Stacks and StackSets, by the calls that their handlers in CloudFormation's registry make. */
import {
  CloudFormationClient,
  CreateStackCommand,
  CreateStackInstancesCommand,
  CreateStackSetCommand,
  DeleteStackCommand,
  DeleteStackInstancesCommand,
  DeleteStackSetCommand,
  DescribeStackSetOperationCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
  UpdateStackSetCommand,
  UpdateTerminationProtectionCommand,
  ListStackInstancesCommand,
  type AccountFilterType,
  type Capability,
} from "@aws-sdk/client-cloudformation";
import { type AnyHandler, type Context, handler } from "../handler";

const cloudformation = ({ caller }: Context) => caller.client(CloudFormationClient);
interface Stack {
  readonly stackName: string;
  readonly templateUrl: string;
  readonly capabilities?: Capability[];
  readonly enableTerminationProtection?: boolean;
}

/** @throws Error with the stack's own reason where it did not come to stand */
async function stands(context: Context, StackName: string): Promise<void> {
  const { Stacks } = await cloudformation(context).send(new DescribeStacksCommand({ StackName }));
  const { StackStatus, StackStatusReason } = Stacks![0]!;
  if (StackStatus !== "CREATE_COMPLETE" && StackStatus !== "UPDATE_COMPLETE") throw new Error(`the stack ${StackName} is ${StackStatus}: ${StackStatusReason}`);
}

interface Targets {
  readonly organizationalUnitIds?: string[];
  readonly accounts?: string[];
  readonly accountFilterType?: AccountFilterType;
}
interface Group {
  readonly deploymentTargets: Targets;
  readonly regions: string[];
}
interface StackSet {
  readonly stackSetName: string;
  readonly description?: string;
  readonly templateUrl: string;
  readonly capabilities?: Capability[];
  readonly callAs?: "SELF" | "DELEGATED_ADMIN";
  readonly permissionModel: "SERVICE_MANAGED" | "SELF_MANAGED";
  readonly autoDeployment?: { readonly enabled: boolean; readonly retainStacksOnAccountRemoval: boolean; readonly dependsOn?: string[] };
  readonly managedExecution?: { readonly active: boolean };
  readonly stackInstancesGroup?: Group[];
}

const instancesInput = ({ stackSetName, callAs }: StackSet, { deploymentTargets, regions }: Group) => ({
  StackSetName: stackSetName,
  CallAs: callAs,
  DeploymentTargets: {
    OrganizationalUnitIds: deploymentTargets.organizationalUnitIds,
    Accounts: deploymentTargets.accounts,
    AccountFilterType: deploymentTargets.accountFilterType,
  },
  Regions: regions,
});

const definition = ({ stackSetName, description, templateUrl, capabilities, callAs, permissionModel, autoDeployment, managedExecution }: StackSet) => ({
  StackSetName: stackSetName,
  Description: description,
  TemplateURL: templateUrl,
  Capabilities: capabilities,
  CallAs: callAs,
  PermissionModel: permissionModel,
  ...(autoDeployment && {
    AutoDeployment: { Enabled: autoDeployment.enabled, RetainStacksOnAccountRemoval: autoDeployment.retainStacksOnAccountRemoval, DependsOn: autoDeployment.dependsOn },
  }),
  ...(managedExecution && { ManagedExecution: { Active: managedExecution.active } }),
});

/** Resolves when the operation has ended; an instance that failed is tolerated, as the StackSet's preferences say. */
async function ended(context: Context, { stackSetName, callAs }: StackSet, OperationId: string | undefined): Promise<void> {
  for (;;) {
    const { StackSetOperation } = await cloudformation(context).send(new DescribeStackSetOperationCommand({ StackSetName: stackSetName, CallAs: callAs, OperationId }));
    if (StackSetOperation!.Status !== "RUNNING") return;
  }
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

async function createInstances(context: Context, props: StackSet, groups: readonly Group[]): Promise<void> {
  for (const group of groups) {
    const { OperationId } = await cloudformation(context).send(new CreateStackInstancesCommand(instancesInput(props, group)));
    await ended(context, props, OperationId);
  }
}

const stackSet = handler<StackSet>({
  async create(context, props) {
    const { StackSetId } = await cloudformation(context).send(new CreateStackSetCommand(definition(props)));
    await createInstances(context, props, props.stackInstancesGroup ?? []);
    return { id: StackSetId!, attributes: { stackSetId: StackSetId! } };
  },
  async update(context, props, { props: before, made }) {
    if (!same(definition(props), definition(before))) {
      const { OperationId } = await cloudformation(context).send(new UpdateStackSetCommand(definition(props)));
      await ended(context, props, OperationId);
    }
    const groups = (props.stackInstancesGroup ?? []).filter((group) => !before.stackInstancesGroup?.some((known) => same(known, group)));
    await createInstances(context, props, groups);
    return made;
  },
  async remove(context, _, props) {
    for (const group of props.stackInstancesGroup ?? []) {
      const { OperationId } = await cloudformation(context).send(new DeleteStackInstancesCommand({ ...instancesInput(props, group), RetainStacks: false }));
      await ended(context, props, OperationId);
    }
    const left = await cloudformation(context).send(new ListStackInstancesCommand({ StackSetName: props.stackSetName, CallAs: props.callAs }));
    const [one] = left.Summaries ?? [];
    if (one) throw new Error(`the stack set ${props.stackSetName} keeps an instance in ${one.Account} ${one.Region}: ${one.StatusReason}`);
    await cloudformation(context).send(new DeleteStackSetCommand({ StackSetName: props.stackSetName, CallAs: props.callAs }));
  },
});

export const stacksHandlers: Readonly<Record<string, AnyHandler>> = {
  "aws-native:cloudformation:Stack": handler<Stack>({
    async create(context, { stackName, templateUrl, capabilities, enableTerminationProtection }) {
      const { StackId } = await cloudformation(context).send(
        new CreateStackCommand({ StackName: stackName, TemplateURL: templateUrl, Capabilities: capabilities, EnableTerminationProtection: enableTerminationProtection }),
      );
      await stands(context, stackName);
      return { id: StackId!, attributes: { stackId: StackId! } };
    },
    async update(context, { stackName, templateUrl, capabilities, enableTerminationProtection }, { props: before, made }) {
      if (enableTerminationProtection !== before.enableTerminationProtection)
        await cloudformation(context).send(new UpdateTerminationProtectionCommand({ StackName: stackName, EnableTerminationProtection: enableTerminationProtection === true }));
      if (templateUrl !== before.templateUrl) await cloudformation(context).send(new UpdateStackCommand({ StackName: stackName, TemplateURL: templateUrl, Capabilities: capabilities }));
      await stands(context, stackName);
      return made;
    },
    async remove(context, _, { stackName, enableTerminationProtection }) {
      if (enableTerminationProtection) await cloudformation(context).send(new UpdateTerminationProtectionCommand({ StackName: stackName, EnableTerminationProtection: false }));
      await cloudformation(context).send(new DeleteStackCommand({ StackName: stackName }));
      const { Stacks = [] } = await cloudformation(context).send(new DescribeStacksCommand({}));
      const left = Stacks.find(({ StackName }) => StackName === stackName);
      if (left) throw new Error(`the stack ${stackName} is ${left.StackStatus}: ${left.StackStatusReason}`);
    },
  }),
  "aws-native:cloudformation:StackSet": stackSet,
};
