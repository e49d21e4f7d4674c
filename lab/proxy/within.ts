/** The proxy for SDK clients of its own process: the same signed requests and the same answers, without a connection between. */
import { Readable } from "node:stream";
import type { Answer } from "./types";
import type { HttpRequest } from "./wire/rest";

/** A request as the SDK hands it over, signed. */
interface Sent {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What the SDK's clients take as `requestHandler`. */
export interface RequestHandler {
  handle(sent: Sent): Promise<{ readonly response: { readonly statusCode: number; readonly headers: Readonly<Record<string, string>>; readonly body: Readable } }>;
}

const encode = (text: string) => encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

const queryOf = ({ query = {} }: Sent): string =>
  Object.entries(query)
    .flatMap(([key, value]) => (value === null ? [encode(key)] : [value].flat().map((one) => `${encode(key)}=${encode(one)}`)))
    .join("&");

function bytesOf({ method, path, body }: Sent): Buffer {
  if (body === undefined) return Buffer.alloc(0);
  if (typeof body === "string") return Buffer.from(body);
  if (body instanceof Uint8Array) return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  throw new Error(`${method} ${path} has a body that is neither text nor bytes`);
}

const lowered = (headers: Readonly<Record<string, string>>) => Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** @param serve answers a request and the URL that it came by */
export function handlerWithin(serve: (request: HttpRequest, url: string) => Promise<Answer | "reset">): RequestHandler {
  return {
    async handle(sent) {
      const query = queryOf(sent);
      const request = { method: sent.method, path: sent.path, query: new URLSearchParams(query), headers: lowered(sent.headers), body: bytesOf(sent) };
      const answer = await serve(request, query === "" ? sent.path : `${sent.path}?${query}`);
      if (answer === "reset") throw Object.assign(new Error("the connection was reset"), { code: "ECONNRESET" });
      const bytes = typeof answer.body === "string" ? Buffer.from(answer.body) : answer.body;
      if (sent.method === "HEAD") return { response: { statusCode: answer.status, headers: lowered(answer.headers ?? {}), body: streamOf() } };
      const headers = { ...lowered(answer.headers ?? {}), "content-length": String(bytes.length) };
      return { response: { statusCode: answer.status, headers, body: streamOf(bytes) } };
    },
  };
}

const streamOf = (...chunks: readonly Buffer[]) =>
  new Readable({
    read() {
      for (const chunk of chunks) this.push(chunk);
      this.push(null);
    },
  });
