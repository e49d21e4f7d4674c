/** CloudFormation's answers on the wire: the query protocol's XML. */
import { randomUUID } from "node:crypto";
import type { Answer } from "../../proxy";

const escaped = (text: string) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

/** Lists become `<member>`s; what is undefined is left out. */
export function xml(value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => `<member>${xml(item)}</member>`).join("");
  if (typeof value === "object" && value !== null)
    return Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([name, item]) => `<${name}>${xml(item)}</${name}>`)
      .join("");
  return escaped(String(value));
}

const headers = { "content-type": "text/xml" };
const metadata = () => `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>`;

export const answered = (action: string, result: Readonly<Record<string, unknown>> = {}): Answer => ({
  status: 200,
  headers,
  body: `<${action}Response xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><${action}Result>${xml(result)}</${action}Result>${metadata()}</${action}Response>`,
});

export const refused = (code: string, message: string): Answer => ({
  status: 400,
  headers,
  body: `<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${escaped(message)}</Message></Error>${metadata()}</ErrorResponse>`,
});

/** What a call is refused for; becomes an answer. */
export class CloudFormationError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
