import { createServer, type Server } from "node:net";
import type { AddressInfo } from "node:net";
import { answerIn, type Connections, makeConnections } from "./connections";

const whole = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nx-one: a\r\nX-One: b\r\n\r\nhello";

test("an answer is there once all of it is", () => {
  for (let arrived = 0; arrived < whole.length; arrived += 1) expect(answerIn(Buffer.from(whole.slice(0, arrived)), "GET")).toBeUndefined();
  const answered = answerIn(Buffer.from(whole), "GET");
  expect(answered).toMatchObject({ status: 200, headers: { "x-one": "a, b" } });
  expect(answered?.body.toString()).toBe("hello");
});

test.each([
  ["HEAD", whole.slice(0, -5), 200],
  ["DELETE", "HTTP/1.1 204 No Content\r\n\r\n", 204],
])("of %s there is a head alone", (method, text, status) => {
  expect(answerIn(Buffer.from(text), method)).toMatchObject({ status, body: Buffer.alloc(0) });
});

describe("a server that answers one request at a time", () => {
  const requests: string[] = [];
  let server: Server;
  let connections: Connections;
  let opened = 0;
  beforeAll(async () => {
    server = createServer((socket) => {
      opened += 1;
      socket.on("error", () => undefined);
      socket.on("data", (chunk: Buffer) => {
        const text = chunk.toString();
        requests.push(text);
        if (text.startsWith("GET /end")) return socket.destroy();
        const path = text.split(" ")[1]!;
        setImmediate(() => {
          socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${path.length}\r\n`);
          setImmediate(() => socket.write(`\r\n${path}`));
        });
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    connections = makeConnections(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 2);
  });
  afterAll(() => {
    connections.close();
    server.close();
  });
  const get = async (url: string) => (await connections.ask({ method: "GET", url, headers: {} })).body.toString();

  test("each gets its own answer, over no more connections than there may be", async () => {
    const paths = Array.from({ length: 9 }, (_, index) => `/${"x".repeat(index)}`);
    expect(await Promise.all(paths.map(get))).toEqual(paths);
    expect(opened).toBe(2);
  });

  test("a body is sent whole, with its length", async () => {
    await connections.ask({ method: "PUT", url: "/b", headers: { "x-a": "1" }, body: Buffer.from("body") });
    expect(requests.at(-1)).toMatch(/^PUT \/b HTTP\/1\.1\r\nhost: 127\.0\.0\.1:\d+\r\nx-a: 1\r\ncontent-length: 4\r\n\r\nbody$/);
  });

  test("an end before the answer is an error, and the next one gets a connection of its own", async () => {
    await expect(get("/end")).rejects.toThrow("closed the connection");
    expect(await get("/again")).toBe("/again");
  });

  test("who waits for a connection that ends gets a new one", async () => {
    const ends = ["/end", "/end"].map((url) => get(url).catch((error: Error) => error.message));
    expect(await get("/after")).toBe("/after");
    expect(await Promise.all(ends)).toEqual(Array(2).fill("the emulator closed the connection"));
  });
});
