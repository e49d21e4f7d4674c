import { Writable } from "node:stream";
import { coverageParts, type Covered } from "../../functions/coverage";
import { fakeDynamodb } from "../../functions/notifier/fake-dynamodb";
import { statusTable } from "../../functions/notifier/status-table";
import { record } from "../../functions/watcher/status-table";
import { noTotals } from "../../functions/watcher/totals";
import { csv } from "./formats/csv";
import type { Format } from "./formats/format";
import { html } from "./formats/html";
import { json } from "./formats/json";
import { table } from "./formats/table";
import { outputTo } from "./output";
import { tell, type Asked } from "./tell";

const now = Date.parse("2026-11-21T12:00:00Z");
const configured = { regions: ["us-east-1", "eu-central-1"], sources: [{ name: "vpc", scope: "regional" as const }, { name: "s3", scope: "regional" as const }], sweepMinutes: 60 };
const governed = { ...configured, accounts: ["111111111111", "222222222222"] };
const hours = (count: number) => new Date(now - count * 3_600_000).toISOString();
const place = (account: string, region: string, source: string) => ({ account, region, source });
const outcome = { id: "", actor: "", action: "ec2:CreateVpc", resource: "", reason: "" };

/** The table as the notifier and the watcher leave it. */
async function organization({ watched = true, days = true } = {}) {
  const fake = fakeDynamodb();
  const notifier = statusTable(fake as never, "t");
  const swept = async (where: ReturnType<typeof place>, at: string, covered: readonly Covered[]) => {
    for (const coverage of coverageParts(covered, at)) {
      await notifier.heartbeat({ ...outcome, ...where, outcome: "heartbeat", at, coverage }, now);
      await notifier.coverage(where, coverage, now);
    }
  };
  const logged = (...names: string[]) => names.map((resource): Covered => ({ resource, state: "logged", why: "" }));
  await swept(place("111111111111", "us-east-1", "vpc"), hours(0.5), logged("arn:a", "arn:b", "arn:c"));
  await swept(place("111111111111", "eu-central-1", "vpc"), hours(0.5), [...logged("arn:d"), { resource: "arn:e", state: "observed", why: "missing: turn on" }]);
  await swept(place("111111111111", "us-east-1", "s3"), hours(0.5), [
    { resource: "arn:x", state: "excluded", why: "excluded by storage team until 2027-01-31: scratch, \"data\"" },
    { resource: "arn:y", state: "excluded", why: "excluded by its tag ExcludeLogging" },
  ]);
  await swept(place("111111111111", "eu-central-1", "s3"), hours(0.5), []);
  await swept(place("222222222222", "us-east-1", "vpc"), hours(5), logged("arn:f"));
  await swept(place("222222222222", "us-east-1", "s3"), hours(0.5), logged("arn:g"));
  await swept(place("333333333333", "us-east-1", "vpc"), hours(0.5), logged("arn:left"));
  await notifier.last({ ...outcome, ...place("111111111111", "us-east-1", "vpc"), kind: "failed", resource: "arn:b", reason: "=cmd|<b>", at: hours(0.2) }, now);
  await notifier.last({ ...outcome, ...place("222222222222", "eu-central-1", "fall-regional"), kind: "stack-instance", resource: "arn:stack", reason: "OUTDATED", at: hours(1) }, now);
  if (watched) await record(fake as never, "t", governed, { vpc: { ...noTotals, logged: 4, failing: 4 }, s3: { ...noTotals, logged: 2 } }, now - (days ? 2 : 0) * 86_400_000);
  if (watched && days) await record(fake as never, "t", governed, { vpc: noTotals }, now);
  return fake;
}

/** What the command writes. */
async function shown(format: Format, asked: Partial<Asked> = {}, made?: Awaited<ReturnType<typeof organization>>): Promise<string> {
  const client = (made ?? (await organization())) as never;
  let text = "";
  const stream = new Writable({ write: (chunk: Buffer, _, done) => ((text += chunk.toString()), done()) });
  await tell({ client, table: "t", part: {}, choice: { all: false }, now, configured, known: governed.accounts, ...asked }, format, () => outputTo(stream, true));
  return text;
}

const rows = async (asked: Partial<Asked> = {}) =>
  (await shown(csv(), asked)).trimEnd().split("\r\n").slice(1).map((line) => line.split(",").slice(0, 5).join(" "));

test("what is not logged as it should be is listed, one row a resource or place", async () => {
  expect((await shown(csv())).split("\r\n")).toEqual([
    "account,region,source,state,resource,why,owner,until,seen",
    `111111111111,us-east-1,vpc,failing,arn:b,'=cmd|<b>,,,${hours(0.2)}`,
    `111111111111,eu-central-1,vpc,observed,arn:e,missing: turn on,,,${hours(0.5)}`,
    `111111111111,us-east-1,s3,excluded,arn:x,"scratch, ""data""",storage team,2027-01-31,${hours(0.5)}`,
    `111111111111,us-east-1,s3,excluded,arn:y,excluded by its tag ExcludeLogging,,,${hours(0.5)}`,
    `222222222222,us-east-1,vpc,silent,,last heartbeat ${hours(5)},,,${hours(5)}`,
    `222222222222,eu-central-1,vpc,never-seen,,no heartbeat yet; stack instance OUTDATED (${hours(1)}),,,`,
    `222222222222,eu-central-1,s3,never-seen,,no heartbeat yet; stack instance OUTDATED (${hours(1)}),,,`,
    "",
  ]);
});

test.each([
  [{ choice: { all: true } }, 12],
  [{ choice: { all: false, state: "logged" } }, 5],
  [{ choice: { all: false, state: "never-seen" } }, 2],
  [{ part: { account: "111111111111" } }, 4],
  [{ part: { region: "eu-central-1" } }, 3],
  [{ part: { source: "s3" }, choice: { all: true } }, 4],
  [{ part: { account: "333333333333" } }, 0],
] as const)("%j lists what was asked for, %i rows", async (asked, count) => {
  expect(await rows(asked)).toHaveLength(count);
});

test("the numbers are of what was asked for, and of governed accounts alone", async () => {
  const told = JSON.parse(await shown(json(), { choice: { all: true } })) as Record<string, Record<string, unknown>>;
  expect(told["resources"]).toHaveLength(12);
  expect(told["summary"]).toEqual({ resources: 9, logged: 5, percent: "55.5 %" });
  const { all, byAccount, bySource, byRegion } = told["totals"] as Record<string, Record<string, Record<string, number>>>;
  expect(all).toEqual({ logged: 5, excluded: 2, observed: 1, failing: 1, places: 8, silent: 1, neverSeen: 2, broken: 0 });
  expect([Object.keys(byAccount!), Object.keys(byRegion!)]).toEqual([governed.accounts, governed.regions]);
  expect(bySource!["vpc"]).toMatchObject({ logged: 4, failing: 1, observed: 1, places: 4, silent: 1, neverSeen: 1 });
  expect(told["heartbeats"]).toEqual({ vpc: { oldest: hours(5), newest: hours(0.5) }, s3: { oldest: hours(0.5), newest: hours(0.5) } });
});

test("it compares with the last day before today that the watcher kept, or before the day asked for", async () => {
  const last = async (asked: Partial<Asked>) => (JSON.parse(await shown(json(), asked)) as { lastTime: { day: string; percent: string } | null }).lastTime;
  expect(await last({})).toMatchObject({ day: "2026-11-19", percent: "60.0 %", all: { logged: 6, failing: 4 } });
  expect(await last({ part: { source: "vpc" } })).toMatchObject({ percent: "50.0 %" });
  expect(await last({ since: "2026-11-18" })).toBeNull();
  // Totals are kept by source: of an account there is nothing to compare with.
  expect(await last({ part: { account: "111111111111" } })).toBeNull();
  expect(await shown(table())).toContain("55.5 % of 9 resources logged as they should be (60.0 % of 10 on 2026-11-19)");
});

test("the table says the number, what lessens it, the totals, and what is failing before all else", async () => {
  const text = await shown(table());
  expect(text).toContain("2 of 8 places never seen");
  expect(text).toContain("1 of 8 places silent");
  expect(text).toMatch(/^vpc +6 +4 +66.6 % +0 +1 +1 +4 +1 +1 +-2$/m);
  expect(text).toContain("by storage team until 2027-01-31: scratch");
  expect(text).toMatch(/\nstate +account .*\nfailing +111111111111 +us-east-1 +vpc +arn:b +=cmd\|<b>\n/);
});

test("of a long list the table shows the first and says how many more there are; the page too", async () => {
  const fake = fakeDynamodb();
  const notifier = statusTable(fake as never, "t");
  const where = place("111111111111", "us-east-1", "vpc");
  const covered = Array.from({ length: 700 }, (_, index): Covered => ({ resource: `arn:${index}`, state: "failing", why: "no" }));
  for (const coverage of coverageParts(covered, hours(0.5))) {
    await notifier.heartbeat({ ...outcome, ...where, outcome: "heartbeat", at: hours(0.5), coverage }, now);
    await notifier.coverage(where, coverage, now);
  }
  const one = { part: where };
  expect(await shown(table(), one, fake)).toContain("... and 660 more: --format csv lists all");
  const page = await shown(html(), one, fake);
  expect(page).toContain("The first 500");
  expect(page.match(/arn:\d+/g)).toHaveLength(500);
});

test("the page has no script and no outside reference, and shows anybody's words as words", async () => {
  const page = await shown(html());
  expect(page).not.toMatch(/<script|https?:|src=|@import|url\(/);
  expect(page).toContain("=cmd|&lt;b&gt;");
  expect(page).toContain("<polyline");
  expect(page).toContain("storage team");
  expect(await shown(html(), {}, await organization({ days: false }))).toContain("No trend yet");
});

test("before the watcher has spoken it tells of who was heard, and says so", async () => {
  const text = await shown(table(), {}, await organization({ watched: false }));
  expect(text).toContain("the watcher has not said yet what is governed");
  expect(text).toMatch(/^60.0 % of 10 resources/);
});

test("an account that StackSets never reached is never seen, and where the accounts can't be listed that is said", async () => {
  const known = [...governed.accounts, "444444444444"];
  expect(await rows({ known, choice: { all: false, state: "never-seen" }, part: { account: "444444444444" } })).toEqual([
    "444444444444 us-east-1 vpc never-seen ", "444444444444 eu-central-1 vpc never-seen ", "444444444444 us-east-1 s3 never-seen ", "444444444444 eu-central-1 s3 never-seen ",
  ]);
  expect(await shown(csv(), { known })).toContain("StackSets have not reached the account");
  expect(await shown(table(), { known })).toContain("6 of 12 places never seen");
  expect(await shown(table(), { known })).not.toContain("could not be listed");
  expect(await shown(table(), { known: undefined })).toContain("the organization's accounts could not be listed: one that StackSets never reached is not among these");
  // Before anything was ever written, all that there should be is.
  expect(await shown(table(), { known }, fakeDynamodb())).toContain("12 of 12 places never seen");
});

test("an empty table is no number, and no error", async () => {
  const fake = fakeDynamodb();
  for (const format of [table(), html(), csv(), json()]) await shown(format, {}, fake);
  expect(await shown(table(), {}, fake)).toContain("no resource has been seen yet");
});

test("where AWS refuses, nothing is opened to be written over", async () => {
  const client = { send: () => Promise.reject(new Error("refused")) } as never;
  const open = jest.fn();
  await expect(tell({ client, table: "t", part: {}, choice: { all: false }, now, configured }, csv(), open)).rejects.toThrow("refused");
  expect(open).not.toHaveBeenCalled();
});
