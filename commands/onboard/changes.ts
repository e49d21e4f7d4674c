/** What a deployment would change, from two resource graphs: added, removed, and of what stays each property and statement. */
import type { GraphResource } from "../../infra/program/graph";

export interface Change {
  readonly how: "added" | "changed" | "removed";
  readonly type: string;
  readonly name: string;
  /** Of what is changed: `+ policy.Statement[WritePayments] {...}`, one line each. */
  readonly details: readonly string[];
}

type Plain = Readonly<Record<string, unknown>>;
const isMap = (value: unknown): value is Plain => typeof value === "object" && value !== null && !Array.isArray(value);

/** A document that travels as text is compared as what it says. */
function opened(value: unknown): unknown {
  if (typeof value !== "string" || !/^[{[]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch (error) {
    if (error instanceof SyntaxError) return value;
    throw error;
  }
}

/** Items of a list by what names them, so that one more in the middle is one more; undefined for a list of plain values. */
function named(list: readonly unknown[]): ReadonlyMap<string, unknown> | undefined {
  const names = list.map((item) => (isMap(item) ? (item.Sid ?? item.id ?? item.name) : undefined));
  if (list.length === 0 || names.some((name) => typeof name !== "string") || new Set(names).size !== names.length) return undefined;
  return new Map(names.map((name, index) => [String(name), list[index]]));
}

function* differences(path: string, before: unknown, after: unknown): Generator<string> {
  const [old, now] = [opened(before), opened(after)];
  const [oldText, nowText] = [JSON.stringify(old), JSON.stringify(now)];
  if (oldText === nowText) return;
  if (isMap(old) && isMap(now)) {
    for (const key of new Set([...Object.keys(old), ...Object.keys(now)])) yield* differences(path === "" ? key : `${path}.${key}`, old[key], now[key]);
    return;
  }
  if (Array.isArray(old) && Array.isArray(now)) {
    const [was, is] = [named(old), named(now)];
    const keyed = was && is;
    if (keyed) {
      for (const key of new Set([...was.keys(), ...is.keys()])) yield* differences(`${path}[${key}]`, was.get(key), is.get(key));
      return;
    }
    if ([...old, ...now].every((item) => typeof item === "string")) {
      for (const gone of old.filter((item) => !now.includes(item))) yield `- ${path} ${String(gone)}`;
      for (const come of now.filter((item) => !old.includes(item))) yield `+ ${path} ${String(come)}`;
      return;
    }
  }
  if (old !== undefined) yield `- ${path} ${oldText}`;
  if (now !== undefined) yield `+ ${path} ${nowText}`;
}

/** In the order of the graphs' URNs; providers and the stack itself are left out. */
export function changesBetween(before: readonly GraphResource[], after: readonly GraphResource[]): readonly Change[] {
  const [old, now] = [before, after].map((graph) => new Map(graph.filter(({ type }) => !type.startsWith("pulumi:")).map((resource) => [resource.urn, resource])));
  return [...new Set([...old!.keys(), ...now!.keys()])].sort().flatMap((urn): readonly Change[] => {
    const [was, is] = [old!.get(urn), now!.get(urn)];
    const { type, name } = (is ?? was)!;
    if (!was) return [{ how: "added", type, name, details: [] }];
    if (!is) return [{ how: "removed", type, name, details: [] }];
    const details = [...differences("", was.props, is.props)];
    return details.length === 0 ? [] : [{ how: "changed", type, name, details }];
  });
}
