/** A template in the place where it is deployed: which resources it has there, in which order, with which values. */
import type { Template, TemplateResource } from "../../../infra/documents/template";
import type { Made } from "../handler";
import { ordered } from "../order";
import { references, resolve, type Scope } from "./intrinsics";

export interface Place {
  readonly account: string;
  readonly region: string;
  readonly stackName: string;
  readonly stackId: string;
}

/** @throws Error where the text is no template, or takes parameters (ours take none) */
export function parseTemplate(text: string): Template {
  const template = JSON.parse(text) as Template & { readonly Parameters?: unknown; readonly Transform?: unknown };
  if (typeof template.Resources !== "object" || template.Resources === null) throw new Error("the template has no Resources");
  for (const section of ["Parameters", "Transform", "Mappings", "Rules"]) if (section in template) throw new Error(`the template has ${section}, which the lab's CloudFormation does not know`);
  return template;
}

function scopeFor(template: Template, place: Place, made: ReadonlyMap<string, Made>): Scope {
  const resource = (id: string): Made => {
    const found = made.get(id);
    if (!found) throw new Error(`the template refers to ${id}, which does not exist in ${place.account} ${place.region}`);
    return found;
  };
  const scope: Scope = {
    pseudo: {
      "AWS::AccountId": place.account,
      "AWS::Region": place.region,
      "AWS::Partition": "aws",
      "AWS::URLSuffix": "amazonaws.com",
      "AWS::StackName": place.stackName,
      "AWS::StackId": place.stackId,
    },
    ref: (id) => resource(id).id,
    attribute(id, name) {
      const value = resource(id).attributes[name];
      if (value === undefined) throw new Error(`the template reads ${id}.${name}, which is not known here: ${Object.keys(resource(id).attributes).join(", ")} are`);
      return value;
    },
    condition(name) {
      const condition = template.Conditions?.[name];
      if (condition === undefined) throw new Error(`the template has no condition ${name}`);
      return resolve(condition, scope) === true;
    },
  };
  return scope;
}

/** The logical ids that exist in this place, each after what it needs. @throws Error on a circle or an unknown condition */
export function presentIds(template: Template, place: Place): readonly string[] {
  const { condition } = scopeFor(template, place, new Map());
  const present = Object.entries(template.Resources).filter(([, { Condition }]) => Condition === undefined || condition(Condition));
  return ordered(present.map(([id]) => id), (id) => dependenciesOf(template.Resources[id]!));
}

export function dependenciesOf({ DependsOn = [], Properties = {} }: TemplateResource): readonly string[] {
  const named = typeof DependsOn === "string" ? [DependsOn] : DependsOn;
  return [...named, ...references(Properties)];
}

/** A resource's properties, with what others that were made before answer. */
export function propertiesOf(template: Template, id: string, place: Place, made: ReadonlyMap<string, Made>): Readonly<Record<string, unknown>> {
  return resolve(template.Resources[id]!.Properties ?? {}, scopeFor(template, place, made)) as Readonly<Record<string, unknown>>;
}
