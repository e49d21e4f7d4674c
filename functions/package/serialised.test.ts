import { pointToSdk } from "./serialised";

const EC2 = "@aws-sdk/client-ec2/dist-cjs/index.js";

test("a package is required from the bundle, and the names used of it are listed", () => {
  const text = [
    `const client_ec2_1 = require("${EC2}");`,
    `function __f0() { return (function() { with({ this: undefined }) {`,
    `return () => [new client_ec2_1.EC2Client({}), (0, client_ec2_1.paginateDescribeVpcs)({}, {}), "client_ec2_1.Text"];`,
    `} }).apply(undefined, undefined).apply(this, arguments); }`,
  ].join("\n");
  const { text: pointed, imports } = pointToSdk(text);
  expect(pointed.split("\n")[0]).toBe('const client_ec2_1 = require("./sdk.js")["@aws-sdk/client-ec2"];');
  expect(pointed.split("\n").slice(1)).toEqual(text.split("\n").slice(1));
  expect(imports).toEqual({ "@aws-sdk/client-ec2": ["EC2Client", "paginateDescribeVpcs"] });
});

test("Node's own modules stay what they are", () => {
  const text = 'const node_crypto_1 = require("node:crypto");\nconst fs_1 = require("fs");\nnode_crypto_1.randomBytes(1); fs_1.statSync("");';
  expect(pointToSdk(text)).toEqual({ text, imports: {} });
});

test("several requires are pointed, each to its own package, listed by name", () => {
  const text = `const b = require("${EC2}");\nconst a = require("@aws-sdk/client-eventbridge");\nb.EC2Client; a.PutEventsCommand; b.EC2Client;`;
  const { text: pointed, imports } = pointToSdk(text);
  expect(pointed).toContain('const b = require("./sdk.js")["@aws-sdk/client-ec2"];\nconst a = require("./sdk.js")["@aws-sdk/client-eventbridge"];');
  expect(Object.keys(imports)).toEqual(["@aws-sdk/client-ec2", "@aws-sdk/client-eventbridge"]);
});

test("an import with a reserved name comes through the scope under its own", () => {
  const text = `const __pulumi_closure_import_exports = require("${EC2}");\nfunction f() { with({ exports: __pulumi_closure_import_exports }) { return exports.EC2Client; } }`;
  expect(pointToSdk(text).imports).toEqual({ "@aws-sdk/client-ec2": ["EC2Client"] });
});

test.each([
  [`const ec2 = require("${EC2}"); use(ec2);`, "@aws-sdk/client-ec2 is used whole (use(ec2)): name what is needed of it"],
  [`const ec2 = require("${EC2}"); ec2[name];`, "@aws-sdk/client-ec2 is used whole (ec2[name])"],
  [`var scope = { ec2: require("${EC2}") };`, `the module ${EC2} is captured as a value: import its names instead`],
])("%s is refused", (text, message) => expect(() => pointToSdk(text)).toThrow(message));
