/**
 * Every way in which one resource of a graph can be weakened by itself: it is gone, loses its protection, is made in another
 * account, or one of its properties is left out, is another, less, more, or has one entry less.
 */
import type { GraphResource } from "../../infra/program/graph";

export interface Weakening {
  /** `rules[].status: is another`; list indices are left out. */
  readonly what: string;
  /** Undefined where the resource is gone. */
  readonly resource: GraphResource | undefined;
}

type Value = unknown;
type Path = readonly (string | number)[];

const isMap = (value: Value): value is Readonly<Record<string, Value>> => typeof value === "object" && value !== null && !Array.isArray(value);

/** Another value in the place of one; `undefined` leaves it out. */
function put(value: Value, [first, ...rest]: Path, other: Value): Value {
  if (first === undefined) return other;
  if (Array.isArray(value)) {
    const items = value as readonly Value[];
    if (rest.length === 0 && other === undefined) return items.filter((_, index) => index !== first);
    return items.map((item, index) => (index === first ? put(item, rest, other) : item));
  }
  const { [first]: inner, ...others } = value as Readonly<Record<string, Value>>;
  const made = put(inner, rest, other);
  return made === undefined ? others : { ...others, [first]: made };
}

function others(value: Value): Readonly<Record<string, Value>> {
  if (typeof value === "boolean") return { "is the contrary": !value };
  if (typeof value === "number") return { "is less": Math.max(0, value - 1), "is more": value * 1_000 };
  if (typeof value === "string") return { "is another": `other-${value}` };
  return {};
}

function of(value: Value, path: Path = []): readonly (readonly [string, Path, Value])[] {
  const name = path.map((part) => (typeof part === "number" ? "[]" : `.${part}`)).join("").slice(1);
  // Leaving out an empty list says the same.
  const here = path.length === 0 || (Array.isArray(value) && value.length === 0) ? [] : [[`${name}: is left out`, path, undefined] as const, ...Object.entries(others(value)).map(([how, other]) => [`${name}: ${how}`, path, other] as const)];
  const entries = Array.isArray(value) ? (value as readonly Value[]).map((item, index) => [index, item] as const) : isMap(value) ? Object.entries(value) : [];
  return [...here, ...entries.flatMap(([key, inner]) => of(inner, [...path, key]))];
}

/**
 * @param added by a resource's type, properties that it has not and that weaken it
 * @param where an account that it does not belong to
 */
export function weakenings(resource: GraphResource, added: Readonly<Record<string, Readonly<Record<string, Value>>>>, where: string): readonly Weakening[] {
  return [
    { what: "is gone", resource: undefined },
    ...(resource.protect ? [{ what: "is not protected", resource: { ...resource, protect: false } }] : []),
    ...(resource.account === "" ? [] : [{ what: "is in another account", resource: { ...resource, account: where } }]),
    ...Object.entries(added[resource.type] ?? {}).map(([name, value]) => ({ what: `${name}: is ${JSON.stringify(value)}`, resource: { ...resource, props: { ...resource.props, [name]: value } } })),
    ...of(resource.props).map(([what, path, other]) => ({ what, resource: { ...resource, props: put(resource.props, path, other) as GraphResource["props"] } })),
  ];
}
