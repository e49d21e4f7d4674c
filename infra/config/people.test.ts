import { join } from "node:path";
import { ConfigurationError } from "./problems";
import { configurationFrom, readEntries } from "./read";

const example = { ...readEntries(join(__dirname, "..", "..", "Pulumi.management.yaml")), people: {}, services: {} };
const now = new Date("2027-03-01T12:00:00Z");

function linesFor(change: Readonly<Record<string, unknown>>): readonly string[] {
  try {
    configurationFrom("management", { ...example, ...change }, "FILE", now);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

const user = { user: "arn:aws:iam::111111111111:user/keeper" };
const role = "arn:aws:iam::111111111111:role/keepers";
const sso = { account: "111111111111", permissionSet: "Keepers" };
const auditor = { name: "annual", trusted: [user], from: "2027-01-01", until: "2027-12-31", logs: ["trail"] };
const temporary = { name: "incident", account: "444444444444", until: "2027-03-01", logs: ["vpc-flow-log"] };
const siem = { name: "splunk", account: "777777777777", externalId: "a-long-external-id", outside: true, logs: ["*"] };

test.each<[string, Record<string, unknown>]>([
  ["a user, with MFA", { administrators: [user] }],
  ["a role that is assumed with MFA", { administrators: [{ role, mfa: true }] }],
  ["a role with a source identity", { administrators: [{ role, sourceIdentity: ["keeper@example.com"] }] }],
  ["a permission set", { administrators: [{ sso }] }],
  ["SAML with a source identity", { administrators: [{ saml: role, sourceIdentity: ["*@example.com"] }] }],
  ["SAML by a pattern of roles", { analysts: { trusted: [{ saml: "arn:aws:iam::111111111111:role/readers/*", sourceIdentity: ["*@example.com"] }], logs: ["*"] } }],
  ["analysts of one kind of log in one account", { analysts: { trusted: [{ sso }], logs: ["vpc-flow-log"], accounts: ["444444444444"] } }],
  ["an auditor", { auditors: [auditor] }],
  ["the last day of a temporary access", { temporary: [temporary] }],
  ["a path within a kind of log", { temporary: [{ ...temporary, logs: [], prefixes: ["AWSLogs/444444444444/vpcflowlogs/eu-central-1/"] }] }],
  ["a path in any account", { temporary: [{ ...temporary, logs: [], prefixes: ["AWSLogs/????????????/vpcflowlogs/"] }] }],
  ["a SIEM of a vendor", { siem: [siem] }],
  ["analysts who see who read the logs", { analysts: { trusted: [{ sso }], logs: ["*", "store-access"] } }],
])("%s is allowed", (_what, people) => expect(linesFor({ people })).toEqual([]));

test.each<[string, Record<string, unknown>, RegExp]>([
  ["nobody", { administrators: [{}] }, /fall:people\.administrators\[0\] names nobody: exactly one of user, role, sso, saml is allowed/],
  ["two at once", { administrators: [{ ...user, role }] }, /names user and role: exactly one/],
  ["a user without MFA", { administrators: [{ ...user, mfa: false }] }, /administrators\[0\]\.mfa is false: a user is trusted with MFA alone/],
  ["a user's source identity", { administrators: [{ ...user, sourceIdentity: ["a@b"] }] }, /never carry aws:SourceIdentity/],
  ["MFA of Identity Center", { administrators: [{ sso, mfa: true }] }, /mfa is true, but a session of IAM Identity Center never carries aws:MultiFactorAuthPresent: nobody could come in/],
  ["MFA of SAML", { administrators: [{ saml: role, mfa: true, sourceIdentity: ["a@b"] }] }, /a session that came by SAML never carries aws:MultiFactorAuthPresent/],
  ["SAML by anyone", { administrators: [{ saml: role }] }, /sourceIdentity is missing/],
  ["SAML by a pattern of any role", { administrators: [{ saml: "arn:aws:iam::111111111111:role/*", sourceIdentity: ["a@b"] }] }, /\.saml is .*three characters or more before the first \*/],
  ["SAML by a pattern of AWS's roles", { administrators: [{ saml: "arn:aws:iam::111111111111:role/aws-res*", sourceIdentity: ["a@b"] }] }, /\.saml is .*a role of your own, or a pattern/],
  ["a role by anyone", { administrators: [{ role }] }, /without MFA and without sourceIdentity/],
  ["a role of AWS's own", { administrators: [{ role: "arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_x", mfa: true }] }, /\.role is .*: the ARN of one role, without a wildcard and not one of AWS's own, is allowed/],
  ["everybody", { administrators: [{ user: "arn:aws:iam::111111111111:user/*" }] }, /\.user is .*without a wildcard/],
  ["a log that is none", { analysts: { trusted: [user], logs: ["vpc"] } }, /fall:people\.analysts\.logs\[0\] is "vpc": one of .*vpc-flow-log.* or "\*" is allowed/],
  ["nothing to read", { analysts: { trusted: [user] } }, /fall:people\.analysts reads nothing/],
  ["nobody to read", { analysts: { trusted: [], logs: ["*"] } }, /analysts\.trusted is \[\]: a list of at least one trusted principal is allowed/],
  ["accounts of no log", { temporary: [{ ...temporary, logs: [], accounts: ["444444444444"], prefixes: ["AWSLogs/444444444444/vpcflowlogs/"] }] }, /accounts is given without logs/],
  ["a prefix under which nothing is written", { temporary: [{ ...temporary, logs: [], prefixes: ["Logs/444444444444/"] }] }, /prefixes\[0\] is "Logs\/444444444444\/", under which nothing is written: a prefix within .*vpcflowlogs/],
  ["a prefix that is no path", { temporary: [{ ...temporary, prefixes: ["AWSLogs"] }] }, /prefixes\[0\] is "AWSLogs": a prefix of keys, ending with \/, is allowed/],
  ["an access that is over", { temporary: [{ ...temporary, until: "2027-02-28" }] }, /fall:people\.temporary\[0\]\.until is 2027-02-28, which is over: today or a later day is allowed/],
  ["an audit that is over", { auditors: [{ ...auditor, until: "2027-01-31" }] }, /auditors\[0\]\.until is 2027-01-31, which is over/],
  ["an audit that ends before it begins", { auditors: [{ ...auditor, from: "2028-01-01" }] }, /auditors\[0\]\.until is 2027-12-31, before from \(2028-01-01\)/],
  ["a day that is none", { auditors: [{ ...auditor, until: "2027-02-30" }] }, /until is "2027-02-30": a date in ISO 8601/],
  ["a name twice", { temporary: [temporary, temporary] }, /temporary\[1\]\.name is "incident" a second time/],
  ["a SIEM outside that is inside", { siem: [{ ...siem, account: "333333333333" }] }, /siem\[0\]\.outside is true, but 333333333333 is an account of this organization/],
  [
    "more principals than a trust policy holds",
    { analysts: { trusted: Array.from({ length: 12 }, (_, index) => ({ role: `${role}-of-many-${index}`, mfa: true, sourceIdentity: [`*@a-domain-of-its-own-${index}.example.com`] })), logs: ["*"] } },
    /fall:people\.analysts is too much for one role \(the trust policy of LogsReadOnlyFrequencyRole has \d+ characters; a trust policy may have 2048\): fewer principals/,
  ],
  [
    "more prefixes than a role's policy holds",
    { temporary: [{ ...temporary, logs: [], prefixes: Array.from({ length: 60 }, (_, index) => `AWSLogs/${444444444444 + index}/vpcflowlogs/eu-central-1/`) }] },
    /fall:people\.temporary\[0\] is too much for one role \(the policy of temporary-incident has \d+ characters/,
  ],
  [
    "more notices than an event pattern holds",
    { siem: [{ ...siem, queue: true, logs: [], prefixes: Array.from({ length: 20 }, (_, index) => `AWSLogs/${444444444444 + index}/vpcflowlogs/eu-central-1/2027/a-long-way/to-go/and-on/and-on/`) }] },
    /fall:people\.siem\[0\] is too much for one role \(the (event pattern|policy) of \S+/,
  ],
  ["a SIEM of what nobody is told of", { siem: [{ ...siem, logs: ["store-access"] }] }, /siem\[0\]\.logs\[0\] is "store-access": one of/],
  ["a SIEM without a secret", { siem: [{ ...siem, externalId: "x" }] }, /externalId is "x": 8 to 128/],
])("%s is refused in one line", (_what, people, line) => {
  const lines = linesFor({ people });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(line);
});

test("break-glass by a principal that never carries MFA is refused", () => {
  const [line] = linesFor({ breakGlass: ["arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admins_0123456789abcdef"] });
  expect(line).toMatch(/fall:breakGlass\[0\] is .*never carry aws:MultiFactorAuthPresent/);
});

const existing = "arn:aws:cloudtrail:eu-west-1:111111111111:trail/aws-controltower-BaselineCloudTrail";
test.each<[string, Record<string, unknown>, RegExp | undefined]>([
  ["an existing trail", { trail: { use: "existing", existing, exceptions: ["control-tower"] } }, undefined],
  ["an existing trail that nobody names", { trail: { use: "existing" } }, /fall:services\.trail\.existing is missing/],
  ["a trail beside ours", { trail: { existing } }, /trail\.existing is given although use is "create"/],
  ["a member's trail", { trail: { use: "existing", existing: existing.replace("111111111111", "444444444444") } }, /a trail of the management account 111111111111 is allowed/],
  ["an unknown landing zone", { config: { exceptions: ["everybody"] } }, /fall:services\.config\.exceptions\[0\] is "everybody": one of control-tower is allowed/],
  ["an unknown use", { guardDuty: { use: "yes" } }, /fall:services\.guardDuty\.use is "yes": one of create, existing, off is allowed/],
  ["days that CloudWatch Logs does not know", { trail: { streamDays: 2 } }, /fall:services\.trail\.streamDays is 2: 0 \(no stream\) or/],
])("%s", (_what, services, line) => {
  const lines = linesFor({ services });
  expect(lines).toHaveLength(line ? 1 : 0);
  if (line) expect(lines[0]).toMatch(line);
});
