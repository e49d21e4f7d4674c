/** Flow logs and DNS query logs as AWS writes them. */
import { flowLogFields } from "../../functions/sources/vpc/decide";
import type { Ground } from "./ground";

const usual: Readonly<Record<string, string>> = {
  version: "5", "interface-id": "eni-1235b8ca123456789", srcaddr: "172.31.16.139", dstaddr: "172.31.16.21",
  srcport: "20641", dstport: "22", protocol: "6", packets: "20", bytes: "4249", action: "ACCEPT",
  "log-status": "OK", "vpc-id": "vpc-abcdefab012345678", "subnet-id": "subnet-aaaaaaaa012345678", "instance-id": "i-01234567890123456",
  "tcp-flags": "3", type: "IPv4", "pkt-srcaddr": "172.31.16.139", "pkt-dstaddr": "172.31.16.21", "az-id": "euc1-az2",
  "sublocation-type": "-", "sublocation-id": "-", "pkt-src-aws-service": "-", "pkt-dst-aws-service": "-", "flow-direction": "ingress", "traffic-path": "-",
};

/** One line, of the minute that begins so many minutes after the day does; `skipped` is what AWS writes where it recorded nothing. */
export function flow({ account, region, day }: Ground, given: Readonly<Record<string, string>>, minute = 0, skipped = false): string {
  const kept = ["version", "account-id", "interface-id", "start", "end", "log-status"];
  const start = Date.parse(day) / 1_000 + 60 * minute;
  const where = { "account-id": account, region, start: String(start), end: String(start + 60) };
  const values: Readonly<Record<string, string>> = { ...usual, ...where, ...(skipped && { "log-status": "NODATA" }), ...given };
  return flowLogFields().map((name) => (skipped && !kept.includes(name) ? "-" : values[name])).join(" ");
}

/** Every file begins with the fields' names. */
export const flowLogFile = (...lines: readonly string[]): string => [flowLogFields().join(" "), ...lines, ""].join("\n");

export const lookup = ({ account, region, day }: Ground, given: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({
    version: "1.100000", account_id: account, region, vpc_id: "vpc-7example", query_timestamp: `${day}T00:10:00Z`,
    query_name: "example.com.", query_type: "A", query_class: "IN", rcode: "NOERROR", answers: [{ Rdata: "203.0.113.9", Type: "A", Class: "IN" }],
    srcaddr: "10.5.0.121", srcport: "54321", transport: "UDP", srcids: { instance: "i-0d15cd0d3example" }, ...given,
  });
