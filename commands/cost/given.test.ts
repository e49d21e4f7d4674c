import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { lifetimeOf } from "../../infra/config/lifetimes";
import { configurationOf, givenBy, pairs } from "./given";

const root = join(__dirname, "..", "..");
const run = (...given: string[]) => spawnSync(process.execPath, ["--require", join(root, "commands", "register.js"), join(root, "commands", "cost.ts"), ...given], { cwd: root, encoding: "utf8" });

test.each([
  [["vpc"], 'option --gb is given "vpc": name=number is allowed'],
  [["vcp=1"], 'option --gb is given "vcp": one of vpc, trail is allowed'],
  [["vpc=1", "vpc=2"], "option --gb is given vpc twice: once is allowed"],
  [["vpc=-1"], 'option --gb is given "vpc=-1": a number of 0 or more is allowed after the ='],
  [["vpc=1e999"], 'option --gb is given "vpc=1e999": a number of 0 or more is allowed after the ='],
])("%j is answered by one line", (given, line) => {
  expect(() => pairs("--gb", given, ["vpc", "trail"])).toThrow(new Error(line));
});

test("what is given is of the organization, or of one account and Region", () => {
  expect(givenBy({ accounts: "7", resources: ["vpc=12"], gb: ["vpc=0.5", "trail=3"], usage: ["config-items=9"] })).toEqual({ accounts: 7, resources: { vpc: 12 }, gigabytes: { vpc: 0.5, trail: 3 }, drivers: { "config-items": 9 } });
  expect(() => givenBy({})).toThrow("option --accounts is missing");
  expect(() => givenBy({ accounts: "7", resources: ["vpc=1.5"] })).toThrow("a whole number of 0 or more is allowed");
});

test("Regions and lifetimes take the place of the configuration's, and are checked as it is", () => {
  const config = configurationOf({ regions: "us-east-1,eu-west-1,eu-north-1", standard: ["trail=30"], keep: ["trail=365"] });
  expect(config.regions).toEqual(["us-east-1", "eu-west-1", "eu-north-1"]);
  expect(config.archive.copies.regions).toEqual({});
  expect(config.archive.backupRegion).toBe("us-east-1");
  expect(lifetimeOf(config.archive, "trail")).toEqual({ standardDays: 30, keepDays: 365 });
  expect(() => configurationOf({ regions: "us-east-1,eu-west-9" })).toThrow(/^option --regions is given "us-east-1,eu-west-9": Regions of partition aws, each once.* "eu-west-9" is not one more$/);
  expect(() => configurationOf({ regions: "us-east-1,us-east-1" })).toThrow(/"us-east-1" is not one more$/);
  expect(() => configurationOf({ keep: ["vpc=3"] })).toThrow(/^option --keep is given "vpc": one of alb-access, .*vpc-flow-log, trail, config, guardduty, store-access, store-inventory is allowed$/);
  expect(() => configurationOf({ keep: ["vpc-flow-log=10"] })).toThrow("fall:archive.lifetimes.vpc-flow-log.keepDays is 10: more than its standardDays, 92, is allowed");
  expect(() => configurationOf({ standard: ["vcp=1"], keep: ["vcp=2"] })).toThrow(/^option --standard is given "vcp": one of .*vpc-flow-log/);
});

describe("the command", () => {
  test("prints a table", () => {
    const { status, stdout, stderr } = run("--accounts", "3", "--gb", "vpc=1000");
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^3 accounts in us-east-1, eu-central-1: [\d,.]+ USD a month once settled, [\d,.]+ in the first\n/);
    expect(stdout).toMatch(/\n {2}vpc \(delivery\) ~ +1,000 +GB +250\.00 +250\.00\n/);
  });

  test("prints what --json and the page have, neither with a script", () => {
    const bill = (JSON.parse(run("--accounts", "3", "--json").stdout) as { bill: { steady: number; lines: unknown[] } }).bill;
    expect(bill.lines.length).toBeGreaterThan(30);
    const { stdout } = run("--accounts", "3", "--format", "html");
    expect(stdout).toContain(bill.steady.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 }));
    expect(stdout.match(/<svg /g)).toHaveLength(2);
    expect(stdout).not.toMatch(/<script|NaN|undefined|Infinity/);
  });

  test.each([
    [[], "option --accounts is missing"],
    [["--accounts", "0"], 'option --accounts is given "0"'],
    [["--accounts", "3", "--json", "--format", "html"], "option --json is given with --format"],
    [["--accounts", "3", "--gb", "nothing=1"], 'option --gb is given "nothing"'],
    [["--accounts", "3", "--out", "/nowhere/at/all"], 'option --out is given "/nowhere/at/all": it can\'t be written (ENOENT)'],
  ])("answers %j by one line and exit 2", (given, line) => {
    const { status, stdout, stderr } = run(...given);
    expect([status, stdout, stderr.split("\n").length]).toEqual([2, "", 2]);
    expect(stderr).toContain(line);
  });
});

test("prices.json is the only place with a price", () => {
  for (const file of ["idle", "delivery", "storage", "enforcement", "recording", "side-by-side", "bill"])
    expect([file, readFileSync(join(__dirname, `${file}.ts`), "utf8").match(/\b0\.0\d+|\be-\d|\/ 1e[3-6]\b/g)]).toEqual([file, null]);
});
