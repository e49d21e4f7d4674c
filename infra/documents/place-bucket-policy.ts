/**
 * The policy of a bucket that workloads write to: each writer puts under its own place's keys, each reader reads there, and nobody
 * else writes, reads, deletes or weakens.
 *
 * Unlike at the other stores, service control policies deny neither writing nor reading here: whom the configuration names may be in
 * any account, and is admitted by a deployment of this stack alone. So the policy itself refuses everybody else, the archive's own
 * principals too.
 */
import type { Configuration } from "../config/configuration";
import { namesFor } from "../names";
import { bucketRefusals, denyAll, encryptionRefusals, writing } from "./bucket-refusals";
import { exemptPrincipals, unless } from "./exempt";
import { placeBucketGrants, placesIn } from "./places";
import { document } from "./policy";
import type { PolicyDocument, Statement } from "./policy";
import { within } from "./quotas";
import type { Store } from "./stores";

/** An object, whole or in parts; not its tags, its retention or who owns it. */
const putting = ["s3:AbortMultipartUpload", "s3:PutObject"];

/** By prefix, so that a new way of reading an object is among them. */
const reading = ["s3:GetObject", "s3:GetObjectA*", "s3:GetObjectT*", "s3:GetObjectV*"];

const objectsOf = (statements: readonly Statement[]) => [...new Set(statements.filter(({ Sid }) => Sid.startsWith("Write")).map(({ Resource }) => String(Resource)))];

/** @throws Error in one line where the policy is beyond Amazon S3's quota: some fifteen places a class and Region */
export function placeBucketPolicy(config: Configuration, at: Store): PolicyDocument {
  const { store, region, part, naming } = at;
  const bucket = namesFor(config).bucketArnOf(part, store, region, naming);
  const places = placesIn(config, region, store);
  const grants = places.flatMap((place) => placeBucketGrants(config, place));
  const writers = places.flatMap(({ writer }) => (typeof writer === "string" ? [writer] : []));
  const served = writers.length < places.length;
  const readers = [...new Set([...places.flatMap((place) => place.readers), exemptPrincipals(config).replication])];
  const objects = objectsOf(grants);
  const policy = document([
    ...grants,
    ...bucketRefusals(config, at),
    // Nobody writes where there is no place: then nothing more has to be said of how.
    ...(places.length === 0 ? [] : encryptionRefusals(config, bucket, at)),
    denyAll("WritersAloneWrite", putting, `${bucket}/*`, {
      ...(served && { BoolIfExists: { "aws:PrincipalIsAWSService": "false" } }),
      ...(writers.length > 0 && unless(writers)),
    }),
    denyAll("NothingIsAddedToThem", writing.filter((action) => !putting.includes(action)), `${bucket}/*`),
    denyAll("ReadersAloneRead", reading, `${bucket}/*`, unless(readers)),
    ...(places.length === 0 ? [] : [{ Sid: "NoOtherKeys", Effect: "Deny" as const, Principal: "*" as const, Action: "s3:PutObject", NotResource: objects }]),
  ]);
  return within("bucket policy", `the policy of the ${store} bucket in ${region}, with ${places.length} places,`, policy);
}
