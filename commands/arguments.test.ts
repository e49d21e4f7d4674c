import { parseArguments } from "./arguments";

const parse = (...given: string[]) =>
  parseArguments(
    "synth",
    { config: { type: "string", what: "a file" }, phase: { type: "string", allowed: ["prepare", "lock"] }, keep: { type: "boolean" } },
    { name: "stack", allowed: ["management", "member"] },
    given,
  );

test("reads options before and after the argument, with and without =", () => {
  expect(parse("--config", "a.yaml", "member", "--phase=lock", "--keep")).toEqual({
    positional: "member",
    values: { config: "a.yaml", phase: "lock", keep: true },
  });
  expect(parse("member")).toEqual({ positional: "member", values: {} });
});

test.each([
  [["member", "--nope"], 'unknown option --nope: synth <management|member> [--config FILE] [--phase prepare|lock] [--keep] is allowed'],
  [["member", "-c"], /^unknown option -c: /],
  [["member", "--config"], "option --config has no value: a file is allowed"],
  [["member", "--config", "--keep"], "option --config has no value: a file is allowed"],
  [["member", "--config="], "option --config has no value: a file is allowed"],
  [["member", "--phase", "all"], 'option --phase is given "all": one of prepare, lock is allowed'],
  [["member", "--keep=yes"], 'option --keep is given "yes": it takes no value'],
  [["member", "--keep", "--keep"], "option --keep is given twice: once is allowed"],
  [["member", "management"], /^unexpected argument "management": synth /],
  [[], "no stack is given: one of management, member is allowed"],
  [["nope"], 'unknown stack "nope": one of management, member is allowed'],
] as const)("%j is answered by one line", (given, line) => {
  expect(() => parse(...given)).toThrow(line);
});

test("a value of which not every one can be listed", () => {
  const count = { accounts: { type: "string", what: "a whole number of 1 or more", valid: (value: string) => /^[1-9]\d*$/.test(value) } } as const;
  expect(parseArguments("lab", count, undefined, ["--accounts", "4"]).values.accounts).toBe("4");
  expect(() => parseArguments("lab", count, undefined, ["--accounts", "0"])).toThrow('option --accounts is given "0": a whole number of 1 or more is allowed');
});

test("an option that may be given more than once", () => {
  const files = { scp: { type: "string", what: "a file", repeated: true }, json: { type: "boolean" } } as const;
  const given = (...all: string[]) => parseArguments("prove", files, undefined, all).values;
  expect(given("--scp", "a", "--json", "--scp=b")).toEqual({ scp: ["a", "b"], json: true });
  expect(given("--scp", "a", "b", "--scp", "c")).toEqual({ scp: ["a", "b", "c"] });
  expect(given()).toEqual({});
  expect(() => given("a", "--scp", "b")).toThrow('unexpected argument "a"');
  expect(() => given("--scp", "a", "--json", "b")).toThrow('unexpected argument "b"');
  expect(() => given("--nope")).toThrow("unknown option --nope: prove [--scp FILE]... [--json] is allowed");
  expect(() => given("--scp", "a", "--scp")).toThrow("option --scp has no value: a file is allowed");
});
