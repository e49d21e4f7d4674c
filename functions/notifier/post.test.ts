import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { post, retryAfter, webhookUrl } from "./post";

let server: Server | undefined;
afterEach(() => new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve())));

async function listen(listener: RequestListener): Promise<string> {
  server = createServer(listener);
  await new Promise<void>((resolve) => server!.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?key=s3cret`;
}

test.each([
  [200, "ok", {}, { result: "sent" }],
  [202, "", {}, { result: "sent" }],
  [429, "", { "retry-after": "3" }, { result: "later", why: "HTTP 429", wait: 3_000 }],
  [429, "", {}, { result: "later", why: "HTTP 429" }],
  [500, "", {}, { result: "broken", why: "HTTP 500" }],
  [400, "invalid_payload", {}, { result: "refused", why: "HTTP 400 invalid_payload" }],
  [400, '{"error": {"code": 400, "status": "INVALID_ARGUMENT"}}', {}, { result: "refused", why: "HTTP 400 INVALID_ARGUMENT" }],
  [404, "no hook at /hook?key=s3cret", {}, { result: "refused", why: "HTTP 404" }],
  [302, "", { location: "https://evil.example/" }, { result: "refused", why: "HTTP 302" }],
])("HTTP %s %s", async (status, body, headers, expected) => {
  const url = await listen((_, response) => response.writeHead(status, headers as Record<string, string>).end(body));
  expect(await post(url, {}, () => 0)).toEqual(expected);
});

test("posts the card as JSON", async () => {
  const seen: string[] = [];
  const url = await listen((request, response) => {
    seen.push(request.method ?? "", request.headers["content-type"] ?? "");
    request.on("data", (chunk: Buffer) => seen.push(chunk.toString()));
    request.on("end", () => response.end("ok"));
  });
  await post(url, { text: "ü" }, () => 0);
  expect(seen).toEqual(["POST", "application/json; charset=UTF-8", '{"text":"ü"}']);
});

test("a connection that fails says the system's code and nothing of the URL", async () => {
  const url = await listen((request) => request.socket.destroy());
  const answer = await post(url, {}, () => 0);
  expect(answer.result).toBe("broken");
  expect(JSON.stringify(answer)).not.toMatch(/s3cret|127\.0\.0\.1/);
});

test.each([
  ["https://hooks.slack.com/services/T/B/x", true],
  [" https://chat.googleapis.com/v1/spaces/A/messages?key=k&token=t\n", true],
  ["http://127.0.0.1:8080/hook", true],
  ["http://localhost:8080/hook", true],
  ["http://hooks.slack.com/services/T/B/x", false],
  ["http://127.0.0.1.evil.example/hook", false],
  ["file:///etc/passwd", false],
  ["s3cret", false],
  ["", false],
])("a secret with %j may be called: %s", (secret, allowed) => {
  if (allowed) expect(webhookUrl(secret)).toBe(secret.trim());
  else {
    expect(() => webhookUrl(secret)).toThrow("the secret does not hold an https URL");
    if (secret !== "") expect(() => webhookUrl(secret)).not.toThrow(secret);
  }
});

test.each([
  ["7", 7_000],
  ["0", 0],
  ["Thu, 01 Jan 1970 00:00:05 GMT", 4_000],
  ["soon", undefined],
  ["", undefined],
  [null, undefined],
])("Retry-After %j is %s ms", (header, wait) => expect(retryAfter(header, 1_000)).toBe(wait));
