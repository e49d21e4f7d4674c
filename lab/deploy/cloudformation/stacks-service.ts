/** AWS CloudFormation's stacks, as the lab plays them: every call of a stack is made with the rights of its caller. */
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { randomUUID } from "node:crypto";
import type { Template } from "../../../infra/documents/template";
import type { CallerIn } from "../../organization/caller";
import type { AllowedCall, Credentials, Proxy } from "../../proxy";
import type { Inventory } from "../owned";
import { CloudFormationError } from "./answers";
import { applyTemplate, removeAll, type StackResources, type StackWork } from "./stack";
import { parseTemplate, type Place } from "./template";
import { errorText } from "../../error-text";

export interface Stack {
  readonly place: Place;
  template: Template;
  readonly resources: StackResources;
  status: string;
  reason?: string;
  terminationProtection: boolean;
  readonly created: Date;
}

export interface StacksServiceSettings {
  readonly proxy: Proxy;
  readonly callers: CallerIn;
  readonly prefix: string;
  readonly inventory: Inventory;
}

type Parameters = Readonly<Record<string, unknown>>;
type Action = (allowed: AllowedCall) => Promise<Readonly<Record<string, unknown>>>;

export interface StacksService {
  readonly stacks: ReadonlyMap<string, Stack>;
  /** By operation: `CreateStack`, ... */
  readonly actions: Readonly<Record<string, Action>>;
}

const CLOUDFORMATION = "cloudformation.amazonaws.com";

const keyOf = (account: string, region: string, name: string) => `${account} ${region} ${name}`;

/** A stack's name, or its id, whose middle is the name. */
const nameOf = (given: unknown) => (String(given).startsWith("arn:") ? String(given).split("/")[1]! : String(given));

export function makeStacksService({ proxy, callers, prefix, inventory }: StacksServiceSettings): StacksService {
  const stacks = new Map<string, Stack>();

  /** A service role where the call names one (its passing is judged with the call), else the caller's own rights. */
  async function workFor({ call, credentials }: AllowedCall, place: Place): Promise<StackWork> {
    const { RoleARN } = call.parameters as { RoleARN?: string };
    const with_: Credentials = RoleARN
      ? await proxy.assumeAsService({ service: CLOUDFORMATION, roleArn: RoleARN, sessionName: "AWSCloudFormation", region: place.region, sourceAccount: place.account })
      : proxy.registry.via(credentials, CLOUDFORMATION);
    const caller = callers({ account: place.account, credentials: with_ }, place.region);
    const context = { account: place.account, region: place.region, credentials: with_, endpoint: proxy.url, caller };
    return { place, context, prefix, inventory };
  }

  async function templateOf({ TemplateBody, TemplateURL }: Parameters, { context }: StackWork): Promise<Template> {
    try {
      if (typeof TemplateBody === "string") return parseTemplate(TemplateBody);
      const [, bucket, key] = /^https:\/\/([^./]+)\.s3[.-][a-z0-9-]+\.amazonaws\.com\/(.+)$/.exec(String(TemplateURL)) ?? [];
      if (bucket === undefined) throw new Error(`TemplateURL must be an Amazon S3 URL: ${String(TemplateURL)}`);
      const { Body } = await context.caller.client(S3Client).send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return parseTemplate(await Body!.transformToString());
    } catch (error) {
      throw new CloudFormationError("ValidationError", errorText(error));
    }
  }

  function found({ call }: AllowedCall): Stack {
    const { account, region, parameters } = call;
    const name = nameOf(parameters.StackName);
    const stack = stacks.get(keyOf(account, region, name));
    if (!stack) throw new CloudFormationError("ValidationError", `Stack with id ${name} does not exist`);
    return stack;
  }

  /** What the stack's own calls are refused for is the stack's failure, not the call's. */
  async function attempt(stack: Stack, done: string, failed: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
      stack.status = done;
      stack.reason = undefined;
    } catch (error) {
      stack.status = failed;
      stack.reason = errorText(error);
    }
  }

  const described = ({ place, template, status, reason, terminationProtection, created }: Stack) => ({
    StackId: place.stackId,
    StackName: place.stackName,
    Description: template.Description,
    CreationTime: created.toISOString(),
    StackStatus: status,
    StackStatusReason: reason,
    EnableTerminationProtection: terminationProtection,
  });

  const actions: Record<string, Action> = {
    async CreateStack(allowed) {
      const { account, region, parameters } = allowed.call;
      const stackName = String(parameters.StackName);
      if (stacks.has(keyOf(account, region, stackName))) throw new CloudFormationError("AlreadyExistsException", `Stack [${stackName}] already exists`);
      const place: Place = { account, region, stackName, stackId: `arn:aws:cloudformation:${region}:${account}:stack/${stackName}/${randomUUID()}` };
      const work = await workFor(allowed, place);
      const template = await templateOf(parameters, work);
      const stack: Stack = { place, template, resources: new Map(), status: "CREATE_IN_PROGRESS", terminationProtection: String(parameters.EnableTerminationProtection) === "true", created: new Date() };
      stacks.set(keyOf(account, region, stackName), stack);
      await attempt(stack, "CREATE_COMPLETE", "ROLLBACK_COMPLETE", async () => {
        try {
          await applyTemplate(work, template, stack.resources);
        } catch (error) {
          await removeAll(work, template, stack.resources);
          throw error;
        }
      });
      return { StackId: place.stackId };
    },
    async UpdateStack(allowed) {
      const stack = found(allowed);
      const work = await workFor(allowed, stack.place);
      const template = await templateOf(allowed.call.parameters, work);
      await attempt(stack, "UPDATE_COMPLETE", "UPDATE_FAILED", () => applyTemplate(work, template, stack.resources));
      stack.template = template;
      return { StackId: stack.place.stackId };
    },
    async DeleteStack(allowed) {
      const { account, region, parameters } = allowed.call;
      // Deleting what is not there succeeds in CloudFormation.
      const key = keyOf(account, region, nameOf(parameters.StackName));
      const stack = stacks.get(key);
      if (!stack) return {};
      if (stack.terminationProtection) throw new CloudFormationError("ValidationError", `Stack [${stack.place.stackName}] cannot be deleted while TerminationProtection is enabled`);
      await attempt(stack, "DELETE_COMPLETE", "DELETE_FAILED", async () => removeAll(await workFor(allowed, stack.place), stack.template, stack.resources));
      if (stack.status === "DELETE_COMPLETE") stacks.delete(key);
      return {};
    },
    async DescribeStacks(allowed) {
      const { account, region, parameters } = allowed.call;
      if (parameters.StackName !== undefined) return { Stacks: [described(found(allowed))] };
      return { Stacks: [...stacks].filter(([key]) => key.startsWith(`${account} ${region} `)).map(([, stack]) => described(stack)) };
    },
    async UpdateTerminationProtection(allowed) {
      const stack = found(allowed);
      stack.terminationProtection = String(allowed.call.parameters.EnableTerminationProtection) === "true";
      return { StackId: stack.place.stackId };
    },
  };
  return { stacks, actions };
}
