import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
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

test("a client of an older release signs with the credentials of the one chain, and brings no other", async () => {
  const text = await bundle({ "@aws-sdk/client-route53resolver": ["ListResolverQueryLogConfigsCommand", "Route53ResolverClient"] });
  // Operations that only whole clients of STS and SSO OIDC have.
  expect(text).not.toMatch(/GetFederationToken|CreateTokenWithIAM/);
  interface Sdk { readonly ListResolverQueryLogConfigsCommand: new (input: object) => object; readonly Route53ResolverClient: new (config: object) => { send(command: object): Promise<unknown> } }
  const bundled = { exports: {} as Record<string, Sdk> };
  new Function("module", "exports", "require", text)(bundled, bundled.exports, require);
  const { ListResolverQueryLogConfigsCommand, Route53ResolverClient } = bundled.exports["@aws-sdk/client-route53resolver"]!;

  const signed: string[] = [];
  const server = createServer(({ headers }, response) => {
    signed.push(`${headers.authorization} ${headers["x-amz-security-token"] as string}`);
    response.end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const before = { ...process.env };
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: "AKIAONECHAIN", AWS_SECRET_ACCESS_KEY: "s", AWS_SESSION_TOKEN: "token" });
  try {
    await new Route53ResolverClient({ region: "us-east-1", endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }).send(new ListResolverQueryLogConfigsCommand({}));
  } finally {
    process.env = before;
    server.closeAllConnections();
    server.close();
  }
  expect(signed).toEqual([expect.stringMatching(/Credential=AKIAONECHAIN\/.* token$/)]);
});
