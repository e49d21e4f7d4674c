/** What a parameter's value may be, and what it is in SQL. Nothing that is not of its kind ever reaches an engine. */
import { isIP } from "node:net";

export type Kind = keyof typeof kinds;

interface KindOfValue {
  readonly what: string;
  readonly valid: (value: string) => boolean;
  readonly number?: true;
}

const matches = (pattern: RegExp) => (value: string) => pattern.test(value);
const isDay = (value: string) => /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) && new Date(value).toISOString().startsWith(value);

/** The most rows that a query may be asked for. */
const MOST = 10_000;

export const kinds = {
  accounts: { what: 'account ids (12 digits) with commas between, or "all"', valid: matches(/^(all|\d{12}(,\d{12})*)$/) },
  address: { what: "an IP address", valid: (value) => isIP(value) !== 0 },
  count: { what: `a whole number from 1 to ${MOST}`, valid: (value) => /^[1-9]\d{0,4}$/.test(value) && Number(value) <= MOST, number: true },
  day: { what: "a day as YYYY-MM-DD", valid: isDay },
  domain: { what: "a domain name", valid: matches(/^[\w-]+(\.[\w-]+)*$/) },
  interface: { what: "a network interface's id (eni-...)", valid: matches(/^eni-[0-9a-f]{8,17}$/) },
  resource: { what: "a resource's id, name or ARN, without spaces", valid: matches(/^[\w.:/+=,@*-]{1,256}$/) },
  severity: { what: "a number from 0 to 10", valid: (value) => /^\d{1,2}(\.\d)?$/.test(value) && Number(value) <= 10, number: true },
  vpc: { what: 'a VPC\'s id (vpc-...), or "any"', valid: matches(/^(any|vpc-[0-9a-f]{8,17})$/) },
} as const satisfies Readonly<Record<string, KindOfValue>>;

export const kindOf = (kind: Kind): KindOfValue => kinds[kind];
