import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { tiers } from "./configuration";
import { entriesOf, pulumiConfig } from "./entries";
import { ConfigurationError } from "./problems";
import { configurationFrom, configurationFromPulumi, readConfiguration, readEntries } from "./read";
import { entriesSchema } from "./schema";

const root = join(__dirname, "..", "..");
const example = readEntries(join(root, "Pulumi.management.yaml"));
const accounts = example.accounts as Record<string, unknown>;
/** Nothing that names a Region. */
const placeless = { archive: {}, accounts: { ...accounts, backup: undefined } };

/** The lines that a change of the example is answered with. */
function linesFor(change: Readonly<Record<string, unknown>>): readonly string[] {
  try {
    configurationFrom("management", { ...example, ...change }, "FILE");
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

describe("one line a problem, naming the key, what was given, what is allowed and the file", () => {
  const exclusion = { account: "444444444444", region: "*", source: "s3", resource: "*", owner: "team", reason: "test data", expires: "2027-01-31" };
  test.each<[string, Record<string, unknown>, RegExp[]]>([
    ["unknown key", { foo: 1 }, [/^FILE: fall:foo is unknown: one of phase, prefix, .* is allowed$/]],
    ["unknown key below", { accounts: { ...accounts, x: "1" } }, [/fall:accounts\.x is unknown: one of management, logArchive, delegated, backup is allowed/]],
    ["missing key", { rootId: undefined }, [/fall:rootId is missing: the root's id \(r-abcd\) is allowed/]],
    ["account without quotes", { accounts: { ...accounts, management: 111111111111 } }, [/fall:accounts\.management is 111111111111: an account id, 12 digits in quotes, is allowed/]],
    ["account too short", { accounts: { ...accounts, management: "11" } }, [/fall:accounts\.management is "11": .*12 digits/]],
    ["the same account twice", { accounts: { ...accounts, delegated: "222222222222" } }, [/fall:accounts\.delegated is "222222222222", as is fall:accounts\.logArchive/]],
    ["a Region that does not exist", { regions: ["us-east-1", "eu-centrl-1"] }, [/fall:regions\[1\] is "eu-centrl-1": one of af-south-1, .* is allowed/]],
    ["a Region twice", { ...placeless, regions: ["us-east-1", "us-east-1"] }, [/fall:regions\[1\] is "us-east-1" a second time/]],
    ["no us-east-1", { ...placeless, regions: ["eu-central-1"] }, [/fall:regions has no us-east-1/]],
    ["prefix too long", { prefix: "thirteen-long" }, [/fall:prefix is "thirteen-long": 2 to 12 lower-case letters/]],
    ["prefix malformed", { prefix: "Fall_" }, [/fall:prefix is "Fall_"/]],
    ["organization", { organizationId: "example" }, [/fall:organizationId is "example": an organization's id/]],
    ["root", { rootId: "ou-exam-12345678" }, [/fall:rootId is "ou-exam-12345678"/]],
    ["phase", { phase: "all" }, [/fall:phase is "all": one of prepare, force, lock is allowed/]],
    ["unknown source", { sources: { nope: {} } }, [/fall:sources\.nope is unknown: one of .*alb.* is allowed/]],
    ["via that the source has not", { sources: { clb: { via: "delivery" } } }, [/fall:sources\.clb\.via is "delivery": one of switch is allowed/]],
    ["observed where it is only observed", { sources: { s3: { mode: "observe", observeIn: ["r-exam"] } } }, [/fall:sources\.s3\.observeIn is given although mode is "observe"/]],
    ["no unit to observe in", { sources: { s3: { observeIn: ["exam"] } } }, [/fall:sources\.s3\.observeIn\[0\] is "exam": the id of an organizational unit or of the root is allowed/]],
    ["no canary", { force: { rollout: "canary" } }, [/fall:force\.canary is missing/]],
    ["a control policy on the management account", { lock: { scpTargets: ["111111111111"], rcpTargets: [] } }, [/fall:lock\.scpTargets\[0\] is "111111111111": any but the management account/]],
    ["a target that is nothing", { lock: { scpTargets: ["everything"] } }, [/fall:lock\.scpTargets\[0\] is "everything": the id of the root, of an organizational unit or of an account is allowed/]],
    ["locked nowhere", { phase: "lock", lock: {} }, [/fall:lock\.scpTargets is empty: fall:phase "lock" needs at least one target/]],
    ["locked out", { phase: "lock", ci: {}, breakGlass: [] }, [/fall:breakGlass is empty, as is fall:ci\.repository/]],
    ["an exclusion without an end", { exclusions: [{ ...exclusion, expires: "never" }] }, [/fall:exclusions\[0\]\.expires is "never": a date in ISO 8601/]],
    ["an exclusion of a day that is none", { exclusions: [{ ...exclusion, expires: "2027-02-30" }] }, [/fall:exclusions\[0\]\.expires is "2027-02-30"/]],
    ["an exclusion of nobody's", { exclusions: [{ ...exclusion, owner: " " }] }, [/fall:exclusions\[0\]\.owner is " ": the name of whoever answers for it is allowed/]],
    ["an exclusion elsewhere", { exclusions: [{ ...exclusion, region: "us-west-2" }] }, [/fall:exclusions\[0\]\.region is "us-west-2", which is not governed/]],
    ["an exclusion of an unknown source", { exclusions: [{ ...exclusion, source: "nope" }] }, [/fall:exclusions\[0\]\.source is "nope": one of/]],
    ["sweeps too often", { sweepMinutes: 1 }, [/fall:sweepMinutes is 1: a whole number of minutes from 5 to 1440 is allowed/]],
    ["a webhook twice", { webhooks: [{ name: "a", kind: "slack" }, { name: "a", kind: "teams" }] }, [/fall:webhooks\[1\] is "a" a second time/]],
    ["a repository that is none", { ci: { repository: "https://example.com" } }, [/fall:ci\.repository is "https:\/\/example\.com": a GitHub repository/]],
    ["break-glass for anyone", { breakGlass: ["arn:aws:iam::111111111111:role/*"] }, [/fall:breakGlass\[0\] is .*without a wildcard/]],
    ["writers", { writers: [] }, [/fall:writers is \[\]: a list of account ids is allowed/]],
    ["two at once", { foo: 1, prefix: "X" }, [/fall:prefix/, /fall:foo/]],
  ])("%s", (_what, change, expected) => {
    const lines = linesFor(change);
    expect(lines).toHaveLength(expected.length);
    expected.forEach((line, index) => expect(lines[index]).toMatch(line));
  });

  test("a file that is not there, not YAML, without config", () => {
    expect(() => readEntries("/nowhere.yaml")).toThrow(/^\/nowhere\.yaml: can't be read \(ENOENT\)/);
    expect(() => readEntries(__filename)).toThrow(/is not YAML|has no config/);
  });
});

describe("what the stacks' files say", () => {
  test.each(tiers)("Pulumi.%s.yaml is valid in every phase", (tier) => {
    for (const phase of ["prepare", "force", "lock"])
      expect(configurationFrom(tier, { ...readEntries(join(root, `Pulumi.${tier}.yaml`)), phase })).toMatchObject({ tier, phase });
  });

  test("is the same in all three, but for the places, which the archive alone makes", () => {
    for (const tier of tiers) {
      const { logs, ...rest } = readEntries(join(root, `Pulumi.${tier}.yaml`));
      expect(rest).toEqual(example);
      expect([tier, logs !== undefined]).toEqual([tier, tier === "log-archive"]);
    }
  });

  test("every source has its settings, the first way first", () => {
    expect(readConfiguration("management").sources).toMatchObject({ alb: { via: "delivery", mode: "force", observeIn: [] }, clb: { via: "switch" } });
  });
});

describe("Pulumi's view of the configuration", () => {
  const config = configurationFrom("delegated", {
    ...example,
    reservedConcurrency: 3,
    sources: { s3: { mode: "observe" } },
    writers: ["444444444444"],
  });

  test("comes out the same as the file's", () => {
    expect(configurationFromPulumi("delegated", { ...pulumiConfig(config), "aws:region": "us-east-1" })).toEqual(config);
    expect(configurationFrom("delegated", entriesOf(config))).toEqual(config);
    const plainest = readConfiguration("log-archive");
    expect(configurationFromPulumi("log-archive", pulumiConfig(plainest))).toEqual(plainest);
  });

  test("a value that is not JSON is refused in one line", () => {
    expect(() => configurationFromPulumi("delegated", { ...pulumiConfig(config), "fall:regions": "us-east-1" })).toThrow(
      /^Pulumi\.delegated\.yaml: fall:regions is "us-east-1": a list of Regions is allowed$/,
    );
  });

  test("Pulumi.yaml declares every key, with the schema's own default", () => {
    const { config: declared } = parse(readFileSync(join(root, "Pulumi.yaml"), "utf8")) as { config: Record<string, { default?: unknown; description?: string }> };
    const required = { phase: "prepare", organizationId: "o-exampleorgid", rootId: "r-exam", accounts, regions: ["us-east-1"] };
    const defaults = entriesSchema.parse(required);
    expect(Object.keys(declared).sort()).toEqual(Object.keys(entriesSchema.shape).sort());
    for (const [key, { default: given, description }] of Object.entries(declared)) {
      expect(description).toMatch(/^[A-Z]/);
      if (Object.hasOwn(required, key)) expect(given).toBeUndefined();
      else expect(entriesSchema.parse({ ...required, [key]: given })[key as keyof typeof defaults]).toEqual(defaults[key as keyof typeof defaults]);
    }
  });
});
