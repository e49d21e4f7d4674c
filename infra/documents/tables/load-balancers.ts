/** What load balancers log: as JSON by vended delivery, as text by the classic switch. */
import type { Shape } from "./table";
import { field, textFormat } from "./table";

const guide = "https://docs.aws.amazon.com/elasticloadbalancing/latest";
const rest = "${region}/${day}/*";
/** The switch's writers are admitted under the whole account's prefix. */
const restOfSwitch = `elasticloadbalancing/${rest}`;
const json = { format: { kind: "json" } } as const;

/** The client's address, of `address:port`; an IPv6 address has colons of its own. */
const addressOf = (column: string) => `regexp_replace(${column}, ':[0-9]+$', '')`;
const request = (column: string) => ({ method: `split_part(${column}, ' ', 1)`, url: `split_part(${column}, ' ', 2)` });

const albFields = [
  "type", "time", "elb", "client_port", "target_port", "request_processing_time", "target_processing_time", "response_processing_time",
  "elb_status_code", "target_status_code", "received_bytes", "sent_bytes", '"request"', '"user_agent"', "ssl_cipher", "ssl_protocol",
  "target_group_arn", '"trace_id"', '"domain_name"', '"chosen_cert_arn"', "matched_rule_priority", "request_creation_time",
  '"actions_executed"', '"redirect_url"', '"error_reason"', '"target_port_list"', '"target_status_code_list"', '"classification"',
  '"classification_reason"',
];
const names = (fields: readonly string[]) => fields.map((name) => name.replaceAll('"', ""));

const albReads = (client: string, line: string) => ({
  time: "time",
  resource: "elb",
  address: addressOf(client),
  ...request(line),
  status: "try_cast(elb_status_code AS bigint)",
  agent: "user_agent",
});

/** Which keys a vended record has is read from AWS's own names of record fields; whether `client:port` keeps its colon is not said. */
const unknownKeys = "the JSON keys: AWS names the record fields, and shows no record; both client:port and client_port are read";

export const albAccess: Shape = {
  title: "Application Load Balancer access logs, delivered",
  rest,
  columns: [
    ...names(albFields).filter((name) => name !== "request").map((name) => field(name)),
    field("request_line"),
    field("client:port", "string", "client_and_port"),
    field("conn_trace_id"),
  ],
  ...json,
  reads: albReads("coalesce(client_and_port, client_port)", "request_line"),
  mark: "request_line IS NOT NULL",
  reference: `${guide}/application/load-balancer-access-logs.html#access-log-entry-format`,
  notConfirmed: unknownKeys,
};

export const albAccessText: Shape = {
  title: "Application Load Balancer access logs, by the switch",
  rest: restOfSwitch,
  ...textFormat(albFields, "https?|h2|grpcs|wss?"),
  reads: albReads("client_port", "request"),
  mark: "time IS NOT NULL",
  reference: `${guide}/application/load-balancer-access-logs.html#access-log-entry-format`,
};

const connectionFields = [
  "time", "client_ip", "client_port", "listener_port", "tls_protocol", "tls_cipher", "tls_handshake_latency", '"leaf_client_cert_subject"',
  "leaf_client_cert_validity", "leaf_client_cert_serial_number", "tls_verify_status", "conn_trace_id",
];
const connectionReads = {
  time: "time",
  address: "client_ip",
  listener_port: "try_cast(listener_port AS bigint)",
  protocol: "tls_protocol",
  cipher: "tls_cipher",
  subject: "leaf_client_cert_subject",
  verified: "tls_verify_status",
};

export const albConnection: Shape = {
  title: "Application Load Balancer connection logs, delivered",
  rest,
  columns: [...names(connectionFields).map((name) => field(name)), field("elb")],
  ...json,
  reads: connectionReads,
  mark: "listener_port IS NOT NULL",
  reference: `${guide}/application/load-balancer-connection-logs.html#connection-log-entry-syntax`,
  notConfirmed: "the JSON keys: AWS names the record fields, and shows no record",
};

export const albConnectionText: Shape = {
  title: "Application Load Balancer connection logs, by the switch",
  rest: restOfSwitch,
  // The subject is quoted where there is one, and `-` where there is none.
  ...textFormat(connectionFields, "[0-9]{4}-[^ ]*"),
  format: {
    kind: "regex",
    pattern: `^([0-9]{4}-[^ ]*) ([^ ]*) ([0-9]+) ([0-9]+) ([^ ]*) ([^ ]*) ([-.0-9]+) ("[^"]*"|-) ([^ ]*) ([^ ]*) ([^ ]*) ([^ ]*)( .*)?$`,
  },
  reads: { ...connectionReads, subject: `replace(leaf_client_cert_subject, '"', '')` },
  mark: "time IS NOT NULL",
  reference: `${guide}/application/load-balancer-connection-logs.html#connection-log-entry-syntax`,
};

const nlbFields = [
  "type", "version", "time", "elb", "listener", "client_port", "destination_port", "connection_time", "tls_handshake_time", "received_bytes",
  "sent_bytes", "incoming_tls_alert", "chosen_cert_arn", "chosen_cert_serial", "tls_cipher", "tls_protocol_version", "tls_keyexchange",
  "domain_name", "alpn_fe_protocol", "alpn_be_protocol", "alpn_client_preference_list", "tls_connection_creation_time",
];
const nlbReads = (client: string) => ({
  // Written without a zone, in UTC.
  time: "CASE WHEN time LIKE '%Z' THEN time ELSE time || 'Z' END",
  resource: "elb",
  address: addressOf(client),
  domain: "domain_name",
  protocol: "tls_protocol_version",
  received_bytes: "try_cast(received_bytes AS bigint)",
  sent_bytes: "try_cast(sent_bytes AS bigint)",
});

export const nlbAccess: Shape = {
  title: "Network Load Balancer access logs, delivered",
  rest: restOfSwitch,
  columns: [...nlbFields.map((name) => field(name)), field("client:port", "string", "client_and_port")],
  ...json,
  reads: nlbReads("coalesce(client_and_port, client_port)"),
  mark: "listener IS NOT NULL",
  reference: `${guide}/network/load-balancer-access-logs.html#access-log-entry-syntax`,
  notConfirmed: `the keys, taken to begin as an Application Load Balancer's do; ${unknownKeys}`,
};

export const nlbAccessText: Shape = {
  title: "Network Load Balancer access logs, by the switch",
  rest: restOfSwitch,
  ...textFormat(nlbFields, "tls"),
  reads: nlbReads("client_port"),
  mark: "time IS NOT NULL",
  reference: `${guide}/network/load-balancer-access-logs.html#access-log-entry-syntax`,
};

export const clbAccess: Shape = {
  title: "Classic Load Balancer access logs",
  rest: restOfSwitch,
  ...textFormat(
    [
      "time", "elb", "client_port", "backend_port", "request_processing_time", "backend_processing_time", "response_processing_time",
      "elb_status_code", "backend_status_code", "received_bytes", "sent_bytes", '"request"', '"user_agent"', "ssl_cipher", "ssl_protocol",
    ],
    "[0-9]{4}-[^ ]*",
  ),
  reads: {
    time: "time",
    resource: "elb",
    address: addressOf("client_port"),
    ...request("request"),
    status: "try_cast(elb_status_code AS bigint)",
    agent: "user_agent",
  },
  mark: "time IS NOT NULL",
  reference: `${guide}/classic/access-log-collection.html#access-log-entry-format`,
};
