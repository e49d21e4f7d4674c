/** Errors as each protocol of AWS writes them, and the codes that AWS uses for a refusal. */
import { randomUUID } from "node:crypto";
import type { LayerName, Verdict } from "../../policy-pack/evaluator/types";
import type { Protocol } from "./models";
import { escape } from "./wire/xml";
import type { Answer, Authorisation } from "./types";
import type { Principal } from "../../policy-pack/evaluator/types";

/** An error of the service that answers. */
export interface ServiceError {
  readonly code: string;
  readonly message: string;
  readonly status: number;
}

/** The code of a refusal: EC2 has its own, the XML protocols say AccessDenied, the JSON ones AccessDeniedException. */
export function deniedCode(protocol: Protocol): string {
  if (protocol === "ec2") return "UnauthorizedOperation";
  return protocol === "query" || protocol === "rest-xml" ? "AccessDenied" : "AccessDeniedException";
}

const kinds: Readonly<Record<LayerName, string>> = {
  scp: "service control policy",
  rcp: "resource control policy",
  identity: "identity-based policy",
  boundary: "permissions boundary",
  session: "session policy",
  resource: "resource-based policy",
  trust: "resource-based policy",
};

const callerOf = (principal: Principal) => (principal.kind === "role" ? principal.sessionArn : principal.arn || "anonymous");

/**
 * The message of a refusal.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function deniedMessage(principal: Principal, { action, resource, deniedBy = "identity", layers }: Authorisation): string {
  const verdict: Verdict = layers[deniedBy].verdict;
  const reason = verdict === "explicit-deny" ? `with an explicit deny in a${deniedBy === "identity" ? "n" : ""} ${kinds[deniedBy]}` : `because no ${kinds[deniedBy]} allows the ${action} action`;
  return `User: ${callerOf(principal)} is not authorized to perform: ${action}${resource === "*" ? "" : ` on resource: ${resource}`} ${reason}`;
}

/** An error in the protocol of the service; EC2 puts its own sentence before a refusal. */
export function errorAnswer(protocol: Protocol, service: string, { code, message, status }: ServiceError): Answer {
  const id = randomUUID();
  const head = { "x-amzn-requestid": id };
  if (protocol === "json") {
    return { status: status === 403 ? 400 : status, headers: { ...head, "content-type": "application/x-amz-json-1.1", "x-amzn-errortype": code }, body: JSON.stringify({ __type: code, message, Message: message }) };
  }
  if (protocol === "rest-json") {
    return { status, headers: { ...head, "content-type": "application/json", "x-amzn-errortype": code }, body: JSON.stringify({ message, Message: message }) };
  }
  const xml = (body: string): Answer => ({ status, headers: { ...head, "content-type": "text/xml" }, body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}` });
  const error = `<Code>${code}</Code><Message>${escape(message)}</Message>`;
  if (protocol === "ec2") return xml(`<Response><Errors><Error>${error}</Error></Errors><RequestID>${id}</RequestID></Response>`);
  if (service === "s3") return xml(`<Error>${error}<RequestId>${id}</RequestId></Error>`);
  return xml(`<ErrorResponse><Error><Type>Sender</Type>${error}</Error><RequestId>${id}</RequestId></ErrorResponse>`);
}

/** A throttled call, as the service's protocol says it. */
export function throttled(protocol: Protocol): ServiceError {
  if (protocol === "ec2") return { code: "RequestLimitExceeded", message: "Request limit exceeded.", status: 503 };
  if (protocol === "rest-xml") return { code: "SlowDown", message: "Please reduce your request rate.", status: 503 };
  return { code: protocol === "query" ? "Throttling" : "ThrottlingException", message: "Rate exceeded", status: 400 };
}

/** The code of an error that a service answered, from its body or header. */
export function codeOf(protocol: Protocol, answer: Answer): string {
  const header = answer.headers?.["x-amzn-errortype"];
  if (header !== undefined) return header.split(":")[0] ?? header;
  const body = answer.body.toString();
  if (protocol !== "json" && protocol !== "rest-json") return /<Code>([^<]+)<\/Code>/.exec(body)?.[1] ?? `HTTP ${answer.status}`;
  return (/"(?:__type|code)"\s*:\s*"(?:[^"#]*#)?([^"]+)"/.exec(body)?.[1] ?? `HTTP ${answer.status}`);
}
