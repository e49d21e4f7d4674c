import { join } from "node:path";
import { ConfigurationError } from "./problems";
import { configurationFrom, readEntries } from "./read";

const example = readEntries(join(__dirname, "..", "..", "Pulumi.log-archive.yaml"));
const writer = "arn:aws:iam::444444444444:role/shop/*";
const good = { name: "shop", owner: "shop team", contents: "orders", pii: false, volumeGb: 1, keepDays: 400, readers: ["arn:aws:iam::444444444444:role/support"], writer };

function linesFor(logs: unknown, more: Readonly<Record<string, unknown>> = {}): readonly string[] {
  try {
    configurationFrom("log-archive", { ...example, ...more, logs }, "FILE");
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

const place = (change: Readonly<Record<string, unknown>>) => ({ places: [{ ...good, ...change }] });

test.each<[string, unknown, RegExp | undefined]>([
  ["a place", place({}), undefined],
  ["a service that writes", place({ writer: { service: "firehose.amazonaws.com", account: "444444444444" } }), undefined],
  ["nobody who reads", place({ readers: [] }), undefined],
  ["a name with capitals", place({ name: "Shop" }), /places\[0\]\.name is "Shop": 2 to 32 lower-case letters/],
  ["no owner", place({ owner: undefined }), /places\[0\]\.owner is missing: who answers for it in one line/],
  ["an owner of two lines", place({ owner: "a\nb" }), /places\[0\]\.owner is "a\\nb": who answers/],
  ["half personal", place({ pii: "maybe" }), /places\[0\]\.pii is "maybe": true or false is allowed/],
  ["an unknown key", place({ colour: "red" }), /places\[0\]\.colour is unknown: one of name, owner, /],
  ["a writer of any account", place({ writer: "arn:aws:iam::*:role/x" }), /places\[0\]\.writer is "arn:aws:iam::\*:role\/x": the ARN of a role, with/],
  ["a writer who is a user", place({ writer: "arn:aws:iam::444444444444:user/x" }), /places\[0\]\.writer is /],
  ["a service for nobody", place({ writer: { service: "firehose.amazonaws.com" } }), /places\[0\]\.writer is .*a map with service and account is allowed/],
  ["a writer of the archive", place({ writer: "arn:aws:iam::222222222222:role/x" }), /places\[0\]\.writer is of 222222222222: an account that keeps no logs/],
  ["a reader of the backup", place({ readers: ["arn:aws:iam::888888888888:role/x"] }), /readers\[0\] is of 888888888888/],
  ["a reader with a wildcard", place({ readers: ["arn:aws:iam::444444444444:role/*"] }), /readers\[0\] is .*without a wildcard/],
  ["a reader who writes", place({ readers: ["arn:aws:iam::444444444444:role/shop/app"] }), /readers\[0\] is "arn:aws:iam::444444444444:role\/shop\/app", who writes there/],
  ["the same reader twice", place({ readers: [...good.readers, ...good.readers] }), /readers\[1\] is .* a second time/],
  ["a lifetime that is none", place({ keepDays: 401 }), /keepDays is 401: one of 30, 92, 400, 1096, 2557 is allowed/],
  ["a Region that is not governed", place({ region: "eu-west-1" }), /region is "eu-west-1", which is not governed/],
  ["two of a name", { places: [good, good] }, /places\[1\]\.name is "shop", and shop there is/],
  ["two of a name but for a hyphen", { places: [{ ...good, name: "s-hop" }, good] }, /places\[1\]\.name is "shop", and s-hop there is/],
  ["a retired name", { places: [good], retired: ["shop"] }, /places\[0\]\.name is "shop", which is retired, and whose logs would be the new place's/],
  ["colder than it lives", { lifetimes: [{ standardDays: 30, keepDays: 30 }] }, /lifetimes\[0\]\.keepDays is 30: more than its standardDays, 30/],
  ["a lifetime twice", { lifetimes: [{ keepDays: 30 }, { standardDays: 1, keepDays: 30 }] }, /lifetimes\[1\]\.keepDays is 30 a second time/],
])("%s", (_what, logs, line) => {
  const lines = linesFor(logs);
  expect(lines).toHaveLength(line ? 1 : 0);
  if (line) expect(lines[0]).toMatch(line);
});

test("no lifetime ends before the lock does", () => {
  const archive = { ...(example.archive as object), objectLock: { pii: { days: 60 } } };
  expect(linesFor({ lifetimes: [{ keepDays: 59 }] }, { archive })).toEqual([expect.stringMatching(/keepDays is 59: at least the days of fall:archive\.objectLock\.places and pii, 60/)]);
});
