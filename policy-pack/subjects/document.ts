/** A policy document, read strictly: what cannot be read is not judged as if it were empty, it is refused. */
import { hasUnknown, isObject, list, UNKNOWN, type Plain } from "./plain";

/** One test of a condition block: operator, key, values. */
export interface Test {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** One principal: `{type: "AWS", value: "arn:aws:iam::...:root"}`; `"*"` alone is `{type: "*", value: "*"}`. */
export interface Principal {
  readonly type: string;
  readonly value: string;
}

export interface Statement {
  readonly sid: string;
  readonly effect: "Allow" | "Deny";
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  readonly principals: readonly Principal[];
  readonly notPrincipals: readonly Principal[];
  readonly tests: readonly Test[];
}

/** A document that was read, with the text that is deployed where it is a string; or why it could not be read. */
export type Document =
  | { readonly known: true; readonly text?: string; readonly json: Plain; readonly version: string; readonly statements: readonly Statement[] }
  | { readonly known: false; readonly reason: string };

const elements = ["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal", "Condition"];

/**
 * Reads a policy document.
 *
 * @param value a JSON string or an object, as a resource's property holds it; undefined if the property is absent
 * @returns the statements in the order of the document; `known: false` with one clause saying why otherwise
 */
export function readDocument(value: Plain | undefined): Document {
  if (value === undefined || value === null) return refuse("is absent");
  if (value === UNKNOWN) return refuse("is not known before deployment");
  let json: Plain = value;
  if (typeof value === "string") {
    try {
      json = JSON.parse(value) as Plain;
    } catch (error) {
      return refuse(`is not JSON (${(error as Error).message})`);
    }
  }
  if (!isObject(json)) return refuse("is not a JSON object");
  if (JSON.stringify(json).includes("{{resolve:")) return refuse("holds a dynamic reference, which only AWS can resolve");
  if (hasUnknown(json)) return refuse("holds a value that is not known before deployment");
  const statements: Statement[] = [];
  for (const [index, item] of list(json["Statement"]).entries()) {
    const statement = readStatement(item, index);
    if (typeof statement === "string") return refuse(statement);
    statements.push(statement);
  }
  if (statements.length === 0) return refuse("holds no statement");
  const version = typeof json["Version"] === "string" ? json["Version"] : "";
  return { known: true, json, version, statements, ...(typeof value === "string" ? { text: value } : {}) };
}

const refuse = (reason: string): Document => ({ known: false, reason });

/** The statement, or in words what is wrong with it. */
function readStatement(item: Plain, index: number): Statement | string {
  if (!isObject(item)) return `has a statement that is not an object (number ${index + 1})`;
  const sid = typeof item["Sid"] === "string" ? item["Sid"] : `number ${index + 1}`;
  const stranger = Object.keys(item).find((key) => !elements.includes(key));
  if (stranger !== undefined) return `has an element IAM does not know, ${JSON.stringify(stranger)}, in statement ${sid}`;
  const effect = item["Effect"];
  if (effect !== "Allow" && effect !== "Deny") return `has an Effect that is neither Allow nor Deny in statement ${sid}`;
  try {
    return {
      sid,
      effect,
      actions: texts(item["Action"]),
      notActions: texts(item["NotAction"]),
      resources: texts(item["Resource"]),
      notResources: texts(item["NotResource"]),
      principals: readPrincipals(item["Principal"]),
      notPrincipals: readPrincipals(item["NotPrincipal"]),
      tests: readCondition(item["Condition"]),
    };
  } catch (error) {
    return `${(error as Error).message} in statement ${sid}`;
  }
}

function texts(value: Plain | undefined): string[] {
  return list(value).map((item) => {
    if (typeof item === "object" || typeof item === "symbol") throw new Error("has an object where a string belongs");
    return String(item);
  });
}

function readPrincipals(value: Plain | undefined): Principal[] {
  if (value === undefined || value === null) return [];
  if (typeof value === "string") return [{ type: value === "*" ? "*" : "AWS", value }];
  if (!isObject(value)) throw new Error("has a Principal that is neither text nor an object");
  return Object.entries(value).flatMap(([type, values]) => texts(values).map((item) => ({ type, value: item })));
}

function readCondition(value: Plain | undefined): Test[] {
  if (value === undefined || value === null) return [];
  if (!isObject(value)) throw new Error("has a Condition that is not an object");
  return Object.entries(value).flatMap(([operator, keys]) => {
    if (!isObject(keys)) throw new Error(`has a Condition whose ${operator} is not an object`);
    return Object.entries(keys).map(([key, values]) => ({ operator, key, values: texts(values) }));
  });
}
