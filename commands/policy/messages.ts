/** A resource graph as the messages of Pulumi's analyzer protocol, and what comes back as findings. */
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";

/** A resource of a graph, as far as the policy pack looks at it; a graph may say more. */
export interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly parent?: string;
  readonly dependencies?: readonly string[];
  readonly protect?: boolean;
  /** URN of the provider. */
  readonly provider?: string;
}

/** One violation of a policy. */
export interface Finding {
  readonly level: "mandatory" | "advisory";
  /** The rule's id. */
  readonly policy: string;
  /** URN; "" where the whole stack is meant. */
  readonly resource: string;
  /** One line. */
  readonly message: string;
}

/** Asks for one resource to be analyzed; the provider and the options must be there, or the policy server calls it an old CLI. */
export function analyzeRequest(resource: Resource, graph: readonly Resource[]): analyzer.AnalyzeRequest {
  return new analyzer.AnalyzeRequest()
    .setUrn(resource.urn)
    .setType(resource.type)
    .setName(resource.name)
    .setProperties(struct(resource.props))
    .setOptions(options(resource))
    .setProvider(provider(resource, graph));
}

export function analyzeStackRequest(graph: readonly Resource[]): analyzer.AnalyzeStackRequest {
  const resources = graph.map((resource) =>
    new analyzer.AnalyzerResource()
      .setUrn(resource.urn)
      .setType(resource.type)
      .setName(resource.name)
      .setProperties(struct(resource.props))
      .setOptions(options(resource))
      .setProvider(provider(resource, graph))
      .setParent(resource.parent ?? "")
      .setDependenciesList([...(resource.dependencies ?? [])]),
  );
  return new analyzer.AnalyzeStackRequest().setResourcesList(resources);
}

/** The findings of an answer; a policy of level `disabled` gives none. */
export function findings(response: analyzer.AnalyzeResponse, urn: string): readonly Finding[] {
  return response.getDiagnosticsList().map((diagnostic) => ({
    level: diagnostic.getEnforcementlevel() === analyzer.EnforcementLevel.ADVISORY ? "advisory" : "mandatory",
    policy: diagnostic.getPolicyname(),
    resource: diagnostic.getUrn() || urn,
    message: diagnostic.getMessage().split(/\s*\n\s*/).join(" "),
  }));
}

/** JSON has no `undefined`, and protocol buffers refuse it. */
const struct = (props: Readonly<Record<string, unknown>>): Struct =>
  Struct.fromJavaScript(JSON.parse(JSON.stringify(props)) as Record<string, JavaScriptValue>);

function options({ protect, parent }: Resource): analyzer.AnalyzerResourceOptions {
  return new analyzer.AnalyzerResourceOptions().setProtect(protect ?? false).setParent(parent ?? "");
}

function provider({ provider: urn }: Resource, graph: readonly Resource[]): analyzer.AnalyzerProviderResource {
  const found = graph.find((resource) => resource.urn === urn);
  return new analyzer.AnalyzerProviderResource()
    .setUrn(found?.urn ?? "")
    .setType(found?.type ?? "")
    .setName(found?.name ?? "")
    .setProperties(struct(found?.props ?? {}));
}
