import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tiers } from "../../infra/config/configuration";
import { readConfiguration } from "../../infra/config/read";
import { synthesize, type GraphResource } from "../../infra/program/synthesize";
import { analyzeAll } from "../policy/analyzer";
import { askFor, entryOf, lacking, missingIn } from "./answers";
import { changesBetween } from "./changes";
import { textWith, textWithout, withoutPlace } from "./configuration-file";

jest.setTimeout(300_000);

const root = join(__dirname, "..", "..");
const folder = mkdtempSync(join(tmpdir(), "onboard-"));
afterAll(() => rmSync(folder, { recursive: true }));

const shop = {
  name: "shop", owner: "shop team", contents: "orders: who, what", pii: "yes", "volume-gb": "2.5", "retention-days": "92", region: "eu-central-1",
  reader: ["arn:aws:iam::333333333333:role/support"], writer: "arn:aws:iam::444444444444:role/shop/*",
};
const flags = (given: Readonly<Record<string, string | readonly string[]>>) => Object.entries(given).flatMap(([flag, value]) => [`--${flag}`, ...[value].flat()]);

/** Without credentials and without a network: what is asked of AWS has to be done without. */
function run(...args: readonly string[]): Promise<{ readonly status: number | null; readonly stdout: string; readonly stderr: string }> {
  const child = spawn(process.execPath, ["--require", join(root, "commands", "register.js"), join(root, "commands", "onboard.ts"), ...args], {
    cwd: root, stdio: ["ignore", "pipe", "pipe"], env: { PATH: process.env.PATH ?? "", AWS_EC2_METADATA_DISABLED: "true", HOME: folder, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
  });
  const [stdout, stderr]: [string[], string[]] = [[], []];
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk.toString()));
  return new Promise((resolve) => child.on("close", (status) => resolve({ status, stdout: stdout.join(""), stderr: stderr.join("") })));
}

describe("what is asked", () => {
  test("what is missing is named in one line; a service needs its account, a role does not", () => {
    expect(missingIn(shop)).toEqual([]);
    expect(lacking(missingIn({ ...shop, owner: undefined, pii: undefined }))).toBe("--owner WHO-ANSWERS-FOR-IT, --pii yes|no are missing: without a terminal to ask on, each is given once");
    expect(missingIn({ ...shop, writer: "firehose.amazonaws.com" }).map(({ flag }) => flag)).toEqual(["writer-account"]);
  });

  test("on a terminal each question is asked until its answer is allowed, and none that has one", async () => {
    const questions: string[] = [];
    const answers = ["perhaps", "no", "", "firehose.amazonaws.com", "444444444444"];
    const ask = (question: string) => {
      questions.push(question);
      return Promise.resolve(answers.shift() ?? "");
    };
    const given = await askFor({ ...shop, pii: undefined, region: undefined, writer: undefined }, ask);
    expect(questions).toEqual([
      "Personal data (yes or no): ",
      "one of yes, no is allowed. Personal data (yes or no): ",
      "Region [us-east-1]: ",
      "Who writes: the ARN of a role, or an AWS service: ",
      "The account for which that service writes: ",
    ]);
    expect(entryOf(given)).toMatchObject({ pii: false, region: "us-east-1", writer: { service: "firehose.amazonaws.com", account: "444444444444" }, volumeGb: 2.5, keepDays: 92 });
  });
});

describe("on a terminal", () => {
  /** @param answers what has to be shown, and what is typed then */
  function typed(answers: readonly (readonly [string, string])[], ...args: readonly string[]) {
    const argv = [process.execPath, "--require", join(root, "commands", "register.js"), join(root, "commands", "onboard.ts"), ...args];
    const done = spawnSync(join(root, ".venv", "bin", "python"), [join(__dirname, "terminal.py")], {
      cwd: root, input: JSON.stringify({ argv, answers }), encoding: "utf8", env: { PATH: process.env.PATH ?? "", TERM: "xterm", AWS_EC2_METADATA_DISABLED: "true", HOME: folder, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
    });
    // What a terminal is told besides text: colours, where the cursor goes.
    // eslint-disable-next-line no-control-regex
    return { status: done.status, shown: done.stdout.replace(/\u001b\[[0-9;]*[A-Za-z]/g, ""), stderr: done.stderr };
  }

  test("what no flag says is asked for, a wrong answer again, and what was answered is written", () => {
    const file = join(folder, "typed.yaml");
    copyFileSync(join(root, "Pulumi.log-archive.yaml"), file);
    const { name, owner, contents } = shop;
    const answers = [
      ["Personal data (yes or no): ", "perhaps\r"],
      ["one of yes, no is allowed. Personal data (yes or no): ", "no\r"],
      ["GB a month: ", "3\r"],
      ["Days to keep (30, 92, 400, 1096, 2557): ", "93\r"],
      ["one of 30, 92, 400, 1096, 2557 is allowed. Days to keep", "92\r"],
      ["[us-east-1]: ", "\r"],
      ["with spaces between: ", `${shop.reader[0]} arn:aws:iam::333333333333:user/keeper\r`],
      ["or an AWS service: ", "ses.amazonaws.com\r"],
      ["for which that service writes: ", "444444444444\r"],
    ] as const;
    const { status, shown, stderr } = typed(answers, ...flags({ name, owner, contents }), "--config", file, "--write");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(shown).toContain(`written into ${file}`);
    expect(readConfiguration("log-archive", file).logs.places.at(-1)).toEqual({
      name, owner, contents, pii: false, region: "us-east-1", volumeGb: 3, keepDays: 92, readers: [shop.reader[0], "arn:aws:iam::333333333333:user/keeper"], writer: { service: "ses.amazonaws.com", account: "444444444444" },
    });
  });

  test.each([["Ctrl-D", "\u0004"], ["Ctrl-C", "\u0003"]])("%s breaks the questions off in one line, exit 2, and nothing is written", (_, key) => {
    const file = join(folder, "broken-off.yaml");
    copyFileSync(join(root, "Pulumi.log-archive.yaml"), file);
    const { status, shown } = typed([["Name of the place", key]], "--config", file, "--write");
    expect(status).toBe(2);
    expect(shown).toContain("the questions are broken off: nothing is written");
    expect(readFileSync(file, "utf8")).toBe(readFileSync(join(root, "Pulumi.log-archive.yaml"), "utf8"));
    rmSync(file);
  });
});

describe("a stack's file", () => {
  test.each(tiers)("Pulumi.%s.yaml with a place more is the same text but for the place", (tier) => {
    const text = readFileSync(join(root, `Pulumi.${tier}.yaml`), "utf8");
    const added = textWith(text, entryOf(shop));
    // The section is the last of the file that has one.
    expect(added.startsWith(text)).toBe(true);
    expect(added.slice(text.length).trim().split("\n").length).toBeLessThanOrEqual(13);
  });

  test("comments within the section stay, and an empty list is taken for none", () => {
    const text = 'config:\n  # theirs\n  fall:logs:\n    # ours\n    places: []\n    # what was\n    retired:\n      - old # long ago\n';
    const added = textWith(text, { name: "a", account: "444444444444" });
    expect(added).toBe('config:\n  # theirs\n  fall:logs:\n    # ours\n    places:\n      - name: a\n        account: "444444444444"\n    # what was\n    retired:\n      - old # long ago\n');
    expect(textWithout(added, "a")).toBe('config:\n  # theirs\n  fall:logs:\n    # ours\n    places: []\n    # what was\n    retired:\n      - old # long ago\n      - a\n');
  });

  test("only a place that there is can be retired", () => {
    expect(() => withoutPlace({ logs: { places: [{ name: "a" }] } }, "b", "FILE")).toThrow('FILE: fall:logs.places has no "b" to retire: one of them (a) is allowed');
  });
});

describe("changes between two graphs", () => {
  const resource = (name: string, props: Readonly<Record<string, unknown>>) => ({ urn: `urn:${name}`, type: "t", name, props }) as unknown as GraphResource;

  test("a statement more is one line, whatever stands around it", () => {
    const policy = (...statements: readonly unknown[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
    const before = [resource("gone", {}), resource("same", { a: 1 }), resource("policy", { policy: policy({ Sid: "A", Resource: ["x"] }) })];
    const after = [resource("same", { a: 1 }), resource("come", {}), resource("policy", { policy: policy({ Sid: "B" }, { Sid: "A", Resource: ["x", "y"] }) })];
    expect(changesBetween(before, after)).toEqual([
      { how: "added", type: "t", name: "come", details: [] },
      { how: "removed", type: "t", name: "gone", details: [] },
      { how: "changed", type: "t", name: "policy", details: ["+ policy.Statement[A].Resource y", '+ policy.Statement[B] {"Sid":"B"}'] },
    ]);
  });
});

test("a place goes in, passes the pack, and out again; without --write nothing is written", async () => {
  const file = join(folder, "round.yaml");
  copyFileSync(join(root, "Pulumi.log-archive.yaml"), file);
  const text = readFileSync(file, "utf8");
  const shown = await run(...flags(shop), "--config", file, "--json");
  expect([shown.status, shown.stderr]).toEqual([0, ""]);
  expect(readFileSync(file, "utf8")).toBe(text);
  expect(JSON.parse(shown.stdout)).toMatchObject({
    uri: "s3://aws-fall-places-pii-222222222222-eu-central-1/92d/shop/",
    keyAlias: "arn:aws:kms:eu-central-1:222222222222:alias/fall-pii",
    key: null,
    lifecycle: { prefix: "92d/", endsAfterDays: 92 },
    copies: [{ lockedDays: 1 }, { lockedDays: 1 }],
    admitted: [{ sid: "WriteShop", who: [shop.writer] }, { sid: "ReadShop", who: shop.reader }, { sid: "FindShop", who: shop.reader }],
    written: null,
  });

  const written = await run(...flags(shop), "--config", file, "--write", "--json");
  expect(JSON.parse(written.stdout)).toMatchObject({ written: file });
  expect(readdirSync(folder).filter((name) => name.startsWith("round"))).toEqual(["round.yaml"]);
  const configuration = readConfiguration("log-archive", file);
  expect(configuration.logs.places.at(-1)).toMatchObject({ name: "shop", pii: true, keepDays: 92 });
  const before = await synthesize("log-archive", { configuration });
  const findings = (await analyzeAll([before], { configuration })).flat();
  expect(findings).toEqual([]);

  const retired = await run("--retire", "shop", "--config", file, "--write", "--json");
  expect([retired.status, retired.stderr]).toEqual([0, ""]);
  const { changes } = JSON.parse(retired.stdout) as { changes: readonly { how: string; type: string; details: readonly string[] }[] };
  expect(changes.map(({ how, type }) => [how, type])).toEqual([["changed", "aws:kms/key:Key"], ["changed", "aws:s3/bucketPolicy:BucketPolicy"]]);
  const after = readConfiguration("log-archive", file);
  expect(after.logs).toMatchObject({ retired: ["shop"] });
  expect(after.logs.places).toEqual(readConfiguration("log-archive").logs.places);
});

test("the last place retired, and even every trace of it taken out by hand, deletes no bucket and no key", async () => {
  const configuration = readConfiguration("log-archive");
  const last = { ...configuration, logs: { ...configuration.logs, places: [], retired: ["orders-audit"] } };
  const none = { ...configuration, logs: { ...configuration.logs, places: [], retired: [] } };
  const [before, after, without] = await Promise.all([configuration, last, none].map((one) => synthesize("log-archive", { configuration: one })));
  expect(changesBetween(before!, after!).filter(({ how }) => how !== "changed")).toEqual([]);
  const gone = changesBetween(before!, without!).filter(({ how }) => how === "removed").map(({ name, type }) => `${type} ${name}`);
  const resources = before!.filter(({ type, name }) => gone.includes(`${type} ${name}`));
  expect(resources.length).toBeGreaterThan(0);
  // Pulumi refuses to delete the first, and takes the second from its state alone.
  expect(resources.filter(({ protect }) => !protect)).toEqual([]);
  expect(resources.filter(({ retainOnDelete }) => !retainOnDelete)).toEqual([]);
});

test.each([
  [["--name", "x"], /^--owner WHO-ANSWERS-FOR-IT, --contents .* are missing: without a terminal/],
  [[...flags({ ...shop, pii: "perhaps" })], /^option --pii is given "perhaps": one of yes, no is allowed$/],
  [[...flags({ ...shop, "retention-days": "93" })], /keepDays is 93: one of 30, 92, 400, 1096, 2557 is allowed/],
  [[...flags({ ...shop, name: "orders-audit" }), "--write"], /name is "orders-audit", and orders-audit there is: another name is allowed/],
  [["--retire", "nope", "--write"], /fall:logs\.places has no "nope" to retire: one of them \(orders-audit\) is allowed/],
  [["--retire", "orders-audit", "--name", "x"], /^option --name is given with --retire/],
  [[...flags(shop), "--writer-account", "444444444444"], /^option --writer-account is given with a role as --writer/],
  [["--lab", "--write"], /^option --write is given with --lab/],
  [["--config", "/nowhere.yaml", ...flags(shop)], /^\/nowhere\.yaml: can't be read \(ENOENT\)/],
])("%j: one line and exit 2", async (args, line) => {
  const text = readFileSync(join(root, "Pulumi.log-archive.yaml"), "utf8");
  const { status, stdout, stderr } = await run(...args);
  expect([status, stdout, stderr.trim().split("\n").length]).toEqual([2, "", 1]);
  expect(stderr.trim()).toMatch(line);
  expect(readFileSync(join(root, "Pulumi.log-archive.yaml"), "utf8")).toBe(text);
});
