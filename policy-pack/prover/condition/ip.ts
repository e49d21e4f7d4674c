/**
 * IP addresses: IPv4 or IPv6 against an address or a CIDR range, each family among itself.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress
 */
import { isIP } from "node:net";
import { textOf } from "../language/pattern";
import type { Family } from "../predicate";
import { pair } from "./operator";

interface Address {
  readonly version: 4 | 6;
  readonly number: bigint;
}

interface AddressRange {
  readonly version: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

const bitsOf = { 4: 32, 6: 128 } as const;

function groups(text: string): readonly bigint[] {
  return text === "" ? [] : text.split(":").flatMap((group) => (group.includes(".") ? halves(group) : [BigInt(`0x${group}`)]));
}

/** The last two groups of an IPv6 address that end it as an IPv4 one. */
function halves(dotted: string): readonly bigint[] {
  const number = fromDots(dotted);
  return [number >> 16n, number & 0xffffn];
}

const fromDots = (text: string) => text.split(".").reduce((sum, part) => sum * 256n + BigInt(part), 0n);

/** Undefined for what is no address. */
function address(text: string): Address | undefined {
  const version = isIP(text);
  if (version === 4) return { version, number: fromDots(text) };
  if (version !== 6 || text.includes("%")) return undefined;
  const [head, tail] = text.split("::") as [string, string?];
  const front = groups(head);
  const back = tail === undefined ? [] : groups(tail);
  const filled = [...front, ...Array.from({ length: 8 - front.length - back.length }, () => 0n), ...back];
  return { version, number: filled.reduce((sum, group) => sum * 65536n + group, 0n) };
}

/** Undefined for what is no range: it then holds of nothing. */
function range(text: string): AddressRange | undefined {
  const [network, length, ...more] = text.split("/") as [string, ...string[]];
  const at = address(network);
  if (!at || more.length > 0) return undefined;
  const bits = bitsOf[at.version];
  const prefix = length === undefined ? bits : /^\d{1,3}$/.test(length) ? Number(length) : bits + 1;
  if (prefix > bits) return undefined;
  const size = 1n << BigInt(bits - prefix);
  const first = (at.number / size) * size;
  return { version: at.version, first, last: first + size - 1n };
}

function written({ version, number }: Address): string {
  if (version === 4) return [24n, 16n, 8n, 0n].map((shift) => (number >> shift) & 255n).join(".");
  const parts = Array.from({ length: 8 }, (_, index) => ((number >> BigInt(112 - 16 * index)) & 0xffffn).toString(16)).join(":");
  // The first run of zero groups is enough to be short; an address needs no canonical form here.
  return parts.replace(/(^|:)0(:0)+(:|$)/, "::");
}

const rangesOf = (texts: readonly string[]) => texts.map(range).filter((one) => one !== undefined);

/** The first address of each part that the ends of the ranges make; after the last address comes the first again. */
function partition(constants: readonly string[]): readonly string[] {
  const cuts = rangesOf(constants).flatMap(({ version, first, last }) => [{ version, number: first }, { version, number: last + 1n }]);
  return [{ version: 4, number: 0n } as const, { version: 6, number: 0n } as const, ...cuts].map(written);
}

export const ipFamily: Family = { name: "IP addresses", representatives: partition, malformed: ["x"] };

export const ipOperators = pair("IpAddress", "NotIpAddress", {
  plain: true,
  variables: false,
  predicate: (values) => {
    const texts = values.map(textOf);
    const ranges = rangesOf(texts);
    return {
      id: `IpAddress ${JSON.stringify(texts)}`,
      family: ipFamily,
      constants: texts,
      holds: (value) => {
        const given = address(value);
        return given !== undefined && ranges.some(({ version, first, last }) => version === given.version && first <= given.number && given.number <= last);
      },
    };
  },
});
