import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { labConnection } from "./lab";

const person = (name: string) => ({ accessKeyId: name, secretAccessKey: "secret" });
const file = join(mkdtempSync(join(tmpdir(), "lab-")), "running.json");
const tell = (endpoint: string) =>
  writeFileSync(file, JSON.stringify({ endpoint, people: { reader: person("READER"), analyst: { ...person("ANALYST"), sessionToken: "token" } } }));

const before = { ...process.env };
beforeEach(() => {
  jest.spyOn(process, "exit").mockImplementation((code) => {
    throw new Error(`exit ${code}`);
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  process.env = { ...before };
});

test("without a lab, or with the file of one that is gone, it is one line and exit 2", async () => {
  const said: string[] = [];
  jest.spyOn(process.stderr, "write").mockImplementation((line) => said.push(String(line)) > 0);
  await expect(labConnection("reader", `${file}.none`)).rejects.toThrow("exit 2");
  tell("http://127.0.0.1:1");
  await expect(labConnection("reader", file)).rejects.toThrow("exit 2");
  expect(said).toEqual(Array(2).fill("no lab is running: start one with `npm run lab -- --keep`\n"));
});

test("clients that are built afterwards speak to the lab as whom it names, with nothing of the caller's own", async () => {
  const server = createServer((_, answer) => answer.writeHead(403).end());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  tell(endpoint);
  Object.assign(process.env, { AWS_PROFILE: "own", AWS_SESSION_TOKEN: "own", AWS_ENDPOINT_URL_S3: "http://elsewhere" });
  await labConnection("reader", file);
  expect(process.env).toMatchObject({ AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: "READER" });
  expect(Object.keys(process.env).filter((name) => /^AWS_(PROFILE|SESSION_TOKEN|ENDPOINT_URL_S3)$/.test(name))).toEqual([]);
  await labConnection("analyst", file);
  expect(process.env).toMatchObject({ AWS_ACCESS_KEY_ID: "ANALYST", AWS_SESSION_TOKEN: "token" });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
