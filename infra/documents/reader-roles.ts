/**
 * The roles by which people and tools read the archive: one role a reader, with what it may read and until when.
 *
 * A date is a condition in both policies of the role, so an access ends by itself at its minute, without a deployment; what
 * is left is a role that nobody can assume and that may do nothing, and the next deployment, which refuses an entry that is
 * over, takes it away with the entry.
 */
import type { Condition, Permission } from "../../functions/sources/log-source";
import type { Configuration } from "../config/configuration";
import type { Reading } from "../config/people";
import { namesFor } from "../names";
import { archiveLogs, holdsPrefix, keysOf } from "./archive-logs";
import type { ArchiveLog } from "./archive-logs";
import { readableKinds } from "./audit-logs";
import { permissionPolicy } from "./permission-policy";
import { queryPermissions } from "./query-permissions";
import { tableOf } from "./tables";
import { document } from "./policy";
import type { PolicyDocument } from "./policy";
import { within } from "./quotas";
import { trustStatements } from "./trusted-people";

export interface ReaderRole {
  /** The role's name; its path is the project's. */
  readonly name: string;
  readonly description: string;
  readonly trust: PolicyDocument;
  readonly permissions: PolicyDocument;
}

interface Readable {
  /** ARNs of objects, as patterns; the Region is left open. */
  readonly objects: readonly string[];
  readonly buckets: readonly string[];
  /** What a listing may ask for. */
  readonly prefixes: readonly string[];
  readonly encrypted: boolean;
}

/** The kinds of log that a reader is given whole. */
function named(config: Configuration, { logs }: Pick<Reading, "logs">): readonly string[] {
  return [...logs, ...(logs.includes("*") ? archiveLogs(config).map(({ name }) => name) : [])];
}

/** The kinds of log of which a reader may read something. */
export function readableLogs(config: Configuration, what: Reading): readonly ArchiveLog[] {
  const whole = named(config, what);
  return readableKinds(config).filter((log) => whole.includes(log.name) || what.prefixes.some((prefix) => holdsPrefix(log, prefix)));
}

/** Where a reader's logs lie. The configuration was checked: every name and prefix is one of the archive's. */
export function readable(config: Configuration, what: Reading): Readable {
  const { logBucketArn } = namesFor(config);
  const { accounts, prefixes } = what;
  const whole = named(config, what);
  const found = readableKinds(config).flatMap((log) => {
    const all = whole.includes(log.name) ? keysOf(log, accounts) : [];
    const paths = prefixes.filter((prefix) => holdsPrefix(log, prefix)).map((prefix) => `${prefix}*`);
    return [...all, ...paths].map((keys) => ({ keys, bucket: logBucketArn(log.store, "*", log.naming), store: log.store }));
  });
  const once = (values: readonly string[]) => [...new Set(values)].sort();
  return {
    objects: once(found.map(({ bucket, keys }) => `${bucket}/${keys}`)),
    buckets: once(found.map(({ bucket }) => bucket)),
    prefixes: once(found.map(({ keys }) => keys)),
    encrypted: found.some(({ store }) => store === "kms"),
  };
}

/** From the first moment of one day, or from ever, to the last of another, in UTC. */
export const during = ({ from, until }: { readonly from?: string; readonly until: string }): Condition => ({
  ...(from !== undefined && { DateGreaterThanEquals: { "aws:CurrentTime": `${from}T00:00:00Z` } }),
  DateLessThanEquals: { "aws:CurrentTime": `${until}T23:59:59Z` },
});

/**
 * Finding and reading logs, with the key that each is encrypted with: of an object that Amazon S3 encrypts with a key the
 * encryption context is the object's ARN, so decrypting is confined to the very logs that may be read.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html#encryption-context
 */
function readingPermissions(config: Configuration, what: Reading, when: Condition): readonly Permission[] {
  const { objects, buckets, prefixes, encrypted } = readable(config, what);
  const key = `arn:aws:kms:*:${config.accounts.logArchive}:key/*`;
  return [
    { actions: ["s3:GetObject", "s3:GetObjectVersion"], resources: objects, condition: when },
    { actions: ["s3:ListBucket"], resources: buckets, condition: { ...when, StringLike: { "s3:prefix": prefixes } } },
    { actions: ["s3:GetBucketLocation"], resources: buckets, condition: when },
    ...(encrypted
      ? [
          {
            actions: ["kms:Decrypt"],
            resources: [key],
            condition: { ...when, StringLike: { "kms:ViaService": "s3.*.amazonaws.com", "kms:EncryptionContext:aws:s3:arn": objects } },
          },
        ]
      : []),
  ];
}

/** The same by Athena, for people who ask; of logs of which some may be read, the table. */
function asking(config: Configuration, role: string, what: Reading, when: Condition): readonly Permission[] {
  return queryPermissions(config, role, readableLogs(config, what).map(tableOf), when);
}

/** Told of new logs by a queue of its own in each Region. */
function listening(config: Configuration, name: string): readonly Permission[] {
  const queue = `arn:aws:sqs:*:${config.accounts.logArchive}:${namesFor(config).siemQueue(name)}`;
  return [{ actions: ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ReceiveMessage"], resources: [queue] }];
}

/** Every reader's role, in the order of the configuration. @throws Error in one line where a policy is beyond its quota */
export function readerRoles(config: Configuration): readonly ReaderRole[] {
  const { roleName } = namesFor(config);
  const { analysts, auditors, temporary, siem } = config.people;
  const role = (name: string, description: string, trust: PolicyDocument, permissions: readonly Permission[]): ReaderRole => ({
    name,
    description,
    trust: within("trust policy", `the trust policy of ${name}`, trust),
    permissions: within("inline policy", `the policy of ${name}`, permissionPolicy(permissions)),
  });
  // Of an account that may read, its own administrators say who does.
  const byAccount = (Sid: string, account: string, Condition: Condition) =>
    document([{ Sid, Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "sts:AssumeRole", Condition }]);
  return [
    ...(analysts
      ? [role(roleName.analysts, "Analysts: find, read and decrypt the kinds of log that the configuration names", document(trustStatements(analysts.trusted)), [...readingPermissions(config, analysts, {}), ...asking(config, roleName.analysts, analysts, {})])]
      : []),
    ...auditors.map((one) =>
      role(roleName.auditor(one.name), `Auditor from ${one.from} until ${one.until}`, document(trustStatements(one.trusted, during(one))), [
        ...readingPermissions(config, one, during(one)),
        ...asking(config, roleName.auditor(one.name), one, during(one)),
      ]),
    ),
    ...temporary.map((one) =>
      role(
        roleName.temporary(one.name),
        `Read access of ${one.account} until ${one.until}`,
        byAccount("TemporaryReaders", one.account, { StringEquals: { "aws:PrincipalOrgID": config.organizationId }, ...during(one) }),
        readingPermissions(config, one, during(one)),
      ),
    ),
    ...siem.map((one) =>
      role(
        roleName.siem(one.name),
        `Security tooling of ${one.account}`,
        byAccount("SecurityTooling", one.account, {
          StringEquals: { "sts:ExternalId": one.externalId, ...(!one.outside && { "aws:PrincipalOrgID": config.organizationId }) },
        }),
        [...readingPermissions(config, one, {}), ...(one.queue ? listening(config, one.name) : [])],
      ),
    ),
  ];
}

/** The roles of the people who ask by Athena, each with a workgroup of its name; tools and other accounts read by themselves. */
export function askingRoles({ people, ...scope }: Configuration): readonly string[] {
  const { roleName } = namesFor(scope);
  return [...(people.analysts ? [roleName.analysts] : []), ...people.auditors.map(({ name }) => roleName.auditor(name))];
}

/** The ARNs of the readers' roles, exact, of roles in the archive. */
export function readerArns(config: Configuration): readonly string[] {
  const { roleArn, roleName, accounts } = namesFor(config);
  const { analysts, auditors, temporary, siem } = config.people;
  const names = [
    ...(analysts ? [roleName.analysts] : []),
    ...auditors.map(({ name }) => roleName.auditor(name)),
    ...temporary.map(({ name }) => roleName.temporary(name)),
    ...siem.map(({ name }) => roleName.siem(name)),
  ];
  return names.map((name) => roleArn(name, accounts.logArchive));
}
