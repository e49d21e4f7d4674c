/**
 * The values of a resource as plain data, whoever sends them: the policy server wraps properties in a proxy that
 * throws when an unknown value is read, and a mandatory policy that lets that error out is downgraded to advisory.
 * So everything is read once, here, and what is not known becomes `UNKNOWN`, a value that rules can see and refuse.
 */
import * as asset from "@pulumi/pulumi/asset";

/** Stands for a value that is only known after deployment. */
export const UNKNOWN = Symbol("unknown before deployment");

export type Plain = string | number | boolean | null | typeof UNKNOWN | readonly Plain[] | { readonly [key: string]: Plain };
export type PlainObject = { readonly [key: string]: Plain };

/**
 * What the engine sends in the place of an unknown value, one a type (@pulumi/policy proxy.ts, the engine's
 * pkg/sdk/go/common/resource/plugin/rpc.go); fixed by the protocol.
 */
const sentinels = [
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
];

/** Text that stands where a value should be: an unknown inside a string, an Output or an object turned into text. */
const texts = [...sentinels, "Calling [toString] on an [Output<T>]", "[object Object]", "[object Promise]"];
const unresolved = new RegExp(texts.map((text) => text.replace(/[^\w-]/g, "\\$&")).join("|"));

/** What the policy server's proxy stands for, by the name that it answers to (@pulumi/policy proxy.ts); else undefined. */
const targetOf = (value: object): unknown => (value as { readonly __getSpecialProxyTarget?: unknown }).__getSpecialProxyTarget;

/** What the policy server handed over, without its proxy. */
export const unwrapped = (value: object | undefined): unknown => value && (targetOf(value) ?? value);

/** Whether two values that the policy server handed over are plain data, and the same; an asset, whose text is a promise, is not. */
export function sameData(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return false;
  const prototype: unknown = Object.getPrototypeOf(left);
  if (prototype !== Object.getPrototypeOf(right) || (prototype !== Object.prototype && prototype !== Array.prototype)) return false;
  const keys = Object.keys(left);
  const [of, other] = [left as Record<string, unknown>, right as Record<string, unknown>];
  return keys.length === Object.keys(right).length && keys.every((key) => Object.hasOwn(other, key) && sameData(of[key], other[key]));
}

/**
 * A copy of a value as plain data.
 *
 * @param value anything the policy server hands to a policy
 * @returns the value, with `UNKNOWN` wherever it or a part of it is not known; a text asset is its text, a file UNKNOWN
 */
export async function plain(value: unknown): Promise<Plain> {
  const assets: asset.StringAsset[] = [];
  const parts = copied(value, assets);
  if (assets.length === 0) return parts as Plain;
  const texts = await Promise.all(assets.map(({ text }) => text));
  return filled(parts, new Map(assets.map((each, index) => [each, copied(texts[index], []) as Plain])));
}

/** Plain data but for text assets, which are promises inside and are listed: to wait at every value takes seconds. */
type Copied = Exclude<Plain, readonly Plain[] | PlainObject> | asset.StringAsset | readonly Copied[] | { readonly [key: string]: Copied };

function copied(value: unknown, assets: asset.StringAsset[]): Copied {
  if (typeof value === "string") return unresolved.test(value) ? UNKNOWN : value;
  if (typeof value === "number" || typeof value === "boolean" || value === null) return value;
  if (value === undefined) return null;
  if (typeof value !== "object") return UNKNOWN;
  const target = targetOf(value);
  if (target !== undefined) return copied(target, assets);
  if (value instanceof asset.StringAsset) {
    assets.push(value);
    return value;
  }
  if (Array.isArray(value)) return value.map((part) => copied(part, assets));
  if (value instanceof asset.Asset || value instanceof asset.Archive) return UNKNOWN;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copied(part, assets)]));
}

function filled(value: Copied, texts: ReadonlyMap<asset.StringAsset, Plain>): Plain {
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof asset.StringAsset) return texts.get(value) ?? UNKNOWN;
  if (Array.isArray(value)) return value.map((part: Copied) => filled(part, texts));
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, filled(part as Copied, texts)]));
}

export const isObject = (value: Plain | undefined): value is PlainObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The values as a list: one value is a list of one, absence an empty one. */
export const list = (value: Plain | undefined): readonly Plain[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value as Plain];

/** Whether a value, or any part of it, is not known. */
export function hasUnknown(value: Plain): boolean {
  if (value === UNKNOWN) return true;
  if (Array.isArray(value)) return value.some(hasUnknown);
  return isObject(value) && Object.values(value).some(hasUnknown);
}

/**
 * The first of the named properties that is there. A name is tried as given and with a capital, because
 * CloudFormation writes `PolicyDocument` where @pulumi/aws-native writes `policyDocument`.
 */
export function pick(props: Plain | undefined, ...names: readonly string[]): Plain | undefined {
  if (props === UNKNOWN) return UNKNOWN;
  if (!isObject(props)) return undefined;
  for (const name of names) {
    const value = props[name] ?? props[name.charAt(0).toUpperCase() + name.slice(1)];
    if (value !== undefined && value !== null) return value;
  }
  return undefined;
}
