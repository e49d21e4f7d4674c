import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { kept, ordinary, switched } from "../../infra/documents/configurations-for-tests";
import { archiveLogs } from "../../infra/documents/archive-logs";
import { auditLogs } from "../../infra/documents/audit-logs";
import { tablesFor, withoutTable } from "../../infra/documents/tables";
import { glueTable } from "../../infra/documents/tables/glue";
import { location } from "../../infra/documents/tables/table";
import { queries } from "../../queries";
import { kinds, kindOf, type Kind } from "../../queries/kinds";
import { ACCOUNT, DAY, groundOf, writeArchive } from "../../queries/samples/on-disk";
import { accountsIn, daysBetween, fetchBelow, fetchLogs } from "./archive";
import { QueryFailed, runByAthena } from "./athena";
import { queriesPage } from "./document";
import { duckType } from "./duckdb";
import { classifier, filesIn, isWanted } from "./files";
import { readParameters } from "./parameters";
import { asTable } from "./rows";
import { literal, placed } from "./statement";

const root = join(__dirname, "..", "..");
const folder = mkdtempSync(join(tmpdir(), "query-test-"));
beforeAll(() => writeArchive(folder, groundOf(ordinary)));
afterAll(() => rmSync(folder, { recursive: true }));

const query = (name: string) => queries.find((one) => one.name === name)!;
const tables = tablesFor(ordinary);
const logs = (...names: readonly string[]) => tables.filter(({ name }) => names.includes(name));

describe("tables", () => {
  test.each([ordinary, switched, kept])("every kind of log that is stored has a table, or a reason for none", (config) => {
    const stored = [...archiveLogs(config), ...auditLogs].map(({ name }) => name);
    expect([...tablesFor(config).map(({ log }) => log), ...Object.keys(withoutTable)].sort()).toEqual([...stored].sort());
  });

  test("a table's keys are among those that the archive admits of its kind", () => {
    for (const config of [ordinary, switched])
      for (const { log, keys } of tablesFor(config)) {
        const admitted = [...archiveLogs(config), ...auditLogs].find(({ name }) => name === log)!.keys.slice(0, -1).replaceAll("{account}", "${account}");
        expect(keys.startsWith(admitted)).toBe(true);
      }
  });

  test("projection knows every variable of the location, and no column has a partition's name", () => {
    for (const table of [...tables, ...tablesFor(switched)]) {
      const { parameters, partitionKeys, storageDescriptor } = glueTable(table, "us-east-1");
      const template = parameters["storage.location.template"]!;
      expect([...template.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name).sort()).toEqual(expect.arrayContaining(partitionKeys.map(({ name }) => name).sort()));
      for (const { name } of partitionKeys) expect(parameters[`projection.${name}.type`]).toBeDefined();
      expect(storageDescriptor.columns.map(({ name }) => name)).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(account|region|day)$/)]));
      expect(location(table).endsWith("/")).toBe(true);
      expect(new Set(storageDescriptor.columns.map(({ name }) => name)).size).toBe(storageDescriptor.columns.length);
    }
  });

  test("a type that DuckDB is not told of is refused", () => {
    expect(duckType("array<struct<A:string,b:struct<c:int>>>")).toBe('STRUCT("A" VARCHAR, "b" STRUCT("c" INTEGER))[]');
    expect(() => duckType("map<string,string>")).toThrow("no type of DuckDB");
  });
});

describe("parameters", () => {
  test.each([
    ["top-talkers", [], "query top-talkers needs the parameter interface: --param interface=VALUE with a network interface's id (eni-...)"],
    ["top-talkers", ["interface=eni-1' OR 1=1"], /^parameter interface is given .* a network interface's id \(eni-\.\.\.\) is allowed$/],
    ["top-talkers", ["nope=1"], 'query top-talkers has no parameter "nope": interface, limit, accounts, from, to are allowed'],
    ["findings", ["limit=0"], 'parameter limit is given "0": a whole number from 1 to 10000 is allowed'],
    ["findings", ["limit"], "parameter limit has no value: limit=VALUE with a whole number from 1 to 10000 is allowed"],
    ["findings", ["limit=1", "limit=2"], "parameter limit is given twice: once is allowed"],
    ["findings", ["from=2026-02-30"], 'parameter from is given "2026-02-30": a day as YYYY-MM-DD is allowed'],
    ["findings", ["from=2026-02-03", "to=2026-02-01"], "parameter from is given a day after to: 2026/02/03 is later than 2026/02/01"],
    ["findings", ["accounts=1"], 'parameter accounts is given "1": account ids (12 digits) with commas between, or "all" is allowed'],
  ])("%s %j is refused in one line", (name, params, line) => {
    expect(() => readParameters(query(name), params)).toThrow(line);
  });

  test("without any it is the last seven days of all accounts", () => {
    expect(readParameters(query("findings"), [], new Date("2026-03-02T01:00:00Z"))).toEqual({ accounts: [], from: "2026/02/24", to: "2026/03/02", limit: 50, severity: 4 });
  });

  test("no kind of value lets a quote, a backslash or a statement's end through", () => {
    for (const kind of Object.keys(kinds) as Kind[])
      fc.assert(fc.property(fc.string(), fc.constantFrom("'", "\\", ";", "\n", '"', "{"), fc.string(), (before, bad, after) => !kindOf(kind).valid(before + bad + after)));
  });

  test("a text in SQL's quotes is read back as it was", async () => {
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme" }).filter((text) => !text.includes("\0")), async (text) => {
        const result = await connection.runAndReadAll(`SELECT ${literal(text)} AS it`);
        expect(result.getRows()).toEqual([[text]]);
      }),
      { numRuns: 200 },
    );
    connection.closeSync();
  });

  test("a place without a value is a mistake, and a value with a place's form is no place", () => {
    expect(() => placed("{nope}", {}, literal)).toThrow("no such parameter");
    expect(placed("{a}, {b}", { a: "{b}", b: ["1", "2"] }, literal)).toBe("'{b}', '1', '2'");
  });

  test("every parameter of a query has a place, and every place a parameter", () => {
    for (const one of queries) {
      const places = [...one.sql(ordinary).matchAll(/\{([a-z_]+)\}/g)].map(([, name]) => name!);
      expect([...new Set(places)].sort()).toEqual(Object.keys(one.parameters).sort());
    }
  });
});

describe("files", () => {
  test("a key is of the table that claims it most closely", () => {
    const classify = classifier(tables);
    const of = (key: string) => classify(key).map(({ table }) => table);
    expect(of(`b/AWSLogs/${ACCOUNT}/vpcflowlogs/eu-central-1/2026/09/29/x.log.gz`)).toEqual(["vpc_flow_log"]);
    expect(of(`AWSLogs/${ACCOUNT}/elasticloadbalancing/eu-central-1/2026/09/29/x.log`).sort()).toEqual(["alb_access", "alb_connection", "clb_access", "nlb_access"]);
    expect(of(`AWSLogs/${ACCOUNT}/anything/x`)).toEqual(["s3_access"]);
    expect(of("notes.txt")).toEqual([]);
    expect(classify(`aws-fall-log-storage-222222222222-eu-central-1/AWSLogs/${ACCOUNT}/vpcdnsquerylogs/vpc-1/2026/09/29/x.gz`)).toEqual([
      { table: "resolver_query_log", account: ACCOUNT, region: "eu-central-1", day: "2026/09/29" },
    ]);
    expect(classify(`AWSLogs/${ACCOUNT}/CloudFront/E1.2026-09-29-00.abc.gz`)).toMatchObject([{ table: "cloudfront_access", day: "2026/09/29" }]);
  });

  test("a file of another account or day is not wanted; one whose key does not say its day is read", () => {
    const wanted = { accounts: [ACCOUNT], from: "2026/09/29", to: "2026/09/30" };
    const days = ["2026/09/28", "2026/09/29", "2026/09/30", "2026/10/01", undefined];
    expect(days.map((day) => isWanted({ account: ACCOUNT, ...(day !== undefined && { day }) }, wanted))).toEqual([false, true, true, false, true]);
    expect([isWanted({ account: "555555555555" }, wanted), isWanted({ account: "555555555555" }, { ...wanted, accounts: [] })]).toEqual([false, true]);
  });

  test("a folder that is none, and one without logs, is refused in one line", () => {
    expect(() => filesIn(join(folder, "nope"), tables, ["trail"])).toThrow(/^option --from is given .*: a folder that exists, or s3:\/\/BUCKET\/PREFIX, is allowed$/);
    expect(() => filesIn(__dirname, tables, ["trail"])).toThrow(/^no log files in .*: files under AWSLogs\/o-exampleorgid\/<account>\/CloudTrail\/<region>\/<day>\/\* are read$/);
  });
});

/** Amazon S3 over the folder: a bucket a folder. */
function fakeS3(asked: string[] = []) {
  const keys = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name).slice(folder.length + 1));
  return (region: string) => ({
    send: async ({ constructor: { name }, input }: { constructor: { name: string }; input: { Bucket: string; Prefix?: string; Delimiter?: string; Key?: string; ContinuationToken?: string } }) => {
      expect(input.Bucket).toContain(region);
      asked.push(`${name} ${input.Prefix ?? input.Key}`);
      if (name === "GetObjectCommand") return { Body: Readable.from(readFileSync(join(folder, input.Bucket, input.Key!))) };
      const found = keys.filter((key) => key.startsWith(`${input.Bucket}/${input.Prefix}`)).map((key) => key.slice(input.Bucket.length + 1));
      if (input.Delimiter) return { CommonPrefixes: [...new Set(found.map((key) => `${input.Prefix}${key.slice(input.Prefix!.length).split("/")[0]}/`))].map((Prefix) => ({ Prefix })) };
      // One a page, so that paging is exercised.
      const at = Number(input.ContinuationToken ?? 0);
      return { Contents: found.slice(at, at + 1).map((Key) => ({ Key, Size: 1 })), ...(at + 1 < found.length && { NextContinuationToken: String(at + 1) }) };
    },
  }) as never;
}

describe("archive", () => {
  const wanted = { accounts: [], from: "2026/09/29", to: "2026/09/29" };

  test("fetches the wanted days' objects of the wanted tables alone, and asks for no more", async () => {
    const into = mkdtempSync(join(tmpdir(), "query-fetch-"));
    const asked: string[] = [];
    const files = await fetchLogs(ordinary, tables, logs("trail"), wanted, into, fakeS3(asked));
    expect(files.map(({ table, account, day }) => ({ table, account, day })).sort((a, b) => a.account.localeCompare(b.account))).toEqual(
      ["222222222222", ACCOUNT, "555555555555"].map((account) => ({ table: "trail", account, day: "2026/09/29" })),
    );
    expect(asked.filter((one) => one.startsWith("Get"))).toHaveLength(3);
    expect(asked.filter((one) => one.startsWith("List") && !/\/(CloudTrail\/(us-east-1|eu-central-1)\/2026\/09\/29\/|o-exampleorgid\/|CloudTrail\/)$/.test(one))).toEqual([]);
    const [flows] = await fetchLogs(ordinary, tables, logs("cloudfront_access"), wanted, into, fakeS3());
    expect(flows).toMatchObject({ account: ACCOUNT, day: "2026/09/29" });
    rmSync(into, { recursive: true });
  });

  test("accounts are those with logs; a day without logs is refused in one line", async () => {
    expect(await accountsIn(ordinary, logs("trail"), fakeS3())).toEqual(["222222222222", ACCOUNT, "555555555555"]);
    const refusing = () => ({ send: () => Promise.reject(Object.assign(new Error("not authorized"), { name: "AccessDenied" })) }) as never;
    await expect(accountsIn(ordinary, logs("trail"), refusing)).rejects.toThrow("not authorized; whoever may not list whose logs there are names them: --param accounts=ID,ID");
    await expect(fetchLogs(ordinary, tables, logs("trail"), { ...wanted, from: "2025/01/01", to: "2025/01/02" }, folder, fakeS3())).rejects.toThrow(/^no logs of trail from 2025\/01\/01/);
  });

  test("from below an address what lies there under the archive's keys is fetched, and else the keys are said", async () => {
    const into = mkdtempSync(join(tmpdir(), "query-fetch-"));
    const bucket = "aws-fall-log-storage-222222222222-eu-central-1";
    const below = (from: string) => fetchBelow(from, "eu-central-1", tables, logs("vpc_flow_log"), wanted, into, fakeS3());
    expect((await below(`s3://${bucket}/AWSLogs/${ACCOUNT}/`)).map(({ table, account, day }) => ({ table, account, day }))).toEqual([{ table: "vpc_flow_log", account: ACCOUNT, day: "2026/09/29" }]);
    expect((await below(`s3://${bucket}`)).map(({ account }) => account).sort()).toEqual([ACCOUNT, "555555555555"]);
    await expect(below(`s3://${bucket}/nothing`)).rejects.toThrow(/^no log files in "s3:\/\/.*\/nothing": files under AWSLogs\/<account>\/vpcflowlogs\/<region>\/<day>\/\* are read$/);
    await expect(below("s3://No_Bucket/x")).rejects.toThrow('option --from is given "s3://No_Bucket/x": s3://BUCKET/PREFIX, or a folder, is allowed');
    rmSync(into, { recursive: true });
  });

  test("days are counted across a month's and a year's end", () => {
    expect(daysBetween("2026/12/31", "2027/01/02")).toEqual(["2026/12/31", "2027/01/01", "2027/01/02"]);
  });
});

describe("Athena", () => {
  const athena = (answers: readonly unknown[]) => {
    const left = [...answers];
    return { send: () => Promise.resolve(left.shift()) } as never;
  };
  const options = { database: "d", workgroup: "w", interval: 0 };
  const info = { ColumnInfo: [{ Name: "a", Type: "varchar" }, { Name: "n", Type: "bigint" }] };
  const row = (...values: readonly (string | undefined)[]) => ({ Data: values.map((VarCharValue) => ({ VarCharValue })) });

  test("waits for the end, reads every page, and tells numbers from text", async () => {
    const found = await runByAthena(
      athena([
        { QueryExecutionId: "q" },
        { QueryExecution: { Status: { State: "RUNNING" } } },
        { QueryExecution: { Status: { State: "SUCCEEDED" } } },
        { ResultSet: { Rows: [row("a", "n"), row("x", "1")], ResultSetMetadata: info }, NextToken: "t" },
        { ResultSet: { Rows: [row(undefined, "2")], ResultSetMetadata: info } },
      ]),
      "SELECT",
      options,
    );
    expect(found).toEqual({ columns: ["a", "n"], rows: [["x", 1], [null, 2]] });
  });

  test("what it refuses is told in its own words", async () => {
    const failed = athena([{ QueryExecutionId: "q" }, { QueryExecution: { Status: { State: "FAILED", StateChangeReason: "SYNTAX_ERROR" } } }]);
    await expect(runByAthena(failed, "SELECT", options)).rejects.toThrow(new QueryFailed("Athena's query q is FAILED: SYNTAX_ERROR"));
  });
});

test("a log's control characters do not reach the terminal", () => {
  expect(asTable({ columns: ["a"], rows: [["x\u001b[2J\ny"], [null]] })).toBe("a\nx?[2J?y\n-");
});

test("docs/queries.md is current", () => {
  expect(readFileSync(join(root, "docs", "queries.md"), "utf8")).toBe(queriesPage(ordinary));
});

describe("the command", () => {
  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, ["--require", join(root, "commands", "register.js"), join(root, "commands", "query.ts"), ...args], {
      cwd: root, encoding: "utf8", env: { PATH: process.env.PATH ?? "", AWS_EC2_METADATA_DISABLED: "true", HOME: folder },
    });

  test("answers from a folder, as JSON", () => {
    const done = run("findings", "--from", folder, "--param", `from=${DAY}`, "--param", `to=${DAY}`, "--json");
    expect({ status: done.status, stderr: done.stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(done.stdout)).toMatchObject([{ finding: "f1", seen: 2 }]);
  });

  test("a broken file is named in one line", () => {
    const broken = mkdtempSync(join(tmpdir(), "query-broken-"));
    const path = join(broken, "AWSLogs", "o-exampleorgid", ACCOUNT, "CloudTrail", "us-east-1", "2026", "09", "29");
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, "a.json.gz"), "not compressed");
    const done = run("what-break-glass-did", "--from", broken, "--param", `from=${DAY}`, "--param", `to=${DAY}`);
    rmSync(broken, { recursive: true });
    expect(done.stderr.trim().split("\n")).toHaveLength(1);
    expect(done.stderr).toContain("a.json.gz");
    expect(done.status).toBe(1);
  });

  test.each<[string[], string | RegExp]>([
    [["nope"], 'unknown query "nope": one of changes-of-resource,'],
    [["findings", "--from", "/nope"], 'option --from is given "/nope"'],
    [["findings", "--engine", "sqlite"], 'option --engine is given "sqlite": one of duckdb, athena is allowed'],
    [["findings", "--print"], "option --print needs --param accounts=ID,ID"],
    [["findings", "--from", folder], /^no log files of guardduty from .*: those in ".*" are of 2026\/09\/29, of 444444444444$/],
    [["findings", "--workgroup", "w"], "option --workgroup is given with --engine duckdb"],
    [["findings", "--from", "s3://"], 'option --from is given "s3://"'],
    [["findings", "--param", "x=1"], 'query findings has no parameter "x"'],
    [["findings", "--lab", "--config", "x"], "option --config is given with --lab"],
  ])("%j: one line and exit 2", (args, line) => {
    const done = run(...args);
    expect(done.stderr.trim().split("\n")).toHaveLength(1);
    expect(done.stderr.trim()).toEqual(typeof line === "string" ? expect.stringContaining(line) : expect.stringMatching(line));
    expect(done.status).toBe(2);
  });
});
