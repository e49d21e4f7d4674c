/** Who gets into the archive: each role does what it is for, and nothing else; nobody else becomes one. */
import { AthenaClient, StartQueryExecutionCommand } from "@aws-sdk/client-athena";
import { GetBucketPolicyCommand, DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Person } from "../organization";
import type { Lab } from "./start";
import { storedObject } from "./stored";
import { makeTries, type Tries } from "./tries";

interface Entry {
  readonly role: string;
  readonly from: Person;
  readonly externalId?: string | undefined;
  readonly sourceIdentity?: string;
}

/** @returns what held, and what was refused; a call that should be refused and is not has slipped */
export async function handOut(lab: Lab): Promise<Pick<Tries, "checks" | "rows"> & { readonly analyst: Person }> {
  const { world, proxy, callers, organization, samples } = lab;
  const { names } = world;
  const region = names.homeRegion;
  const archive = organization.logArchive.id;
  const member = organization.members[0]!;
  const { other } = samples;
  const tries = makeTries(proxy);
  const { attempt, refused } = tries;

  const flow = (account: string) => storedObject(samples, `AWSLogs/${account}/vpcflowlogs/`);
  const { Bucket: kms } = flow(member.id);
  const configuration = storedObject(samples, "/ConfigHistory/");
  const inventory = { Bucket: names.logBucket("audit", region), Key: "inventory/of-a-store/manifest.json" };

  const saying = (person: Person, context: Readonly<Record<string, string>>): Person => ({ account: person.account, credentials: proxy.registry.saying(person.credentials, context) });
  const withMfa = (person: Person) => saying(person, { "aws:MultiFactorAuthPresent": "true" });
  const analyst = saying(member.developer, { "aws:SourceIdentity": "analyst@example.com" });
  const entries: Readonly<Record<string, Entry>> = {
    administrator: { role: names.roleName.administrator, from: withMfa(organization.management.user) },
    analyst: { role: names.roleName.analysts, from: analyst, sourceIdentity: "analyst@example.com" },
    auditor: { role: names.roleName.auditor("annual"), from: withMfa(member.user) },
    "temporary reader": { role: names.roleName.temporary("incident"), from: member.admin },
    SIEM: { role: names.roleName.siem("own"), from: organization.delegated.admin, externalId: "the-labs-external-id" },
    vendor: { role: names.roleName.siem("vendor"), from: organization.vendor.admin, externalId: "the-vendors-external-id" },
  };
  async function become({ role, from, externalId, sourceIdentity }: Entry): Promise<Person> {
    const asked = new AssumeRoleCommand({ RoleArn: names.roleArn(role, archive), RoleSessionName: "lab", ExternalId: externalId, SourceIdentity: sourceIdentity });
    const { Credentials } = await callers(from, region).client(STSClient).send(asked);
    return { account: archive, credentials: { accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: Credentials!.SecretAccessKey!, sessionToken: Credentials!.SessionToken! } };
  }
  const people: Record<string, Person> = {};
  for (const [who, entry] of Object.entries(entries))
    await attempt(`the ${who} comes in`, async () => {
      people[who] = await become(entry);
    });
  const s3 = (who: string) => {
    const person = people[who];
    if (!person) throw new Error(`the ${who} never came in`);
    return callers(person, samples.region).client(S3Client);
  };
  type Of = ReturnType<typeof flow>;
  const get = (who: string, object: Of) => s3(who).send(new GetObjectCommand(object));

  const readers = ["analyst", "auditor", "temporary reader", "SIEM", "vendor"];
  for (const who of readers) await attempt(`the ${who} reads a flow log and decrypts it`, () => get(who, flow(member.id)));
  await attempt("the auditor finds the logs of its prefix", () => s3("auditor").send(new ListObjectsV2Command({ Bucket: kms, Prefix: `AWSLogs/${member.id}/vpcflowlogs/` })));
  await attempt("the analyst reads another account's flow log", () => get("analyst", flow(other)));
  const ask = (who: string, role: string) =>
    callers(people[who]!, region).client(AthenaClient).send(new StartQueryExecutionCommand({ QueryString: "SELECT 1", WorkGroup: names.logWorkgroup(role), ResultConfiguration: {} }));
  for (const [who, role] of [["analyst", names.roleName.analysts], ["auditor", names.roleName.auditor("annual")]] as const) await attempt(`the ${who} asks by Athena`, () => ask(who, role));
  await attempt("the SIEM looks into its queue", () =>
    callers(people.SIEM!, region).client(SQSClient).send(new GetQueueAttributesCommand({ QueueUrl: `https://sqs.${region}.amazonaws.com/${archive}/${names.siemQueue("own")}`, AttributeNames: ["ApproximateNumberOfMessages"] })),
  );
  await attempt("the administrator looks at a store's policy", () => s3("administrator").send(new GetBucketPolicyCommand({ Bucket: kms })));

  await refused("read a log as administrator", "administrator", () => get("administrator", flow(member.id)));
  await refused("delete a log as administrator", "administrator", () => s3("administrator").send(new DeleteObjectCommand(flow(member.id))));
  for (const who of readers) {
    await refused(`write a log as ${who}`, who, () => s3(who).send(new PutObjectCommand({ ...flow(member.id), Body: "nothing happened" })));
    await refused(`delete a log as ${who}`, who, () => s3(who).send(new DeleteObjectCommand(flow(member.id))));
    await refused(`read an inventory of a store as ${who}`, who, () => get(who, inventory));
  }
  await refused("ask in the analysts' workgroup, where their results are", "auditor", () => ask("auditor", names.roleName.analysts));
  await refused("ask by Athena without a workgroup", "temporary reader", () => ask("temporary reader", "of-nobody"));
  for (const who of ["auditor", "temporary reader", "SIEM", "vendor"]) await refused(`read a configuration as ${who}`, who, () => get(who, configuration));
  for (const who of ["auditor", "temporary reader", "vendor"]) await refused(`read another account's flow log as ${who}`, who, () => get(who, flow(other)));
  await refused("list another account's logs as auditor", "auditor", () => s3("auditor").send(new ListObjectsV2Command({ Bucket: kms, Prefix: `AWSLogs/${other}/` })));
  await refused("list everything as auditor", "auditor", () => s3("auditor").send(new ListObjectsV2Command({ Bucket: kms })));
  await refused("become administrator without MFA", "user", () => become({ ...entries.administrator!, from: organization.management.user }));
  await refused("become administrator from another account", "user with MFA", () => become({ ...entries.administrator!, from: withMfa(member.user) }));
  await refused("become analyst without a source identity", "developer", () => become({ role: names.roleName.analysts, from: member.developer }));
  await refused("become analyst by a source identity that the session does not have", "developer", () => become({ role: names.roleName.analysts, from: member.developer, sourceIdentity: "analyst@example.com" }));
  await refused("become auditor without MFA", "user", () => become({ ...entries.auditor!, from: member.user }));
  await refused("become SIEM without the external id", "administrator", () => become({ role: names.roleName.siem("own"), from: organization.delegated.admin }));
  const { vendor } = entries;
  await refused("become vendor without the external id", "vendor", () => become({ ...vendor!, externalId: undefined }));
  await refused("become vendor by another's external id", "vendor", () => become({ ...vendor!, externalId: "the-labs-external-id" }));
  await refused("become vendor from within the organization", "administrator", () => become({ ...vendor!, from: organization.delegated.admin }));
  await refused("become the organization's SIEM", "vendor", () => become({ ...entries.SIEM!, from: organization.vendor.admin }));
  await refused("become analyst", "vendor", () => become({ ...entries.analyst!, from: organization.vendor.admin }));
  await refused("read a log without becoming anybody", "vendor", () => callers(organization.vendor.admin, region).client(S3Client).send(new GetObjectCommand(flow(member.id))));
  await refused("become temporary reader from another account", "administrator", () => become({ ...entries["temporary reader"]!, from: organization.delegated.admin }));
  // The clock is the caller's to set here as it is AWS's there: what a session says of the time is judged like any key.
  const over = { account: archive, credentials: proxy.registry.saying(people.auditor!.credentials, { "aws:CurrentTime": "3000-01-01T00:00:00Z" }) };
  await refused("read a log when the audit is over", "auditor", () => callers(over, samples.region).client(S3Client).send(new GetObjectCommand(flow(member.id))));
  await world.idle();
  return { checks: tries.checks, rows: tries.rows, analyst: people.analyst! };
}
