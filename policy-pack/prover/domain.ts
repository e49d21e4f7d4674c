/** The strings that a universe allows a principal, a resource or a key to be. */
import type { Principal } from "../evaluator/types";
import { binaryFamily } from "./condition/binary";
import { dateFamily } from "./condition/date";
import { ipFamily } from "./condition/ip";
import { numericFamily } from "./condition/numeric";
import type { Domain } from "./dimension";
import type { Matchers } from "./language/matcher";
import { arnWise, glob, isPlain, literal, textOf, type Pattern } from "./language/pattern";
import { account, anyText, namedPrincipal, provider, resourceArn, rootPrincipal, sessionName, shapeAccepts, type Shape } from "./language/shape";
import type { Family } from "./predicate";
import type { KeyType, Language, Universe } from "./types";

const anything: readonly Pattern[] = [glob("*")];

/** Domains that were made, by what they were made of: the same few objects are asked about in every space, and others like them. */
const made = new WeakMap<Matchers, { readonly byText: Map<string, Domain>; readonly byLanguage: WeakMap<object, Map<string, Domain>> }>();

/** @param sort what decides beside the language */
function once(matchers: Matchers, sort: string, language: Language | "none", make: () => Domain): Domain {
  const { byText, byLanguage } = made.get(matchers) ?? { byText: new Map<string, Domain>(), byLanguage: new WeakMap<object, Map<string, Domain>>() };
  made.set(matchers, { byText, byLanguage });
  const ofText = () => {
    const text = `${sort} ${language === "none" ? language : JSON.stringify(language)}`;
    const domain = byText.get(text) ?? make();
    byText.set(text, domain);
    return domain;
  };
  if (language === "none") return ofText();
  const bySort = byLanguage.get(language) ?? new Map<string, Domain>();
  byLanguage.set(language, bySort);
  const domain = bySort.get(sort) ?? ofText();
  bySort.set(sort, domain);
  return domain;
}

function domainOf(matchers: Matchers, like: readonly Pattern[], unlike: readonly Pattern[], shape: Shape, family?: Family): Domain {
  const [yes, no] = [matchers.of(like), matchers.of(unlike)];
  const listed = like.every(isPlain) ? [...new Set(like.map(textOf))].filter((text) => !no.holds(text) && shapeAccepts(shape, text)) : undefined;
  return {
    id: `${yes.id}-${no.id}-${shape.id}-${family?.name ?? ""}`,
    like: yes,
    unlike: no,
    shape,
    ...(family && { family }),
    ...(listed && { listed }),
    everything: shape === anyText && unlike.length === 0 && like.some((pattern) => textOf(pattern) === "*" && !isPlain(pattern)),
  };
}

function patternsOf({ reading, like, unlike = [] }: Language): readonly [readonly Pattern[], readonly Pattern[]] {
  const read = (globs: readonly string[]) => globs.map(glob).map((pattern) => (reading === "arn" ? arnWise(pattern) : pattern)).filter((pattern) => pattern !== undefined);
  return [read(like), read(unlike)];
}

const shapes: Readonly<Record<Principal["kind"], Shape>> = {
  role: namedPrincipal,
  user: namedPrincipal,
  "federated-user": namedPrincipal,
  root: rootPrincipal,
  federated: provider,
  service: anyText,
  anonymous: anyText,
};

export function principalDomain(matchers: Matchers, kind: Principal["kind"], arns: Language): Domain {
  return once(matchers, `principal ${kind}`, arns, () =>
    kind === "anonymous" ? domainOf(matchers, [literal("")], [], anyText) : domainOf(matchers, ...patternsOf(arns), shapes[kind]));
}

export function resourceDomain(matchers: Matchers, resources: Universe["resources"]): Domain {
  return once(matchers, "resource", resources, () =>
    resources === "none" ? domainOf(matchers, [literal("*")], [], anyText) : domainOf(matchers, ...patternsOf(resources), resourceArn));
}

const families: Readonly<Partial<Record<KeyType, Family>>> = { Numeric: numericFamily, Date: dateFamily, IPAddress: ipFamily, Binary: binaryFamily };

export function keyDomain(matchers: Matchers, values: Language, type: KeyType | undefined): Domain {
  return once(matchers, `key ${type}`, values, () => {
    const [like, unlike] = patternsOf(values);
    if (type === "Bool" && like.some((pattern) => textOf(pattern) === "*")) return domainOf(matchers, ["true", "false"].map(literal), unlike, anyText);
    const shape = type === "Account" ? account : type === "ARN" || values.reading === "arn" ? resourceArn : anyText;
    return domainOf(matchers, like, unlike, shape, type && families[type]);
  });
}

export const accountDomain = (matchers: Matchers): Domain => once(matchers, "account", "none", () => domainOf(matchers, anything, [], account));
export const sessionDomain = (matchers: Matchers): Domain => once(matchers, "session", "none", () => domainOf(matchers, anything, [], sessionName));
/** For what is there or not, and has no values. */
export const flagDomain = (matchers: Matchers): Domain => once(matchers, "flag", "none", () => domainOf(matchers, [literal("true")], [], anyText));
