/**
 * Service-managed StackSets, as the lab plays them: an operation makes, changes or deletes a stack in every account and
 * Region of the targets, by CloudFormation calls of the execution role in each.
 */
import { CloudFormationClient, CreateStackCommand, DeleteStackCommand, DescribeStacksCommand, UpdateStackCommand } from "@aws-sdk/client-cloudformation";
import { randomUUID } from "node:crypto";
import type { CallerIn } from "../../organization/caller";
import type { AllowedCall } from "../../proxy";
import { inParallel } from "../order";
import { CloudFormationError } from "./answers";
import type { ExecutionRoles } from "./execution-role";
import { type DeploymentTargets, type Instances, targetsOf } from "./stack-set-targets";
import { errorText } from "../../error-text";

export interface StackInstance {
  readonly account: string;
  readonly region: string;
  readonly stackName: string;
  stackId: string;
  status: "CURRENT" | "OUTDATED" | "INOPERABLE";
  reason?: string;
  /** Of the template that stands there. */
  template: string;
}

export interface StackSet {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  template: string;
  readonly instances: Map<string, StackInstance>;
  readonly operations: Map<string, Operation>;
}

interface Operation {
  status: "RUNNING" | "SUCCEEDED" | "FAILED";
  readonly ended: Promise<void>;
}

/** Milliseconds that a question about an operation at work is left unanswered: the lab's way not to be asked all the time. */
const PATIENCE = 1_000;

export interface StackSetsServiceSettings {
  readonly callers: CallerIn;
  readonly roles: ExecutionRoles;
  readonly management: string;
  /** The accounts under an organizational unit or the root, at any depth, as AWS Organizations says now. */
  readonly accountsUnder: (parent: string) => Promise<readonly string[]>;
  /** How many instances are worked on at a time. */
  readonly limit: number;
  /** A fault: this instance is never made, and stays OUTDATED. */
  readonly neverArrives: (stackSet: string, account: string, region: string) => boolean;
}

type Action = (allowed: AllowedCall) => Promise<Readonly<Record<string, unknown>>>;

export interface StackSetsService {
  readonly stackSets: ReadonlyMap<string, StackSet>;
  readonly actions: Readonly<Record<string, Action>>;
}

const keyOf = ({ account, region }: Instances) => `${account} ${region}`;

const list = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

/** The answers of DescribeStacks that mean that the stack stands as its template says. */
const standing = ["CREATE_COMPLETE", "UPDATE_COMPLETE"];

export function makeStackSetsService({ callers, roles, management, accountsUnder, limit, neverArrives }: StackSetsServiceSettings): StackSetsService {
  const stackSets = new Map<string, StackSet>();

  function found({ call: { parameters } }: AllowedCall): StackSet {
    const given = String(parameters.StackSetName);
    const stackSet = stackSets.get(given.split(":")[0]!);
    if (!stackSet) throw new CloudFormationError("StackSetNotFoundException", `StackSet ${given} not found`);
    return stackSet;
  }

  const clientFor = async ({ account, region }: Instances) => callers({ account, credentials: await roles.credentials(account) }, region).client(CloudFormationClient);

  async function apply(stackSet: StackSet, place: Instances): Promise<void> {
    const before = stackSet.instances.get(keyOf(place));
    if (before?.status === "CURRENT" && before.template === stackSet.template) return;
    const instance: StackInstance = before ?? { ...place, stackName: `StackSet-${stackSet.name}-${randomUUID()}`, stackId: "", status: "OUTDATED", template: "" };
    stackSet.instances.set(keyOf(place), instance);
    instance.status = "OUTDATED";
    if (neverArrives(stackSet.name, place.account, place.region)) {
      instance.reason = "Account is throttled";
      return;
    }
    try {
      const cloudformation = await clientFor(place);
      const input = { StackName: instance.stackName, TemplateURL: stackSet.template, Capabilities: ["CAPABILITY_NAMED_IAM" as const] };
      const { StackId } = await cloudformation.send(instance.stackId === "" ? new CreateStackCommand(input) : new UpdateStackCommand(input));
      const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName: instance.stackName }));
      const { StackStatus = "", StackStatusReason } = Stacks![0]!;
      instance.stackId = StackId!;
      instance.reason = StackStatusReason;
      if (!standing.includes(StackStatus)) return;
      instance.template = stackSet.template;
      instance.status = "CURRENT";
    } catch (error) {
      instance.reason = errorText(error);
    }
  }

  /** @returns why the stack could not be deleted; undefined where it is gone */
  async function deleted(place: Instances, StackName: string): Promise<string | undefined> {
    const cloudformation = await clientFor(place);
    try {
      await cloudformation.send(new DeleteStackCommand({ StackName }));
      const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName }));
      return Stacks?.[0]?.StackStatusReason ?? "";
    } catch (error) {
      // A stack that is deleted is known by no name.
      if (error instanceof Error && error.message.includes("does not exist")) return undefined;
      return errorText(error);
    }
  }

  async function remove(stackSet: StackSet, place: Instances, retain: boolean): Promise<void> {
    const instance = stackSet.instances.get(keyOf(place));
    if (!instance) return;
    const why = retain || instance.stackId === "" ? undefined : await deleted(place, instance.stackName);
    if (why === undefined) stackSet.instances.delete(keyOf(place));
    else Object.assign(instance, { status: "INOPERABLE", reason: why });
  }

  /** Runs beside the call that asked for it; DescribeStackSetOperation says when it has ended. */
  function operate(stackSet: StackSet, places: readonly Instances[], work: (place: Instances) => Promise<void>): string {
    const id = randomUUID();
    const failed = () => places.some((place) => (stackSet.instances.get(keyOf(place))?.status ?? "CURRENT") !== "CURRENT");
    // What an instance is refused for is its own state; anything else is a bug of the lab's and ends the process.
    const ended = inParallel(places, limit, work).then(() => void (operation.status = failed() ? "FAILED" : "SUCCEEDED"));
    const operation: Operation = { status: "RUNNING", ended };
    stackSet.operations.set(id, operation);
    return id;
  }

  async function places({ call: { parameters } }: AllowedCall): Promise<readonly Instances[]> {
    const targets = (parameters.DeploymentTargets ?? {}) as DeploymentTargets;
    const units = list(targets.OrganizationalUnitIds);
    const under = new Map(await Promise.all(units.map(async (unit) => [unit, await accountsUnder(unit)] as const)));
    return targetsOf({ ...targets, OrganizationalUnitIds: units, Accounts: list(targets.Accounts) }, list(parameters.Regions), (unit) => under.get(unit)!, management);
  }

  const everywhere = (stackSet: StackSet) => [...stackSet.instances.values()];

  const actions: Record<string, Action> = {
    async CreateStackSet({ call: { parameters } }) {
      const name = String(parameters.StackSetName);
      if (stackSets.has(name)) throw new CloudFormationError("NameAlreadyExistsException", `StackSet ${name} already exists`);
      if (typeof parameters.TemplateURL !== "string") throw new CloudFormationError("ValidationError", "a TemplateURL is what the lab's StackSets take");
      const id = `${name}:${randomUUID()}`;
      stackSets.set(name, { id, name, description: String(parameters.Description ?? ""), template: parameters.TemplateURL, instances: new Map(), operations: new Map() });
      return { StackSetId: id };
    },
    async UpdateStackSet(allowed) {
      const stackSet = found(allowed);
      const { TemplateURL } = allowed.call.parameters;
      if (typeof TemplateURL === "string") stackSet.template = TemplateURL;
      return { OperationId: operate(stackSet, everywhere(stackSet), (place) => apply(stackSet, place)) };
    },
    async DeleteStackSet(allowed) {
      const stackSet = found(allowed);
      if (stackSet.instances.size > 0) throw new CloudFormationError("StackSetNotEmptyException", "StackSet is not empty");
      stackSets.delete(stackSet.name);
      return {};
    },
    async CreateStackInstances(allowed) {
      const stackSet = found(allowed);
      return { OperationId: operate(stackSet, await places(allowed), (place) => apply(stackSet, place)) };
    },
    async UpdateStackInstances(allowed) {
      const stackSet = found(allowed);
      return { OperationId: operate(stackSet, await places(allowed), (place) => apply(stackSet, place)) };
    },
    async DeleteStackInstances(allowed) {
      const stackSet = found(allowed);
      const retain = String(allowed.call.parameters.RetainStacks) === "true";
      return { OperationId: operate(stackSet, await places(allowed), (place) => remove(stackSet, place, retain)) };
    },
    async DescribeStackSet(allowed) {
      const { id, name, description } = found(allowed);
      return { StackSet: { StackSetName: name, StackSetId: id, Description: description, Status: "ACTIVE", PermissionModel: "SERVICE_MANAGED" } };
    },
    async DescribeStackSetOperation(allowed) {
      const stackSet = found(allowed);
      const id = String(allowed.call.parameters.OperationId);
      const operation = stackSet.operations.get(id);
      if (!operation) throw new CloudFormationError("OperationNotFoundException", `Operation ${id} not found`);
      let timer: NodeJS.Timeout | undefined;
      await Promise.race([operation.ended, new Promise((resolve) => (timer = setTimeout(resolve, PATIENCE)))]);
      clearTimeout(timer);
      return { StackSetOperation: { OperationId: id, StackSetId: stackSet.id, Status: operation.status } };
    },
    async ListStackInstances(allowed) {
      const stackSet = found(allowed);
      const { MaxResults = 100, NextToken = 0, StackInstanceAccount, StackInstanceRegion } = allowed.call.parameters;
      const matching = everywhere(stackSet).filter(
        ({ account, region }) => (StackInstanceAccount ?? account) === account && (StackInstanceRegion ?? region) === region,
      );
      const [from, to] = [Number(NextToken), Number(NextToken) + Number(MaxResults)];
      const Summaries = matching.slice(from, to).map(({ account, region, stackId, status, reason }) => ({
        StackSetId: stackSet.id,
        Account: account,
        Region: region,
        StackId: stackId,
        Status: status,
        StatusReason: reason,
        StackInstanceStatus: { DetailedStatus: status === "CURRENT" ? "SUCCEEDED" : "FAILED" },
      }));
      return { Summaries, ...(to < matching.length && { NextToken: String(to) }) };
    },
  };
  return { stackSets, actions };
}
