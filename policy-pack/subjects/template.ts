/**
 * A CloudFormation template as resources: intrinsic functions are resolved as far as the template itself tells, and
 * a resource whose properties hang on a condition is read once for each way the condition can fall.
 */
import { isObject, list, UNKNOWN, type Plain, type PlainObject } from "./plain";
import type { Resource } from "./subject";

/** The resources of a template, or undefined if the text is no template. */
export function readTemplate(text: string, holder: Pick<Resource, "urn" | "name">): readonly Resource[] | undefined {
  let json: Plain;
  try {
    json = JSON.parse(text) as Plain;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  const resources = isObject(json) ? json["Resources"] : undefined;
  if (!isObject(json) || !isObject(resources)) return undefined;
  return Object.entries(resources).flatMap(([logicalId, body]) => variants(json, logicalId, body, holder));
}

/**
 * A resource as the pack reads it outside a template too (a graph of a template's inner resources): its intrinsic
 * functions are resolved alike.
 */
export function resolveResource(resource: Resource): readonly Resource[] {
  const conditions = conditionsOf(resource.props);
  return assignments(conditions).map((holds) => ({ ...resource, props: resolveObject(resource.props, {}, holds) }));
}

function variants(template: PlainObject, logicalId: string, body: Plain, holder: Pick<Resource, "urn" | "name">): readonly Resource[] {
  if (!isObject(body)) return [];
  const properties = isObject(body["Properties"]) ? body["Properties"] : {};
  return assignments(conditionsOf(properties)).map((holds) => ({
    type: typeof body["Type"] === "string" ? body["Type"] : "unknown",
    name: logicalId,
    urn: holder.urn,
    props: resolveObject(properties, template, holds),
    dependencies: list(body["DependsOn"]).filter((id) => typeof id === "string"),
    protect: "unsaid",
    template: holder.name,
  }));
}

/** The names of the conditions that a value hangs on. */
function conditionsOf(value: Plain): readonly string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap(conditionsOf))];
  if (!isObject(value)) return [];
  const branch = value["Fn::If"];
  const own = Array.isArray(branch) && typeof branch[0] === "string" ? [branch[0]] : [];
  return [...new Set([...own, ...Object.values(value).flatMap(conditionsOf)])];
}

type Assignment = Readonly<Record<string, boolean>>;

/** Every way the conditions can fall; with more than six of them (64 ways), all true and all false. */
function assignments(conditions: readonly string[]): readonly Assignment[] {
  const all = (holds: boolean) => Object.fromEntries(conditions.map((name) => [name, holds]));
  if (conditions.length > 6) return [all(true), all(false)];
  return conditions.reduce<readonly Assignment[]>(
    (ways, name) => ways.flatMap((way) => [{ ...way, [name]: true }, { ...way, [name]: false }]),
    [{}],
  );
}

/** `AWS::NoValue` takes the property away; no value of JSON can stand for that. */
const absent = Symbol("AWS::NoValue");

function resolveObject(value: PlainObject, template: PlainObject, holds: Assignment): PlainObject {
  const entries = Object.entries(value).map(([key, part]) => [key, resolve(part, template, holds)] as const);
  return Object.fromEntries(entries.filter((entry): entry is readonly [string, Plain] => entry[1] !== absent));
}

function resolve(value: Plain, template: PlainObject, holds: Assignment): Plain | typeof absent {
  if (Array.isArray(value)) {
    return value.map((item: Plain) => resolve(item, template, holds)).filter((item): item is Plain => item !== absent);
  }
  if (!isObject(value)) return value;
  const [name, argument] = Object.entries(value)[0] ?? [];
  if (name === undefined || argument === undefined || Object.keys(value).length > 1) return resolveObject(value, template, holds);
  if (name !== "Ref" && !name.startsWith("Fn::")) return resolveObject(value, template, holds);
  return intrinsic(name, argument, template, holds);
}

function intrinsic(name: string, argument: Plain, template: PlainObject, holds: Assignment): Plain | typeof absent {
  const inner = (part: Plain | undefined) => (part === undefined ? UNKNOWN : resolve(part, template, holds));
  switch (name) {
    case "Ref":
      if (argument === "AWS::NoValue") return absent;
      return reference(argument, template);
    case "Fn::GetAtt":
      return reference(Array.isArray(argument) ? argument.map(String).join(".") : argument, template);
    case "Fn::Sub":
      return substitute(argument, template, inner);
    case "Fn::Join": {
      const [separator, parts] = list(argument);
      const resolved = inner(parts);
      if (typeof separator !== "string" || !Array.isArray(resolved) || resolved.some((part) => typeof part !== "string")) return UNKNOWN;
      return resolved.join(separator);
    }
    case "Fn::If": {
      const [condition, then, otherwise] = list(argument);
      return typeof condition === "string" ? inner(holds[condition] === false ? otherwise : then) : UNKNOWN;
    }
    default:
      return UNKNOWN;
  }
}

/** A reference as text (`${Queue.Arn}`, `${AWS::Region}`), or UNKNOWN where it points to a parameter: those are given from outside. */
function reference(target: Plain, template: PlainObject): Plain {
  if (typeof target !== "string") return UNKNOWN;
  const parameters = template["Parameters"];
  if (isObject(parameters) && parameters[target] !== undefined) return UNKNOWN;
  return `\${${target}}`;
}

function substitute(argument: Plain, template: PlainObject, inner: (part: Plain | undefined) => Plain | typeof absent): Plain {
  const [text, variables] = Array.isArray(argument) ? [argument[0], argument[1]] : [argument, undefined];
  if (typeof text !== "string") return UNKNOWN;
  let unknown = false;
  const replaced = text.replace(/\$\{([^!}][^}]*)\}/g, (whole, target: string) => {
    const given = isObject(variables) ? variables[target] : undefined;
    const value = given === undefined ? reference(target, template) : inner(given);
    if (typeof value === "string") return value;
    unknown = true;
    return whole;
  });
  return unknown ? UNKNOWN : replaced;
}
