import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { sources } from "../../functions/sources";
import type { LogSource } from "../../functions/sources";
import type { Configuration } from "../../infra/config/configuration";
import { configurationFrom, readEntries } from "../../infra/config/read";
import { held, reaching, DAYS_A_MONTH } from "./ageing";
import { billOf, linesIn, settledMonth, sum } from "./bill";
import { deliveryLines, deliveryPrice } from "./delivery";
import { organizationOf, type Given } from "./organization";
import { averageUsd, priceDate, priceOf, prices, usd } from "./price";
import { byTelemetryRules, sideBySide } from "./side-by-side";
import { keepingLines, stayOf } from "./storage";
import { type Volume, volumes } from "./volumes";

const entries = readEntries(`${__dirname}/../../Pulumi.log-archive.yaml`);
const config = configurationFrom("log-archive", entries);
const given: Given = { accounts: 10, resources: {}, gigabytes: {}, drivers: {} };
const organization = (more: Partial<Given> = {}, of: Configuration = config, table?: readonly LogSource[]) => organizationOf(of, { ...given, ...more }, table);

/** Rounding apart. */
const atLeast = (usd: number) => ({ asymmetricMatch: (other: unknown) => Number(other) >= usd - 1e-6 * Math.max(1, usd), toString: () => `at least ${usd}` });

describe("prices", () => {
  const TB = 1_024;
  // Worked out by hand from the table of AWS's page; the example of 72 TB is AWS's own, both of its sums too.
  test.each([
    ["delivery.s3", 0, 0],
    ["delivery.s3", 1, 0.25],
    ["delivery.s3", 10 * TB, 2_560],
    ["delivery.s3", 10 * TB + 1, 2_560.15],
    ["delivery.s3", 30 * TB, 5_632],
    ["delivery.s3", 30 * TB + 1, 5_632.075],
    ["delivery.s3", 50 * TB, 7_168],
    ["delivery.s3", 72 * TB, 8_294.4],
    ["delivery.s3.s3", 72 * TB, 8_294.4],
    ["logs.vended", 72 * TB, 13_414.4],
    ["s3.STANDARD", 50 * TB, 1_177.6],
    ["s3.STANDARD", 500 * TB + 1, 1_177.6 + 450 * TB * 0.022 + 0.021],
    ["guardduty.network", 500, 500],
    ["guardduty.network", 2_500, 1_500],
    ["guardduty.network", 10_001, 1_500 + 1_875 + 0.15],
    ["securityhub.check", 100_001, 100.0008],
    ["securityhub.finding", 10_000, 0],
    ["securityhub.finding", 20_000, 0.3],
  ])("%s of %d is %d USD", (id, quantity, expected) => expect(usd(id, quantity)).toBeCloseTo(expected, 6));

  test("each says where, when and from which page it was taken, and its steps go up in size and down in price", () => {
    expect(priceDate).toMatch(/^20\d\d-\d\d-\d\d$/);
    for (const [id, { usd: steps, per, region, read, source }] of Object.entries(prices)) {
      expect([id, per, region, read <= priceDate, source]).toEqual([id, expect.stringMatching(/./), "us-east-1", true, expect.stringMatching(/^https:\/\//)]);
      if (typeof steps !== "object") continue;
      expect(steps.at(-1)!.upTo).toBeNull();
      for (const [at, { upTo }] of steps.slice(0, -2).entries()) expect(upTo!).toBeLessThan(steps[at + 1]!.upTo!);
    }
  });

  test("what is not confirmed is listed among what isn't", () => {
    const list = readFileSync(`${__dirname}/../../docs/not-confirmed.md`, "utf8");
    const open = Object.entries(prices).filter(([, { confirmed }]) => !confirmed).map(([id]) => id);
    expect([...open, "commands/cost/prices.json"].filter((name) => !list.includes(`\`${name}\``))).toEqual([]);
  });

  test("one that is not there is a bug that names it", () => {
    expect(() => priceOf("s3.nothing")).toThrow("commands/cost/prices.json has no price s3.nothing");
  });

  test("what nothing is taken of costs its first step on average", () => expect(averageUsd("delivery.s3", 0)).toBe(0.25));
});

describe("what is kept", () => {
  // 1 GB a day: in the first month it grows from 0 to a month's worth, half of that on average.
  test("grows evenly in the first month, and stays when as much ends as comes in", () => {
    expect(held(DAYS_A_MONTH, 0, 92, 1)).toBeCloseTo(DAYS_A_MONTH / 2, 9);
    expect(held(DAYS_A_MONTH, 0, 92, 60)).toBeCloseTo(92, 9);
    expect(held(DAYS_A_MONTH, 92, 492, 60)).toBeCloseTo(400, 9);
    expect(held(DAYS_A_MONTH, 92, 492, 3)).toBe(0);
    expect(held(DAYS_A_MONTH, 0, Infinity, 60)).toBeCloseTo(59.5 * DAYS_A_MONTH, 9);
    expect(held(5, 92, 92, 60)).toBe(0);
  });

  // A step of a tenth of a day, added up, is the same as the formula.
  test("is what adding up by hand gives", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 30 }), (from, length, month) => {
        const days = Array.from({ length: 3_650 }, (_, at) => (month - 1) * DAYS_A_MONTH + ((at + 0.5) * DAYS_A_MONTH) / 3_650);
        const added = days.reduce((all, day) => all + Math.max(0, Math.min(day, from + length) - from), 0) / 3_650;
        expect(held(DAYS_A_MONTH, from, from + length, month)).toBeCloseTo(added, 3);
      }),
      { numRuns: 50 },
    );
  });

  test("moves when it has the age, a part of the month in which it first has", () => {
    expect([1, 2, 4, 40].map((month) => reaching(100, DAYS_A_MONTH * 1.25, month))).toEqual([0, 75, 100, 100]);
  });

  const one = (more: Partial<Volume> = {}): Volume => ({ log: { name: "vpc-flow-log", store: "kms", naming: "", keys: "AWSLogs/{account}/vpcflowlogs/*" }, of: "vpc", region: "us-east-1", plain: 100, stored: 10, objects: 1_000, ...more });

  test("as long as the deployed rules keep it, and as long again as it can be brought back", () => {
    expect(stayOf(config, one(), { part: "storage" })).toEqual({ moved: 92, gone: 492 });
    expect(stayOf(config, one({ objects: 1_000_000 }), { part: "replica" })).toEqual({ moved: Infinity, gone: 492 });
    const forEver = { ...config, archive: { ...config.archive, copies: { ...config.archive.copies, expire: false } } };
    expect(stayOf(forEver, one(), { part: "replica" })).toEqual({ moved: Infinity, gone: Infinity });
    expect(stayOf(forEver, one(), { part: "storage" })).toEqual({ moved: 92, gone: 492 });
    // Glacier is paid for 90 days at least.
    const short = { ...config, archive: { ...config.archive, recoverDays: 1, lifetimes: Object.fromEntries(["vpc-flow-log", "alb-access", "alb-connection", "nlb-access", "route53-resolver-query", "s3-access", "cloudfront-access"].map((name) => [name, { standardDays: 10, keepDays: 20 }])) } };
    expect(stayOf(short, one({ log: { ...one().log, name: "x", keys: "elsewhere/*" } }), { part: "storage" })).toEqual({ moved: 92, gone: 492 - 91 });
  });

  // 10 GB and 1,000 objects a month for 92 days in STANDARD, then 400 in GLACIER_IR; a copy in eu-central-1 and one in the
  // backup account, there too.
  test("costs what it does by hand", () => {
    const lines = Object.fromEntries(keepingLines(config, [one()], 60).map((line) => [`${line.group}/${line.name}`, line]));
    const months = (days: number) => (10 * days) / DAYS_A_MONTH;
    expect(lines["Storage/stores, STANDARD"]!.usd).toBeCloseTo(months(92) * 0.023, 9);
    expect(lines["Storage/copies, GLACIER_IR"]!.usd).toBeCloseTo(months(400) * 0.004, 9);
    expect(lines["Storage/backup, GLACIER_IR"]!.quantity).toBeCloseTo(months(400), 9);
    expect(lines["Requests/logs written"]!.usd).toBeCloseTo(0.005, 9);
    expect(lines["Requests/copies written"]!.usd).toBeCloseTo(0.01, 9);
    expect(lines["Requests/moves to GLACIER_IR"]!.usd).toBeCloseTo(0.06, 9);
    expect(lines["Data transfer/copies into another Region"]!.usd).toBeCloseTo(20 * 0.02, 9);
    expect(lines["Keys/requests, one an object"]!.quantity).toBe(5_000);
    // Store, copy and backup are listed every day.
    expect(lines["Requests/inventories"]!.quantity).toBeCloseTo(3 * ((1_000 * 492) / DAYS_A_MONTH) * DAYS_A_MONTH, 6);
  });
});

describe("the bill", () => {
  const known = sources.map(({ name }) => name);
  const made: LogSource = { ...sources.find(({ name }) => name === "vpc")!, name: "made-up", kinds: () => [{ kind: "made-up-log", store: "kms", writer: "x.amazonaws.com", keys: "AWSLogs/{account}/made-up/*", sourceArn: "*", reference: "" }] };

  const withMade: Configuration = { ...config, sources: { ...config.sources, "made-up": { via: "delivery", mode: "force", observeIn: [] } } };

  test("has a line for every source of the table, and one that is added by adding it", () => {
    const of = (table: readonly LogSource[]) => billOf(organization({}, withMade, table)).lines.filter(({ group }) => group === "Delivery").map(({ name }) => name.split(" ")[0]);
    expect(of(sources)).toEqual(known);
    expect(of([...sources, made])).toEqual([...known, "made-up"]);
    const more = organization({ gigabytes: { "made-up": 1_000 } }, withMade, [...sources, made]);
    expect(deliveryLines(more, volumes(more)).find(({ name }) => name.startsWith("made-up"))).toMatchObject({ quantity: 1_000, usd: 250 });
    expect(sideBySide(more).at(-1)).toMatchObject({ source: "made-up", gigabytes: 1_000, chosen: "delivery", delivery: { get: 250 } });
  });

  test("adds up, line by line and group by group", () => {
    const bill = billOf(organization());
    expect(bill.lines.reduce((all, { first }) => all + first, 0)).toBeCloseTo(bill.first, 9);
    expect(bill.lines.reduce((all, { steady }) => all + steady, 0)).toBeCloseTo(bill.steady, 9);
    expect(Object.values(bill.growth.at(-1)!.groups).reduce((all, one) => all + one, 0)).toBeCloseTo(bill.steady, 6);
    expect(Object.values(bill.growth[0]!.groups).reduce((all, one) => all + one, 0)).toBeCloseTo(bill.first, 6);
    expect(new Set(bill.lines.map(({ group, name }) => `${group}/${name}`)).size).toBe(bill.lines.length);
    expect(bill.notConfirmed).toEqual(expect.arrayContaining(["delivery.s3.s3"]));
  });

  test("counts a Region's steps over all its sources, and each Region's apart", () => {
    const quiet = Object.fromEntries(known.map((name) => [name, 0]));
    const both = organization({ gigabytes: { ...quiet, vpc: 2 * 10_240, s3: 2 * 10_240 } });
    // In each of two Regions 20 TB: 10 at 0.25 and 10 at 0.15.
    expect(sum(deliveryLines(both, volumes(both)))).toBeCloseTo(2 * (2_560 + 1_536), 6);
  });

  test("has nothing for the switch and for CloudFront", () => {
    expect(usd(deliveryPrice("alb", "switch"), 1_000)).toBe(0);
    expect(usd(deliveryPrice("cloudfront", "delivery"), 1_000)).toBe(0);
    expect(usd(deliveryPrice("alb", "delivery"), 1_000)).toBe(250);
  });

  test("settles: no line of it is another later, and none is more before", () => {
    const it = organization();
    const month = settledMonth(it);
    const later = linesIn(it, month + 40);
    for (const [at, line] of linesIn(it, month).entries()) expect([line.name, later[at]!.usd]).toEqual([line.name, expect.closeTo(line.usd, 6)]);
    expect(billOf(it).first).toBeLessThan(billOf(it).steady);
  });

  const amounts = fc.record({ accounts: fc.integer({ min: 1, max: 5_000 }), vpc: fc.integer({ min: 0, max: 1e6 }), more: fc.integer({ min: 0, max: 1e6 }) });

  test("is never less for more accounts, nor is any line of it", () => {
    fc.assert(
      fc.property(amounts, ({ accounts, more }) => {
        const [fewer, all] = [accounts, accounts + (more % 500)].map((many) => linesIn(organization({ accounts: many, gigabytes: {} }), 60));
        for (const [at, line] of fewer!.entries()) expect([line.name, all![at]!.usd]).toEqual([line.name, atLeast(line.usd)]);
      }),
      { numRuns: 15 },
    );
  });

  test("is never less for more GB, but for storage: objects large enough for Glacier are cheaper to keep", () => {
    fc.assert(
      fc.property(amounts, ({ accounts, vpc, more }) => {
        const [less, all] = [vpc, vpc + more].map((gigabytes) => linesIn(organization({ accounts, gigabytes: { vpc: gigabytes } }), 60));
        // By group: one source's GB bring those of another to a cheaper step.
        const groups = [...new Set(less!.map(({ group }) => group))].filter((group) => group !== "Storage");
        const inGroup = (lines: typeof less, group: string) => sum(lines!.filter((line) => line.group === group));
        for (const group of groups) expect([group, inGroup(all, group)]).toEqual([group, atLeast(inGroup(less, group))]);
      }),
      { numRuns: 15 },
    );
  });

  test("is never less for logs kept longer", () => {
    fc.assert(
      fc.property(fc.integer({ min: 93, max: 3_000 }), fc.integer({ min: 0, max: 3_000 }), (keepDays, more) => {
        const [shorter, longer] = [keepDays, keepDays + more].map((days) => ({ ...config, archive: { ...config.archive, lifetimes: { "vpc-flow-log": { standardDays: 92, keepDays: days } } } }));
        expect(billOf(organization({}, longer)).steady).toBeGreaterThanOrEqual(billOf(organization({}, shorter)).steady - 1e-6);
      }),
      { numRuns: 10 },
    );
  });

  test("leaves out what the configuration does not make", () => {
    const off = configurationFrom("log-archive", { ...entries, services: { trail: { use: "existing", existing: "arn:aws:cloudtrail:us-east-1:111111111111:trail/theirs" } } });
    expect(billOf(organization({}, off)).lines.filter(({ group }) => group === "Recorders")).toEqual([]);
  });
});

describe("side by side", () => {
  test("every source has the ways that it offers, and telemetry rules where AWS has one", () => {
    for (const row of sideBySide(organization())) {
      const { via } = sources.find(({ name }) => name === row.source)!;
      expect([row.source, row.delivery !== undefined, row.switch !== undefined, row.telemetry !== undefined]).toEqual([row.source, via.includes("delivery"), via.includes("switch"), byTelemetryRules.includes(row.source)]);
    }
  });

  // 72 TB of flow logs in one Region: AWS's own example, both destinations.
  test("gets 72 TB as AWS's example does", () => {
    const one = organization({ gigabytes: { vpc: 2 * 72 * 1_024 } });
    const row = sideBySide(one).find(({ source }) => source === "vpc")!;
    expect(row.delivery!.get).toBeCloseTo(2 * 8_294.4, 6);
    expect(row.telemetry!.get).toBeCloseTo(2 * 13_414.4, 6);
  });

  test("does not depend on which way is chosen", () => {
    const switched = configurationFrom("log-archive", { ...entries, sources: { alb: { via: "switch" } } });
    const of = (from: Configuration) => sideBySide(organization({}, from)).map((row) => ({ ...row, chosen: undefined }));
    expect(JSON.stringify(of(switched))).toBe(JSON.stringify(of(config)));
  });
});
