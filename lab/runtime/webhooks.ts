/** Local HTTP receivers in the place of Google Chat, Slack and Teams. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

export interface WebhookReceiver {
  readonly name: string;
  /** What a secret holds as the webhook's URL. */
  readonly url: string;
  readonly port: number;
  /** What was accepted, in its order. */
  readonly received: readonly unknown[];
  /** How many requests were refused on purpose. */
  readonly refused: number;
  stop(): Promise<void>;
}

/** @param failing how many requests are answered 503 before the first is accepted */
export async function startWebhook(name: string, failing = 0): Promise<WebhookReceiver> {
  const received: unknown[] = [];
  let refused = 0;
  const server = createServer((request, response) => {
    json(request).then(
      (body) => {
        const fails = refused < failing;
        if (fails) refused += 1;
        else received.push(body);
        response.writeHead(fails ? 503 : 200, { "content-type": "application/json" }).end(fails ? '{"error":"unavailable"}' : "{}");
      },
      (error: unknown) => response.writeHead(400).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    name,
    port,
    url: `http://127.0.0.1:${port}/${name}`,
    received,
    get refused() {
      return refused;
    },
    stop() {
      server.closeAllConnections();
      return new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())));
    },
  };
}
