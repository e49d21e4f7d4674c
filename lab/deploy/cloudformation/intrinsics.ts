/**
 * CloudFormation's intrinsic functions, those that the project's templates use: pure.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */

/** What a template's values are resolved against. */
export interface Scope {
  /** `AWS::Region` -> `us-east-1`. */
  readonly pseudo: Readonly<Record<string, string>>;
  /** `Ref` of a resource of the template. @throws Error if it does not exist (yet) */
  ref(logicalId: string): string;
  /** `Fn::GetAtt`. @throws Error if the resource or the attribute does not exist */
  attribute(logicalId: string, name: string): string;
  /** Whether a condition holds. @throws Error if there is no such condition */
  condition(name: string): boolean;
}

type Plain = Readonly<Record<string, unknown>>;

/** `{Ref: AWS::NoValue}`: the property is left out. */
const NO_VALUE = Symbol("AWS::NoValue");

const isMap = (value: unknown): value is Plain => typeof value === "object" && value !== null && !Array.isArray(value);

function text(value: unknown, where: string): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw new Error(`${where} is not a text: ${JSON.stringify(value)}`);
}

function list(value: unknown, where: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new Error(`${where} takes a list: ${JSON.stringify(value)}`);
}

function reference(name: string, scope: Scope): unknown {
  if (name === "AWS::NoValue") return NO_VALUE;
  if (name.startsWith("AWS::")) {
    const value = scope.pseudo[name];
    if (value === undefined) throw new Error(`the pseudo parameter ${name} is not known here`);
    return value;
  }
  return scope.ref(name);
}

function attribute(argument: unknown, scope: Scope): string {
  const [id, ...name] = typeof argument === "string" ? argument.split(".") : list(argument, "Fn::GetAtt").map((part) => text(part, "Fn::GetAtt"));
  return scope.attribute(id!, name.join("."));
}

/** `${Name}`, `${Name.Attribute}`, `${AWS::Region}`; `${!Literal}` stays. */
function substitute(argument: unknown, scope: Scope): string {
  const [template, variables] = typeof argument === "string" ? [argument, {}] : (list(argument, "Fn::Sub") as [unknown, unknown]);
  const known = isMap(variables) ? variables : {};
  return text(template, "Fn::Sub").replace(/\$\{(!?)([^}]*)\}/g, (_, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    if (Object.hasOwn(known, name)) return text(value(known[name], scope), `Fn::Sub's ${name}`);
    if (name.includes(".")) return attribute(name, scope);
    return text(reference(name, scope), `Fn::Sub's ${name}`);
  });
}

const functions: Readonly<Record<string, (argument: unknown, scope: Scope) => unknown>> = {
  Ref: (argument, scope) => reference(text(argument, "Ref"), scope),
  Condition: (argument, scope) => scope.condition(text(argument, "Condition")),
  "Fn::GetAtt": attribute,
  "Fn::Sub": substitute,
  "Fn::Join": (argument, scope) => {
    const [separator, parts] = list(argument, "Fn::Join");
    return list(value(parts, scope), "Fn::Join").map((part) => text(part, "Fn::Join")).join(text(separator, "Fn::Join"));
  },
  "Fn::Equals": (argument, scope) => {
    const [one, other] = list(value(argument, scope), "Fn::Equals");
    return text(one, "Fn::Equals") === text(other, "Fn::Equals");
  },
  "Fn::Not": (argument, scope) => value(list(argument, "Fn::Not")[0], scope) !== true,
  "Fn::And": (argument, scope) => list(argument, "Fn::And").every((one) => value(one, scope) === true),
  "Fn::Or": (argument, scope) => list(argument, "Fn::Or").some((one) => value(one, scope) === true),
  "Fn::If": (argument, scope) => {
    const [name, yes, no] = list(argument, "Fn::If");
    return value(scope.condition(text(name, "Fn::If")) ? yes : no, scope);
  },
};

/** Looks like an intrinsic function, whether it is known or not. */
const isFunction = (name: string) => name === "Ref" || name.startsWith("Fn::");

function value(given: unknown, scope: Scope): unknown {
  if (Array.isArray(given)) return given.map((item) => value(item, scope)).filter((item) => item !== NO_VALUE);
  if (!isMap(given)) return given;
  const [name, ...others] = Object.keys(given);
  const isCondition = name === "Condition" && typeof given[name] === "string";
  if (name !== undefined && others.length === 0 && (isFunction(name) || isCondition)) {
    const run = functions[name];
    if (!run) throw new Error(`the intrinsic function ${name} is not known here: ${Object.keys(functions).join(", ")} are`);
    return run(given[name], scope);
  }
  const entries = Object.entries(given).map(([key, item]): [string, unknown] => [key, value(item, scope)]);
  return Object.fromEntries(entries.filter(([, item]) => item !== NO_VALUE));
}

/**
 * A value of a template with its intrinsic functions resolved.
 *
 * @throws Error on a function that is not known, and what the scope throws
 */
export function resolve(given: unknown, scope: Scope): unknown {
  const resolved = value(given, scope);
  return resolved === NO_VALUE ? undefined : resolved;
}

/** The logical ids that a value refers to: what has to be there before. */
export function references(given: unknown): readonly string[] {
  const found = new Set<string>();
  const visit = (item: unknown): void => {
    if (Array.isArray(item)) return item.forEach(visit);
    if (!isMap(item)) return;
    for (const [name, argument] of Object.entries(item)) {
      if (name === "Ref" && typeof argument === "string") found.add(argument);
      if (name === "Fn::GetAtt") found.add(typeof argument === "string" ? argument.split(".")[0]! : String((argument as unknown[])[0]));
      if (name === "Fn::Sub") {
        const template = typeof argument === "string" ? argument : String((argument as unknown[])[0]);
        const own = Array.isArray(argument) && isMap(argument[1]) ? argument[1] : {};
        for (const [, id] of template.matchAll(/\$\{([^!}.]+)[^}]*\}/g)) if (!Object.hasOwn(own, id!)) found.add(id!);
      }
      visit(argument);
    }
  };
  visit(given);
  return [...found].filter((name) => !name.startsWith("AWS::"));
}
