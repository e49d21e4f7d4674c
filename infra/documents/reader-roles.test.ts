import { ordinary, peopled } from "./configurations-for-tests";
import { readable, readerArns, readerRoles } from "./reader-roles";
import { breakGlassTrust } from "./trust-policies";

const roles = Object.fromEntries(readerRoles(peopled).map((role) => [role.name, role]));
const bucket = "arn:aws:s3:::aws-fall-log-storage-222222222222-*";

test("nobody reads unless the configuration says so", () => expect(readerRoles(ordinary)).toEqual([]));

test("every reader has one role, of the name that the lock exempts", () => {
  const named = readerRoles(peopled).map(({ name }) => `arn:aws:iam::222222222222:role/fall/${name}`);
  expect(readerArns(peopled)).toEqual(named);
  expect(Object.keys(roles)).toEqual(["LogsReadOnlyFrequencyRole", "auditor-annual", "temporary-incident", "siem-own", "siem-vendor"]);
});

test("a kind of log of one account is its keys and no others, to read, to list and to decrypt", () => {
  const [read, find, locate, decrypt, ...rest] = roles["auditor-annual"]!.permissions.Statement;
  const days = { DateGreaterThanEquals: { "aws:CurrentTime": "2026-01-01T00:00:00Z" }, DateLessThanEquals: { "aws:CurrentTime": "2099-12-31T23:59:59Z" } };
  const objects = [`${bucket}/AWSLogs/444444444444/vpcflowlogs/*`];
  expect(read).toMatchObject({ Action: ["s3:GetObject", "s3:GetObjectVersion"], Resource: objects, Condition: days });
  expect(find).toMatchObject({ Action: ["s3:ListBucket"], Resource: [bucket], Condition: { ...days, StringLike: { "s3:prefix": ["AWSLogs/444444444444/vpcflowlogs/*"] } } });
  expect(locate).toMatchObject({ Action: ["s3:GetBucketLocation"], Condition: days });
  expect(decrypt).toMatchObject({
    Action: ["kms:Decrypt"],
    Condition: { ...days, StringLike: { "kms:ViaService": "s3.*.amazonaws.com", "kms:EncryptionContext:aws:s3:arn": objects } },
  });
  expect(rest.flatMap(({ Action = [] }) => Action).filter((action) => !/^(athena|glue):/.test(action))).toEqual([]);
});

test("an auditor asks by Athena in a workgroup of its own, of the tables of its logs, on its days", () => {
  const glue = "arn:aws:glue:us-east-1:222222222222:";
  const days = { DateGreaterThanEquals: { "aws:CurrentTime": "2026-01-01T00:00:00Z" }, DateLessThanEquals: { "aws:CurrentTime": "2099-12-31T23:59:59Z" } };
  expect(roles["auditor-annual"]!.permissions.Statement.slice(4)).toEqual([
    {
      Sid: "Permission5", Effect: "Allow", Condition: days,
      Action: ["athena:GetQueryExecution", "athena:GetQueryResults", "athena:StartQueryExecution", "athena:StopQueryExecution"],
      Resource: ["arn:aws:athena:us-east-1:222222222222:workgroup/fall-logs-auditor-annual"],
    },
    { Sid: "Permission6", Effect: "Allow", Action: ["glue:GetDatabase"], Resource: [`${glue}catalog`, `${glue}database/fall_logs`, `${glue}database/default`], Condition: days },
    { Sid: "Permission7", Effect: "Allow", Action: ["glue:GetTable"], Resource: [`${glue}catalog`, `${glue}database/fall_logs`, `${glue}table/fall_logs/vpc_flow_log`], Condition: days },
  ]);
});

test("tools and other accounts read objects, and ask nothing", () => {
  for (const name of ["temporary-incident", "siem-own"]) expect(JSON.stringify(roles[name]!.permissions)).not.toMatch(/athena|glue/);
});

test("an access that ends by a day ends in both policies", () => {
  for (const name of ["auditor-annual", "temporary-incident"]) {
    const { trust, permissions } = roles[name]!;
    for (const { Condition } of [...trust.Statement, ...permissions.Statement])
      expect(Condition?.DateLessThanEquals).toEqual({ "aws:CurrentTime": "2099-12-31T23:59:59Z" });
  }
});

test("who read the logs is told to whom it is given by name", () => {
  const asked = (...logs: string[]) => readable(peopled, { logs, accounts: [], prefixes: [] }).objects.filter((object) => object.includes("/access/"));
  expect(asked("*")).toEqual([]);
  expect(readable(peopled, { logs: ["store-inventory"], accounts: [], prefixes: ["inventory/"] }).objects).toEqual([]);
  expect(asked("*", "store-access")).toEqual(["arn:aws:s3:::aws-fall-log-storage-audit-222222222222-*/access/????????????/*"]);
});

test("what is encrypted by Amazon S3 itself takes no key", () => {
  expect(JSON.stringify(roles["siem-vendor"]!.permissions)).not.toContain("kms:");
  expect(readable(peopled, { logs: ["config"], accounts: [], prefixes: [] })).toMatchObject({
    objects: ["arn:aws:s3:::aws-fall-log-storage-s3-222222222222-*/config/AWSLogs/????????????/Config/*"],
    encrypted: false,
  });
});

test("nobody reads and writes: no reader has an action but reading, decrypting and its own queue", () => {
  const actions = readerRoles(peopled).flatMap(({ permissions }) => permissions.Statement.flatMap(({ Action = [] }) => [Action].flat()));
  expect([...new Set(actions)].filter((action) => !/^s3:(Get|List)|^kms:Decrypt$|^athena:(Get|Start|Stop)Query|^glue:Get|^sqs:(ChangeMessageVisibility|DeleteMessage|Get|ReceiveMessage)/.test(action))).toEqual([]);
});

test("a SIEM says its external id, and comes from the organization unless it is a vendor's", () => {
  expect(roles["siem-own"]!.trust.Statement[0]?.Condition).toEqual({ StringEquals: { "sts:ExternalId": "an-external-id", "aws:PrincipalOrgID": "o-exampleorgid" } });
  expect(roles["siem-vendor"]!.trust.Statement[0]?.Condition).toEqual({ StringEquals: { "sts:ExternalId": "another-external-id" } });
});

test("administrators come in each by what their session can say", () => {
  const [user, sso, saml] = breakGlassTrust(peopled, "log-archive")!.Statement;
  expect(user).toMatchObject({ Action: "sts:AssumeRole", Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" }, ArnLike: { "aws:PrincipalArn": ["arn:aws:iam::111111111111:user/keeper"] } } });
  expect(sso?.Condition?.Bool).toBeUndefined();
  expect(sso?.Condition?.ArnLike?.["aws:PrincipalArn"]).toEqual([
    `arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Keepers_${"?".repeat(16)}`,
    `arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Keepers_${"?".repeat(16)}`,
  ]);
  expect(saml).toMatchObject({ Action: ["sts:AssumeRole", "sts:SetSourceIdentity"], Condition: { StringLike: { "aws:SourceIdentity": ["*@example.com"] } } });
  // Where the section names nobody, break-glass of the archive is break-glass.
  expect(breakGlassTrust(ordinary, "log-archive")).toEqual(breakGlassTrust(ordinary, "management"));
});
