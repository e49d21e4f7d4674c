/** How the catalogue is written down: a line an action, what actions of a service share said once. */
import type { ActionFacts, ResourceType } from "../universe/facts";

/** Keys and names of types are separated by blanks; none of AWS's holds one but Lambda's types, which have `_` for it. */
interface Service {
  /** Every condition key of the service by its type, keys separated by blanks. */
  readonly keys: Readonly<Record<string, string>>;
  /** Keys that all the actions have. */
  readonly all: string;
  /** Name of the type -> ARN format, and the keys that every action on it has. */
  readonly types: Readonly<Record<string, readonly [arn: string, keys: string]>>;
  /** Name -> types, further keys of its own, and further keys of one type. */
  readonly actions: Readonly<Record<string, readonly [types: string, keys?: string, ofType?: Readonly<Record<string, string>>]>>;
  readonly takesRcp: boolean;
}

export type Catalogue = Readonly<Record<string, Service>>;

const words = (text: string): readonly string[] => text.split(" ").filter((word) => word !== "");
const one = (name: string): string => name.replaceAll(" ", "_");
const byName = <T>(entries: readonly (readonly [string, T])[]): Record<string, T> =>
  Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
const shared = (lists: readonly (readonly string[])[]): readonly string[] => (lists[0] ?? []).filter((item) => lists.every((list) => list.includes(item)));
const without = (list: readonly string[], others: readonly string[]): string => list.filter((item) => !others.includes(item)).join(" ");

/** The catalogue of these actions; the same for the same actions in any order. */
export function pack(actions: readonly ActionFacts[]): Catalogue {
  const services = new Set(actions.map(({ name }) => serviceOf(name)));
  return byName([...services].map((service) => [service, packService(actions.filter(({ name }) => serviceOf(name) === service))]));
}

const serviceOf = (action: string): string => action.split(":")[0] ?? "";

function packService(actions: readonly ActionFacts[]): Service {
  const all = shared(actions.map(({ keys }) => keys));
  const types = new Map<string, ResourceType>();
  for (const type of actions.flatMap((action) => action.types)) {
    const before = types.get(type.name);
    types.set(type.name, { ...type, keys: before ? shared([before.keys, type.keys]) : type.keys });
  }
  const keysByType = new Map<string, string[]>();
  for (const [key, type] of Object.entries(actions[0]?.serviceKeys ?? {})) keysByType.set(type, [...(keysByType.get(type) ?? []), key]);
  return {
    keys: byName([...keysByType].map(([type, keys]) => [type, keys.join(" ")])),
    all: all.join(" "),
    types: byName([...types.values()].map(({ name, arn, keys }) => [one(name), [arn, keys.join(" ")] as const])),
    actions: byName(
      actions.map((action) => {
        const ofType = action.types.map(({ name, keys }) => [one(name), without(keys, types.get(name)?.keys ?? [])] as const).filter(([, keys]) => keys !== "");
        const line = [action.types.map(({ name }) => one(name)).join(" "), without(action.keys, all), byName(ofType)] as const;
        return [action.name.slice(serviceOf(action.name).length + 1), ofType.length > 0 ? line : line[1] === "" ? [line[0]] : [line[0], line[1]]] as const;
      }),
    ),
    takesRcp: actions[0]?.takesRcp ?? false,
  };
}

/** The actions of a catalogue, in its order. */
export function unpack(catalogue: Catalogue): readonly ActionFacts[] {
  return Object.entries(catalogue).flatMap(([service, { keys, all, types, actions, takesRcp }]) => {
    const serviceKeys = Object.fromEntries(Object.entries(keys).flatMap(([type, names]) => words(names).map((name) => [name, type])));
    return Object.entries(actions).map(([name, [on, own = "", ofType = {}]]) => ({
      name: `${service}:${name}`,
      keys: [...words(all), ...words(own)].sort(),
      types: words(on).map((type) => {
        const [arn, typeKeys] = types[type]!;
        return { name: type.replaceAll("_", " "), arn, keys: [...words(typeKeys), ...words(ofType[type] ?? "")].sort() };
      }),
      serviceKeys,
      takesRcp,
    }));
  });
}

/** As text: a line for each type and each action, so that a difference is a line. */
export function written(catalogue: Catalogue): string {
  const block = (entries: readonly string[]) => `{\n${entries.join(",\n")}\n}`;
  const lines = (record: Readonly<Record<string, unknown>>) => block(Object.entries(record).map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`));
  const services = Object.entries(catalogue).map(([name, { keys, all, types, actions, takesRcp }]) =>
    `${JSON.stringify(name)}:{"takesRcp":${takesRcp},"all":${JSON.stringify(all)},"keys":${lines(keys)},"types":${lines(types)},"actions":${lines(actions)}}`);
  return `${block(services)}\n`;
}
