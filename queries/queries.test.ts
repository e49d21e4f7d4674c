import { readdirSync } from "node:fs";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { askLocally, fromFolder } from "../commands/query/local";
import { readParameters } from "../commands/query/parameters";
import { asObjects } from "../commands/query/rows";
import { ordinary, switched } from "../infra/documents/configurations-for-tests";
import { tablesFor } from "../infra/documents/tables";
import { queries } from ".";
import { DAY, groundOf, writeArchive } from "./samples/on-disk";
import { plantedParams, plantedRows } from "./samples/planted";

const folders = { delivered: mkdtempSync(join(tmpdir(), "queries-")), switched: mkdtempSync(join(tmpdir(), "queries-")) };
const configurations = { delivered: ordinary, switched };
type Way = keyof typeof folders;

beforeAll(() => {
  for (const way of Object.keys(folders) as Way[]) writeArchive(folders[way], groundOf(configurations[way]));
});
afterAll(() => Object.values(folders).forEach((folder) => rmSync(folder, { recursive: true })));

/** As the command does it, with every account. */
async function answered(name: string, params: readonly string[] = [], way: Way = "delivered") {
  const query = queries.find((one) => one.name === name)!;
  return asObjects(await askLocally(configurations[way], query, readParameters(query, [`from=${DAY}`, `to=${DAY}`, ...params]), fromFolder(folders[way])));
}

const planted = plantedRows(groundOf(ordinary));

test("every file of the folder is a query on the list, and every query has rows planted for it", () => {
  const files = readdirSync(__dirname).map((file) => file.replace(/\.ts$/, ""));
  expect(files.filter((file) => !/^(index|kinds|query|samples|.*\.test)$/.test(file))).toEqual(queries.map(({ name }) => name));
  expect(Object.keys(planted).sort()).toEqual(queries.map(({ name }) => name));
});

test.each(Object.entries(planted))("%s returns exactly the planted rows", async (name, rows) => {
  expect(await answered(name, plantedParams[name])).toEqual(rows);
});

test.each(["requests-by-address", "tls-refused"])("%s returns the same of logs by the switch", async (name) => {
  expect(await answered(name, plantedParams[name], "switched")).toEqual(planted[name]);
});

test("an address of IPv6 is told from its port", async () => {
  expect(await answered("requests-by-address", ["address=2001:db8::9"])).toMatchObject([{ kind: "alb", url: "https://www.example.com:443/six" }]);
});

test("every table is read by a query", () => {
  expect([...new Set(queries.flatMap(({ tables }) => tables))].sort()).toEqual(tablesFor(ordinary).map(({ name }) => name).sort());
});
