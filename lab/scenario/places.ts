/** Workloads' own logs: each place takes from its writer and gives to its reader, and neither to anybody else; then one is retired. */
import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client, type PutObjectCommandInput } from "@aws-sdk/client-s3";
import { isDeepStrictEqual } from "node:util";
import { changesBetween } from "../../commands/onboard/changes";
import type { StoreClass } from "../../infra/names";
import { PLACE_SERVICE, type Person } from "../organization";
import { deploy } from "./go-live";
import type { Live } from "./go-live";
import type { Lab } from "./start";
import { makeTries, type Tries } from "./tries";

/** @param analyst a reader of the archive's own logs */
export async function usePlaces(lab: Lab, { graphs }: Live, analyst: Person, say: (line: string) => void): Promise<Pick<Tries, "checks" | "rows">> {
  const { world, proxy, callers, organization, deploys, samples } = lab;
  const { names } = world;
  const region = names.homeRegion;
  const [member, { delegated, logArchive }] = [organization.members[0]!, organization];
  const tries = makeTries(proxy);
  const { attempt, refused } = tries;
  const bucket = (store: StoreClass) => names.logBucket(store, region);
  const orders = { Bucket: bucket("places"), Key: "400d/orders-audit/log.json" };
  const payments = { Bucket: bucket("pii"), Key: "400d/payments/log.json" };

  const s3 = (person: Person) => callers(person, region).client(S3Client);
  const put = (person: Person, object: typeof orders, more: Partial<PutObjectCommandInput> = {}) => () => s3(person).send(new PutObjectCommand({ ...object, Body: "{}", ...more }));
  const get = (person: Person, object: typeof orders) => () => s3(person).send(new GetObjectCommand(object));
  const remove = (person: Person, object: typeof orders) => () => s3(person).send(new DeleteObjectCommand(object));

  const places = [
    { what: "orders-audit", object: orders, writer: member.developer, reader: delegated.developer },
    { what: "payments, personal data,", object: payments, writer: member.admin, reader: delegated.admin },
  ];
  for (const { what, object, writer, reader } of places) {
    await attempt(`the writer of ${what} writes`, put(writer, object));
    await attempt(`the reader of ${what} finds, reads and decrypts`, async () => {
      const { Contents = [] } = await s3(reader).send(new ListObjectsV2Command({ Bucket: object.Bucket, Prefix: object.Key.replace("log.json", "") }));
      if (!Contents.some(({ Key }) => Key === object.Key)) throw new Error("the log is not listed");
      await get(reader, object)();
    });
    await refused(`read ${what} as its writer`, "writer", get(writer, object));
    await refused(`delete from ${what} as its writer`, "writer", remove(writer, object));
    await refused(`write into ${what} as its reader`, "reader", put(reader, object));
    await refused(`write into ${what} as another user of the account`, "user", put(member.user, object));
    await refused(`read ${what} as an analyst of the archive's logs`, "analyst", get(analyst, object));
    await refused(`read ${what} as the archive's administrator`, "administrator", get(logArchive.admin, object));
    await refused(`delete from ${what} in a deployment`, "deploy role", remove(deploys["log-archive"].person, object));
    await refused(`write into ${what} with a key of the writer's own`, "writer", put(writer, object, { ServerSideEncryption: "aws:kms", SSEKMSKeyId: `arn:aws:kms:${region}:${member.id}:key/own` }));
    await refused(`write into ${what} without our key`, "writer", put(writer, object, { ServerSideEncryption: "AES256" }));
    await refused(`write beside ${what}`, "writer", put(writer, { ...object, Key: object.Key.replace("400d/", "30d/") }));
  }
  const [first, second] = places as [(typeof places)[0], (typeof places)[0]];
  await refused("write into another workload's place", "writer", put(first.writer, second.object));
  await refused("read another workload's place", "reader", get(second.reader, first.object));

  const mail = { Bucket: bucket("pii"), Key: "400d/mail/message" };
  /** A service that writes for an account, by the very call that it makes. */
  const service = (name: string, account: string): Person => ({ account: logArchive.id, credentials: proxy.registry.service(name, { account }) });
  const ses = service(PLACE_SERVICE, member.id);
  await attempt("the service that writes mail for its account writes", put(ses, mail));
  await attempt("the reader of mail reads and decrypts", get(delegated.admin, mail));
  await refused("write mail by that service for another account of the organization", PLACE_SERVICE, put(service(PLACE_SERVICE, samples.other), mail));
  await refused("write mail by that service for an account outside", PLACE_SERVICE, put(service(PLACE_SERVICE, organization.outside.id), mail));
  await refused("write mail by another service for the same account", "firehose.amazonaws.com", put(service("firehose.amazonaws.com", member.id), mail));
  await refused("write into another workload's place by that service", PLACE_SERVICE, put(ses, second.object));
  await refused("read mail by the service that writes it", PLACE_SERVICE, get(ses, mail));
  await refused("write mail as a role of the account that it is for", "administrator", put(member.admin, mail));

  const step = graphs["log-archive, a place retired"];
  const changes = changesBetween(graphs["log-archive"].graph, step.graph);
  const unlike = changes.filter(({ how, type }) => how !== "changed" || !/:(BucketPolicy|Key)$/.test(type));
  const policiesAlone = { name: "retiring a place changes policies alone", ok: changes.length > 0 && unlike.length === 0, detail: changes.map(({ how, type, name }) => `${how} ${type.split(":").at(-1)} ${name}`).join(", ") };
  await attempt("a place is retired, under the lock", () => deploy(lab, step, deploys["log-archive"].person, say));
  await refused("write into a place that is retired", "writer", put(first.writer, first.object));
  await refused("read a place that is retired", "reader", get(first.reader, first.object));
  await attempt("what a retired place holds stays, under the lifecycle that it had", async () => {
    const lifecycles = [graphs["log-archive"].graph, step.graph].map((graph) => graph.filter(({ type }) => type.endsWith(":BucketLifecycleConfiguration")).map(({ props }) => props));
    if (!isDeepStrictEqual(lifecycles[0], lifecycles[1])) throw new Error("a lifecycle has changed");
    const { Contents = [] } = await s3(logArchive.admin).send(new ListObjectsV2Command({ Bucket: first.object.Bucket }));
    if (!Contents.some(({ Key }) => Key === first.object.Key)) throw new Error("the log is gone");
  });
  await attempt("the other workload goes on writing", put(second.writer, second.object));
  return { checks: [...tries.checks, policiesAlone], rows: tries.rows };
}
