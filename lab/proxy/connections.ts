/**
 * HTTP to the emulator over kept connections, one request at a time on each. Node's own client is made for every server
 * there is; this one answers a whole request with a body of known length (`lab/moto/handler.py`), at a fraction of the work.
 */
import { connect, type Socket } from "node:net";

export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

export interface Answered {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface Connections {
  /** @throws Error where the connection ends before the answer does */
  ask(sent: Sent): Promise<Answered>;
  close(): void;
}

interface Asking {
  readonly sent: Sent;
  readonly resolve: (answered: Answered) => void;
  readonly reject: (error: Error) => void;
}

const END_OF_HEAD = "\r\n\r\n";

/** The answer once all of it has arrived; undefined until then. */
export function answerIn(arrived: Buffer, method: string): Answered | undefined {
  const end = arrived.indexOf(END_OF_HEAD);
  if (end < 0) return undefined;
  const [first = "", ...lines] = arrived.toString("latin1", 0, end).split("\r\n");
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  const body = arrived.subarray(end + END_OF_HEAD.length);
  const length = method === "HEAD" ? 0 : Number(headers["content-length"] ?? 0);
  return body.length < length ? undefined : { status: Number(first.split(" ")[1]), headers, body: body.subarray(0, length) };
}

/** @param most how many there are at the same time; who comes when all are in use waits */
export function makeConnections(url: string, most = 64): Connections {
  const { hostname, port } = new URL(url);
  const idle: Socket[] = [];
  const all = new Map<Socket, Asking | undefined>();
  const waiting: Asking[] = [];

  function begin(socket: Socket, asking: Asking): void {
    all.set(socket, asking);
    const { method, url: path, headers, body } = asking.sent;
    const length = body === undefined || body.length === 0 ? 0 : body.length;
    const lines = Object.entries({ host: `${hostname}:${port}`, ...headers, "content-length": String(length) }).map(([name, value]) => `${name}: ${value}`);
    const head = Buffer.from(`${[`${method} ${path} HTTP/1.1`, ...lines].join("\r\n")}${END_OF_HEAD}`, "latin1");
    socket.write(length === 0 ? head : Buffer.concat([head, body!]));
  }

  function open(): Socket {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    let arrived: Buffer = Buffer.alloc(0);
    socket.on("data", (chunk: Buffer) => {
      arrived = arrived.length === 0 ? chunk : Buffer.concat([arrived, chunk]);
      const asking = all.get(socket);
      const answered = asking && answerIn(arrived, asking.sent.method);
      if (!answered) return;
      arrived = Buffer.alloc(0);
      const next = waiting.shift();
      if (next) begin(socket, next);
      else {
        all.set(socket, undefined);
        idle.push(socket);
      }
      asking.resolve(answered);
    });
    let why = new Error("the emulator closed the connection");
    socket.on("error", (error) => (why = error));
    socket.on("close", () => {
      const asking = all.get(socket);
      all.delete(socket);
      if (idle.includes(socket)) idle.splice(idle.indexOf(socket), 1);
      const next = waiting.shift();
      if (next) begin(open(), next);
      asking?.reject(why);
    });
    return socket;
  }

  return {
    ask: (sent) =>
      new Promise((resolve, reject) => {
        const asking = { sent, resolve, reject };
        const socket = idle.pop() ?? (all.size < most ? open() : undefined);
        if (socket) begin(socket, asking);
        else waiting.push(asking);
      }),
    close() {
      for (const socket of all.keys()) socket.destroy();
    },
  };
}
