/**
 * Rules about settings that are no policy document: what the configuration asks for is there, and each of its settings is what it
 * has to be.
 */
import type { Configuration } from "../infra/config/configuration";
import { onceFor } from "../infra/config/once-for";
import { grouped } from "../infra/config/grouped";
import { verdict, type Rule } from "./rule";
import { pick, UNKNOWN, type Plain } from "./subjects/plain";
import { canonicalType } from "./subjects/read";
import type { Resource, Subject } from "./subjects/subject";

/** What is wanted of a setting, and a test of what is found; a value stands for itself. */
export interface Demand {
  readonly is: string;
  readonly holds: (found: Plain | undefined, resource: Resource, all: readonly Resource[]) => boolean;
  /** What is found in the words of `is`, where its JSON says less. */
  readonly inWords?: (found: Plain | undefined) => string;
}

export type Setting = string | number | boolean | Demand;

export interface Wanted {
  /** Without the provider: `cloudtrail:trail`. */
  readonly type: string;
  /** For people: what is missing, where it is. */
  readonly what: string;
  /** What it is told from others of its type by; with the account, where the stack has several. */
  readonly by: Readonly<Record<string, Setting>>;
  readonly account?: string;
  /** Whether Pulumi has to refuse to delete it; `resources-protected` says it of whole kinds. */
  readonly protected?: boolean;
  /** By path: `rule.objectOwnership`. */
  readonly settings: Readonly<Record<string, Setting>>;
}

interface Facts {
  readonly requirement: string;
  /** What is wanted in the configuration's stack; nothing of a stack or phase that has none. */
  readonly wanted: (config: Configuration) => readonly Wanted[];
  /** What is wanted in a template, told by what else is in it. */
  readonly inTemplate?: (config: Configuration, siblings: readonly Subject[]) => readonly Wanted[];
}

export const at = (from: Plain | undefined, path: string): Plain | undefined => (path.includes(".") ? path.split(".").reduce<Plain | undefined>((value, name) => pick(value, name), from) : pick(from, path));

/** As text, with what is not known said to be so. */
export const said = (value: Plain | undefined): string => (value === undefined ? "absent" : JSON.stringify(value, (_, part: unknown) => (part === UNKNOWN ? "unknown" : part)));

const holds = (setting: Setting, found: Plain | undefined, resource: Resource, all: readonly Resource[]): boolean =>
  typeof setting === "object" ? setting.holds(found, resource, all) : found === setting || (typeof setting === "boolean" && found === String(setting));

/** Where AWS takes the value for granted. */
export const orAbsent = (value: string | number | boolean): Demand => ({ is: `${JSON.stringify(value)} or nothing`, holds: (found) => isNothing(found) || found === value });

/** After a deployment AWS's answer is judged, in which what is not said is empty. */
const isNothing = (found: Plain | undefined) => found === undefined || found === "" || (Array.isArray(found) && found.length === 0);
export const absent: Demand = { is: "nothing", holds: isNothing };

export const atLeast = (least: number): Demand => ({ is: `${least} or more`, holds: (found) => Number(found) >= least });
export const atMost = (most: number): Demand => ({ is: `at most ${most}`, holds: (found) => found === undefined || Number(found) <= most });

/** A list with these among its values. */
export const holding = (values: readonly string[]): Demand => ({ is: `a list with ${values.join(", ")}`, holds: (found) => Array.isArray(found) && values.every((value) => found.includes(value)) });

/** The very same, whatever the order of its keys; text is read as JSON. */
export function alike(value: unknown): Demand {
  const ordered = (of: unknown): unknown => {
    if (Array.isArray(of)) return of.map(ordered);
    if (typeof of !== "object" || of === null) return of;
    return Object.fromEntries(Object.entries(of).sort(([one], [other]) => (one < other ? -1 : 1)).map(([key, part]) => [key, ordered(part)]));
  };
  const text = JSON.stringify(ordered(value));
  return { is: text, holds: (found) => found !== UNKNOWN && JSON.stringify(ordered(typeof found === "string" && /^[[{]/.test(found) ? JSON.parse(found) : found)) === text };
}

/**
 * The id or ARN of another resource of the stack, which it has to refer to: known, or not known yet.
 *
 * @param like what such a value looks like once it is known
 */
export const refersToOne = (what: string, like: RegExp, isIt: (resource: Resource) => boolean): Demand => ({
  is: what,
  holds: (found, { dependencies }, all) => (found === UNKNOWN || like.test(String(found))) && all.some((one) => dependencies.includes(one.urn) && isIt(one)),
});

const isFound = ({ by, account }: Wanted, all: readonly Resource[]) => (resource: Resource): boolean =>
  (account === undefined || resource.account === undefined || resource.account === account) &&
  Object.entries(by).every(([path, value]) => holds(value, at(resource.props, path), resource, all));

/** What is missing, and what is set otherwise: by the resource that it is said of, undefined where there is none. */
function faults(all: readonly Resource[], wanted: readonly Wanted[]): readonly (readonly [Resource | undefined, string])[] {
  const byType = grouped(all, ({ type }) => canonicalType(type));
  const byValue = new Map<string, ReadonlyMap<string, readonly Resource[]>>();
  /** Those that may be the wanted one: hundreds are wanted of hundreds. */
  const likely = ({ type, by }: Wanted): readonly Resource[] => {
    const ofType = byType.get(type) ?? [];
    const [path, value] = Object.entries(by)[0]!;
    if (typeof value === "object") return ofType;
    const values = byValue.get(`${type} ${path}`) ?? grouped(ofType, ({ props }) => String(at(props, path)));
    byValue.set(`${type} ${path}`, values);
    return values.get(String(value)) ?? [];
  };
  return wanted.flatMap((one): readonly (readonly [Resource | undefined, string])[] => {
    const found = likely(one).filter(isFound(one, all));
    if (found.length === 0) return [[undefined, `${one.what} is missing.`]];
    return found.flatMap((resource) => [
      ...(one.protected && resource.protect === false ? [[resource, `${one.what}: its resource option \`protect\` is not set.`] as const] : []),
      ...Object.entries(one.settings).flatMap(([path, setting]) => {
        const value = at(resource.props, path);
        const { is, inWords = said } = typeof setting === "object" ? setting : { is: JSON.stringify(setting) };
        return holds(setting, value, resource, all) ? [] : [[resource, `${one.what}: its ${path} is ${inWords(value)}, ${is} is wanted.`] as const];
      }),
    ]);
  });
}

/** A rule that is judged once a stack or template: of what is there, on it; of what is missing, on whatever comes first. */
export function wantedThere({ requirement, wanted, inTemplate }: Facts): Rule {
  const found = new WeakMap<readonly Subject[], { readonly about: ReadonlySet<string>; readonly all: ReturnType<typeof faults> }>();
  const wantedOf = onceFor(wanted);
  const judgeAll = (siblings: readonly Subject[], config: Configuration) => {
    const known = found.get(siblings);
    if (known) return known;
    const all = [...new Set(siblings.map(({ resource }) => resource))];
    const [first] = all;
    const template = first?.template !== undefined || first?.type.startsWith("AWS::") === true;
    const about = template ? (inTemplate?.(config, siblings) ?? []) : wantedOf(config);
    const made = { about: new Set(about.map(({ type }) => type)), all: faults(all, about) };
    found.set(siblings, made);
    return made;
  };
  return {
    requirement,
    needs: "siblings",
    judge: (subject, siblings, { configuration }) => {
      if (typeof configuration !== "object") return "not-applicable";
      const { about, all } = judgeAll(siblings, configuration);
      const isFirst = subject === siblings[0];
      const of = all.filter(([resource]) => (resource === undefined ? isFirst : resource === subject.resource)).map(([, line]) => line);
      if (of.length > 0) return verdict(of);
      return about.has(canonicalType(subject.resource.type)) ? "compliant" : "not-applicable";
    },
  };
}

/** The attachment of a policy of AWS Organizations to a target: its child, since it depends on others as well, which are written before it. */
export const attached = (policy: string, targetId: string): Wanted => ({
  type: "organizations:policyattachment",
  by: {
    targetId,
    policyId: {
      is: policy,
      holds: (found, { parent }, all) => (found === UNKNOWN || /^p-[0-9a-z]+$/.test(String(found))) && all.some(({ urn, type, props }) => urn === parent && canonicalType(type) === "organizations:policy" && props.name === policy),
    },
  },
  what: `The attachment of ${policy} to ${targetId}`,
  settings: {},
});
