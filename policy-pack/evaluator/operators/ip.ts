/**
 * IP address operators: an IPv4 or IPv6 address against an address or a CIDR range.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress
 */
import { BlockList, isIP } from "node:net";
import { asText } from "../variables";
import { pair } from "./operator";

function within(requested: string, range: string): boolean {
  const [, network = "", bits] = /^([^/%]+)(?:\/(\d{1,3}))?$/.exec(range) ?? [];
  const family = isIP(network);
  if (family === 0 || isIP(requested) !== family) return false;
  const [kind, longest] = family === 4 ? (["ipv4", 32] as const) : (["ipv6", 128] as const);
  const prefix = bits === undefined ? longest : Number(bits);
  if (prefix > longest) return false;
  const list = new BlockList();
  list.addSubnet(network, prefix, kind);
  return list.check(requested, kind);
}

export const ipOperators = pair("IpAddress", "NotIpAddress", (requested, wanted) => within(requested, asText(wanted)));
