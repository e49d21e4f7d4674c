/** A CloudFormation template's resources as a graph, each under its own type (`AWS::IAM::Role`) and logical id. */
import type { Template } from "../../infra/documents/template";
import type { Resource } from "./messages";

/** @param name of the stack in the URNs: `global` or `regional` */
export function templateGraph(name: string, template: Template): readonly Resource[] {
  const urnOf = (logicalId: string, type: string) => `urn:pulumi:member-${name}::fall::${type.replace(/::/g, ":")}::${logicalId}`;
  return Object.entries(template.Resources).map(([logicalId, { Type, Properties, DependsOn = [] }]) => ({
    urn: urnOf(logicalId, Type),
    type: Type,
    name: logicalId,
    props: Properties,
    dependencies: DependsOn.map((id) => urnOf(id, template.Resources[id]?.Type ?? "unknown")),
  }));
}
