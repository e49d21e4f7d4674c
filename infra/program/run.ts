/**
 * Runs a tier's real program in this process, without the Pulumi CLI, and collects what it declares.
 *
 * Pulumi's mocks stand in for the engine. One run a process: the SDK keeps its state in module variables, and a
 * program that was loaded once does not run again.
 */
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { getMonitor } from "@pulumi/pulumi/runtime/settings";
import type { Configuration } from "../config/configuration";
import { pulumiConfig } from "../config/entries";
import program from "../index";
import { type GraphResource, plain, sorted } from "./graph";
import { type Creation, created } from "./outputs";

/** The folder that `pulumi up` runs in. */
export const projectRoot = join(__dirname, "..", "..");

/** One run of the program. */
export interface Run {
  readonly configuration: Configuration;
  /** In a preview nothing that AWS computes is known. */
  readonly preview?: boolean;
  /** What `organizations:DescendantAccounts` answers, by organizational unit. */
  readonly accountsByOu?: Readonly<Record<string, readonly string[]>>;
}

/** The part of Pulumi's RegisterResourceRequest that is read here; see proto/resource.proto of pulumi/pulumi. */
interface RegisterRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
  getProvider(): string;
  getProtect(): boolean;
  getRetainondelete(): boolean;
  getIgnorechangesList(): string[];
  getDependenciesList(): string[];
  getObject(): { toJavaScript(): Record<string, unknown> } | undefined;
}

interface Monitor {
  newUrn(parent: string, type: string, name: string): string;
  registerResource(request: RegisterRequest, callback: (error: unknown, response: { getId(): string }) => void): Promise<void>;
}

const STACK_TYPE = "pulumi:pulumi:Stack";

/** As the engine builds it: the stack's own type is not among the parents'. */
function urnOf(parent: string, type: string, name: string): string {
  const parents = parent === "" ? "" : parent.split("::")[2]!;
  const qualified = parents === "" || parents === STACK_TYPE ? type : `${parents}$${type}`;
  return ["urn:pulumi:" + pulumi.getStack(), pulumi.getProject(), qualified, name].join("::");
}

/** The account that a provider is pinned to; a provider's properties travel as JSON strings. */
function pinned(provider: GraphResource | undefined): string {
  const ids = provider?.props.allowedAccountIds;
  const list: unknown = typeof ids === "string" ? JSON.parse(ids) : ids;
  return Array.isArray(list) && typeof list[0] === "string" ? list[0] : "";
}

/**
 * The resource graph of the stack that a configuration describes, sorted by URN.
 *
 * @throws what the program throws
 */
export async function runProgram({ configuration, preview = false, accountsByOu = {} }: Run): Promise<readonly GraphResource[]> {
  const resources = new Map<string, GraphResource>();
  /** A reference to a provider is its URN and, after it, its id. */
  const providerOf = (reference: string) => resources.get(reference.split("::").slice(0, -1).join("::"));
  const accountOf = (reference: string) => pinned(providerOf(reference));
  const regionOf = (reference: string) => {
    const region = providerOf(reference)?.props.region;
    return typeof region === "string" ? region : configuration.homeRegion;
  };

  await pulumi.runtime.setMocks(
    {
      newResource({ type, name, inputs, provider }) {
        const inputsOf = inputs as Record<string, unknown>;
        if (type === STACK_TYPE || preview) return { id: undefined, state: inputsOf };
        const region = typeof inputsOf.region === "string" ? inputsOf.region : regionOf(provider ?? "");
        const urn = `${type}::${name}`;
        const creation: Creation = { type, name, urn, inputs: inputsOf, region, account: provider ? accountOf(provider) : "" };
        const { id, outputs } = created(creation);
        return { id, state: { ...inputsOf, ...outputs } };
      },
      call({ token, inputs }) {
        // A key's own ARN is AWS's to generate; its alias stands for it.
        if (token === "aws:kms/getKey:getKey") return { ...inputs, id: inputs.keyId as string, arn: inputs.keyId as string };
        if (token !== "aws:organizations/getOrganizationalUnitDescendantAccounts:getOrganizationalUnitDescendantAccounts")
          throw new Error(`the program asks AWS for ${token}, which is to be computed instead`);
        const ou = (inputs as { parentId: string }).parentId;
        const ids = accountsByOu[ou] ?? (ou === configuration.force.canary?.ou ? configuration.force.canary.accounts : []);
        return { id: ou, parentId: ou, accounts: ids.map((id) => ({ id, status: "ACTIVE", state: "ACTIVE" })) };
      },
    },
    "fall",
    configuration.tier,
    preview,
  );

  const monitor = getMonitor() as unknown as Monitor;
  monitor.newUrn = urnOf;
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) =>
    register(request, (error, response) => {
      if (!error) {
        const urn = urnOf(request.getParent(), request.getType(), request.getName());
        if (resources.has(urn)) return callback(new Error(`two resources are ${urn}`), response);
        const provider = request.getProvider();
        resources.set(urn, {
          urn,
          type: request.getType(),
          name: request.getName(),
          props: plain(request.getObject()?.toJavaScript() ?? {}, projectRoot) as Record<string, unknown>,
          parent: request.getParent(),
          dependencies: [...new Set(request.getDependenciesList())].sort(),
          id: response.getId(),
          provider: provider.split("::").slice(0, -1).join("::"),
          account: provider ? accountOf(provider) : "",
          protect: request.getProtect(),
          retainOnDelete: request.getRetainondelete(),
          ignoreChanges: request.getIgnorechangesList(),
        });
      }
      callback(error, response);
    });

  pulumi.runtime.setAllConfig(pulumiConfig(configuration));
  await pulumi.runtime.runInPulumiStack(program);
  await pulumi.runtime.disconnect();
  return sorted([...resources.values()]);
}
