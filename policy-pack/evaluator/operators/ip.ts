/**
 * IP address operators: an IPv4 or IPv6 address against an address or a CIDR range.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress
 */
import { BlockList, isIP } from "node:net";
import { asText } from "../variables";
import { pair } from "./operator";

function within(requested: string, range: string): boolean {
  const [network = "", bits] = range.split("/");
  const family = isIP(network);
  if (family === 0 || isIP(requested) !== family) return false;
  const kind = family === 4 ? "ipv4" : "ipv6";
  const prefix = bits === undefined ? (family === 4 ? 32 : 128) : Number(bits);
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > (family === 4 ? 32 : 128)) return false;
  const list = new BlockList();
  list.addSubnet(network, prefix, kind);
  return list.check(requested, kind);
}

export const ipOperators = pair("IpAddress", "NotIpAddress", (requested, wanted) => within(requested, asText(wanted)));
