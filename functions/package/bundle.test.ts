import { bundle, entryFor, withLiteralKeys } from "./bundle";

test("computed keys of string constants become literal ones; others stay", () => {
  const schemas = 'const _N = "Name";\nconst _f = call();\nexport var x = { [_N]: 1, [_f]: 2, [_unknown]: 3, y: [_N] };';
  expect(withLiteralKeys(schemas)).toBe('const _N = "Name";\nconst _f = call();\nexport var x = { "Name": 1, [_f]: 2, [_unknown]: 3, y: [_N] };');
});

test("two packages may have commands of one name", () => {
  expect(entryFor({ "@aws-sdk/a": ["TagResourceCommand"], "@aws-sdk/b": ["TagResourceCommand", "X"] })).toBe(
    [
      'import { TagResourceCommand as TagResourceCommand_0 } from "@aws-sdk/a";',
      "const package_0 = { TagResourceCommand: TagResourceCommand_0 };",
      'export { package_0 as "@aws-sdk/a" };',
      'import { TagResourceCommand as TagResourceCommand_1, X as X_1 } from "@aws-sdk/b";',
      "const package_1 = { TagResourceCommand: TagResourceCommand_1, X: X_1 };",
      'export { package_1 as "@aws-sdk/b" };',
    ].join("\n"),
  );
});

test("the bundle holds what is used and not the rest of the client", async () => {
  const text = await bundle({ "@aws-sdk/client-ec2": ["DescribeVpcsCommand", "EC2Client"] });
  expect(text).toContain("DescribeVpcs");
  expect(text).not.toContain("CreateFlowLogs");
  expect(text).not.toContain("RunInstances");
});

test("a name that the package does not have is refused", async () => {
  await expect(bundle({ "@aws-sdk/client-ec2": ["NoSuchCommand"] })).rejects.toThrow("NoSuchCommand");
});
