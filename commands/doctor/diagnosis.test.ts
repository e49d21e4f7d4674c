import { cause, note, type Finding } from "./check";
import { notesOf, rootCauses } from "./diagnosis";

const at = { account: "111111111111", region: "us-east-1" };
const found = (id: string, what: string, restsOn: readonly string[] = [], where: Finding["where"] = at) => cause(id, what, where, `${what} is off`, "mend it", restsOn);
const named = (findings: readonly Finding[]) => rootCauses(findings).map(({ what, affects }) => [what, affects.length]);

test("a disabled key is one cause, not ten flow logs", () => {
  const flowLogs = Array.from({ length: 10 }, (_, index) => found("weakened", `vpc-${index}`, ["key", "bucket"]));
  expect(named([...flowLogs, found("key-disabled", "key")])).toEqual([["key", 10]]);
});

test("a symptom of a symptom belongs to the root", () => {
  expect(named([found("dead-letters", "queue", ["function"]), found("enforcer-missing", "function", ["stack"]), found("stack-instance", "stack")])).toEqual([["stack", 2]]);
});

test("what rests on nothing broken is a cause itself, and two causes are two", () => {
  expect(named([found("weakened", "vpc-1", ["key"]), found("trail-stopped", "trail")])).toEqual([
    ["trail", 0],
    ["vpc-1", 0],
  ]);
});

test("two things that rest on each other hide neither", () => {
  expect(named([found("a", "one", ["two"]), found("b", "two", ["one"])])).toHaveLength(2);
});

test("a symptom with two roots is told with both", () => {
  expect(named([found("weakened", "vpc", ["key", "bucket"]), found("key-disabled", "key"), found("bucket-policy", "bucket")])).toEqual([
    ["bucket", 1],
    ["key", 1],
  ]);
});

test("the same found for many accounts is said once, without the place that differs", () => {
  const many = ["1", "2", "3", "4", "5"].map((account) => cause("bucket-policy", "bucket", { account, region: "us-east-1", source: "vpc" }, `refuses ${account}`, "deploy"));
  expect(rootCauses(many)).toMatchObject([{ what: "bucket", where: { region: "us-east-1", source: "vpc" }, found: "refuses 1; refuses 2; refuses 3; and 2 more" }]);
});

test("a note is no cause, and explains nothing", () => {
  const findings = [note("nothing-new", "bucket", at, "idle", "none"), found("weakened", "vpc", ["bucket"])];
  expect(named(findings)).toEqual([["vpc", 0]]);
  expect(notesOf(findings)).toMatchObject([{ cause: "nothing-new" }]);
});
