/** What VPCs log: flows and DNS queries. */
import { flowLogFields } from "../../../functions/sources/vpc/decide";
import type { Shape } from "./table";
import { field } from "./table";

const numbers: Readonly<Record<string, string>> = {
  version: "int", srcport: "int", dstport: "int", protocol: "int", "tcp-flags": "int", "traffic-path": "int",
  packets: "bigint", bytes: "bigint", start: "bigint", end: "bigint",
};

/** Words of SQL's own, and the partition column. */
const renamed: Readonly<Record<string, string>> = { start: "start_time", end: "end_time", region: "logged_region" };

export const flowLog: Shape = {
  title: "VPC flow logs, in the format that the enforcer asks for",
  rest: "${region}/${day}/*",
  columns: flowLogFields().map((name) => ({ name: renamed[name] ?? name.replaceAll("-", "_"), type: numbers[name] ?? "string" })),
  format: { kind: "spaced" },
  reads: {
    time: "to_iso8601(from_unixtime(start_time))",
    vpc: "vpc_id",
    interface: "interface_id",
    instance: "instance_id",
    source: "srcaddr",
    source_port: "srcport",
    destination: "dstaddr",
    destination_port: "dstport",
    // Behind a NAT gateway or a load balancer the packet's own addresses differ from the interface's.
    packet_source: "pkt_srcaddr",
    packet_destination: "pkt_dstaddr",
    protocol: "protocol",
    packets: "packets",
    bytes: "bytes",
    action: "action",
    direction: "flow_direction",
  },
  mark: "log_status = 'OK'",
  reference: "https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html",
};

export const resolverQueryLog: Shape = {
  title: "Route 53 Resolver query logs",
  rest: "*/${day}/*",
  columns: [
    ...["version", "account_id"].map((name) => field(name)),
    field("region", "string", "logged_region"),
    ...["vpc_id", "query_timestamp", "query_name", "query_type", "query_class", "rcode"].map((name) => field(name)),
    field("answers", "array<struct<Rdata:string,Type:string,Class:string>>"),
    ...["srcaddr", "srcport", "transport"].map((name) => field(name)),
    field("srcids", "struct<instance:string,resolver_endpoint:string>"),
    ...["firewall_rule_action", "firewall_rule_group_id", "firewall_domain_list_id"].map((name) => field(name)),
  ],
  format: { kind: "json" },
  reads: {
    time: "query_timestamp",
    vpc: "vpc_id",
    // Logged with the root's dot.
    name: "CASE WHEN query_name LIKE '%.' THEN substr(query_name, 1, length(query_name) - 1) ELSE query_name END",
    type: "query_type",
    answer_code: "rcode",
    source: "srcaddr",
    instance: "srcids.instance",
    firewall_action: "firewall_rule_action",
  },
  // The VPC's id stands before the day in the key, and Athena can project only what it knows: a VPC's id it does not.
  dayOf: "replace(substr(query_timestamp, 1, 10), '-', '/')",
  reference: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-query-logs-format.html",
  notConfirmed: "the keys: seen as AWSLogs/<account>/vpcdnsquerylogs/<vpc>/<yyyy>/<MM>/<dd>/ in public samples, not on AWS's pages",
};
