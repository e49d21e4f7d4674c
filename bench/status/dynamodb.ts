/**
 * A table that answers Query over HTTP as DynamoDB does, as far as reading goes: rows in the order of their sort keys, pages
 * that end with the row that goes over 1 MB, `LastEvaluatedKey`, JSON on the wire, some milliseconds for each answer. What is
 * recorded is written by the functions' own code into the unit tests' table, account by account, and kept here as it would be
 * sent.
 *
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.Pagination.html
 */
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { FakeDynamodb } from "../../functions/notifier/fake-dynamodb";

/** Bytes of a page. */
const PAGE = 1 << 20;

/** Milliseconds that an answer takes: what a Query takes within a Region. */
const LATENCY = 10;

interface Row {
  readonly sk: string;
  readonly json: string;
  /** As DynamoDB counts: names and values. */
  readonly size: number;
}

type Item = Readonly<Record<string, AttributeValue>>;

function rowOf(item: Item): Row {
  const sizeOf = (value: AttributeValue) => (value.B ? value.B.length : Buffer.byteLength(value.S ?? value.N ?? ""));
  const wire = Object.fromEntries(Object.entries(item).map(([name, value]) => [name, value.B ? { B: Buffer.from(value.B).toString("base64") } : value]));
  const size = Object.entries(item).reduce((sum, [name, value]) => sum + name.length + sizeOf(value), 0);
  return { sk: item["sk"]!.S!, json: JSON.stringify(wire), size };
}

export function pagingTable() {
  const partitions = new Map<string, Row[]>();
  const read = { queries: 0, bytes: 0 };

  function answer({ ExpressionAttributeValues, ExclusiveStartKey }: { ExpressionAttributeValues: Item; ExclusiveStartKey?: Item }): string {
    const pk = ExpressionAttributeValues[":pk"]!.S!;
    const rows = partitions.get(pk) ?? [];
    const after = ExclusiveStartKey?.["sk"]?.S;
    const start = after === undefined ? 0 : rows.findIndex(({ sk }) => sk === after) + 1;
    let size = 0;
    let end = start;
    while (end < rows.length && size <= PAGE) size += rows[end++]!.size;
    read.queries += 1;
    read.bytes += size;
    const last = end < rows.length ? `,"LastEvaluatedKey":${JSON.stringify({ pk: { S: pk }, sk: { S: rows[end - 1]!.sk } })}` : "";
    return `{"Count":${end - start},"Items":[${rows.slice(start, end).map(({ json }) => json).join(",")}]${last}}`;
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const known = request.headers["x-amz-target"] === "DynamoDB_20120810.Query";
      const body = known ? answer(JSON.parse(Buffer.concat(chunks).toString()) as Parameters<typeof answer>[0]) : '{"__type":"UnknownOperationException"}';
      setTimeout(() => response.writeHead(known ? 200 : 400, { "content-type": "application/x-amz-json-1.0" }).end(body), LATENCY);
    });
  });

  return {
    /** Takes what was written over. */
    keep({ items }: FakeDynamodb): void {
      for (const item of items.values()) {
        const pk = item["pk"]!.S!;
        const rows = partitions.get(pk) ?? [];
        partitions.set(pk, rows);
        rows.push(rowOf(item));
      }
      items.clear();
    },
    async listen(): Promise<string> {
      for (const rows of partitions.values()) rows.sort((one, other) => (one.sk < other.sk ? -1 : 1));
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    /** What has been read since the last time. */
    take: () => {
      const taken = { ...read };
      Object.assign(read, { queries: 0, bytes: 0 });
      return taken;
    },
    stop: () => server.close(),
  };
}
