/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-add-config.html */
import type { Configuration } from "../../infra/config/configuration";
import { copiesOf } from "../../infra/documents/stores";
import { hasKey, namesFor } from "../../infra/names";
import { bucketNamed, partOf, settingOf, storeOf } from "../log-buckets";
import type { Bucket } from "../log-buckets";
import { verdict, type Rule } from "../rule";
import { list, pick, UNKNOWN } from "../subjects/plain";
import type { Plain } from "../subjects/plain";
import type { Resource, Subject } from "../subjects/subject";
import { at, said } from "../wanted";

const statusOf = (value: Plain | undefined) => pick(value, "status");

/** What makes a copy the copy's own: its account's, and encrypted with the key that is there. */
function notItsOwn(rule: Plain, { resource: setting, copy, backup }: { readonly resource: Resource; readonly copy: Bucket | undefined; readonly backup: string | undefined }, encrypted: boolean, siblings: readonly Subject[]): readonly string[] {
  const destination = pick(rule, "destination");
  const theirs = copy !== undefined && partOf(copy) === "backup";
  const key = at(destination, "encryptionConfiguration.replicaKmsKeyId");
  const { region } = copy?.resource.props ?? {};
  const account = theirs ? backup : copy?.resource.account;
  const there = siblings.some((other) => other.kind === "alias" && setting.dependencies.includes(other.resource.urn) && other.resource.props.region === region);
  return [
    ...(!theirs || (pick(destination, "account") === backup && at(destination, "accessControlTranslation.owner") === "Destination") ? [] : ["A rule of its replication leaves the backup's objects to the archive's account."]),
    ...(!encrypted || copy === undefined || (there && (key === UNKNOWN || String(key).startsWith(`arn:aws:kms:${String(region)}:${account ?? ""}`)))
      ? []
      : [`A rule of its replication encrypts copies with ${said(key)}; a key of this stack in ${String(region)} is allowed.`]),
  ];
}

/** What a rule leaves out, or copies besides. */
function faults(rule: Plain, encrypted: boolean): readonly string[] {
  const filter = pick(rule, "filter");
  const [prefix, tag, and] = [pick(filter, "prefix") ?? pick(rule, "prefix") ?? "", pick(filter, "tag"), pick(filter, "and")];
  return [
    ...(statusOf(rule) === "Enabled" ? [] : ["A rule of its replication is not enabled."]),
    ...(prefix === "" && tag === undefined && and === undefined ? [] : ["A rule of its replication leaves objects out by a filter."]),
    ...(statusOf(pick(rule, "deleteMarkerReplication")) === "Disabled" ? [] : ["A rule of its replication copies deletions."]),
    ...(!encrypted || statusOf(pick(pick(rule, "sourceSelectionCriteria"), "sseKmsEncryptedObjects")) === "Enabled" ? [] : ["A rule of its replication leaves out what is encrypted with a key."]),
  ];
}

/** Destinations against the configuration's. */
function elsewhere(bucket: Bucket, rules: readonly Plain[], config: Configuration): readonly string[] {
  const store = storeOf(bucket, config);
  if (!store) return [];
  const names = namesFor(config);
  const wanted = copiesOf(config, store).map(({ part, store: kind, region, naming }) => names.bucketArnOf(part, kind, region, naming));
  const found = rules.map((rule) => pick(pick(rule, "destination"), "bucket")).filter((value) => typeof value === "string");
  return [
    ...wanted.filter((arn) => !found.includes(arn)).map((arn) => `It is not copied into ${arn}.`),
    ...found.filter((arn) => !wanted.includes(arn)).map((arn) => `It is copied into ${arn}, which the configuration does not say.`),
  ];
}

export const rule: Rule = {
  requirement: "Every log bucket is copied whole to another Region, and to the backup account where there is one, without its deletions, and nowhere else.",
  needs: "siblings",
  judge: (subject, siblings, { configuration }) => {
    if (subject.kind !== "bucket" || partOf(subject) === undefined) return "not-applicable";
    const replication = settingOf(subject, "replication", siblings);
    const setting = siblings.find((other) => other.kind === "bucket-setting" && other.value === replication);
    if (partOf(subject) !== "storage") return verdict(replication === undefined ? [] : ["A copy is copied on."]);
    const rules = list(pick(replication, "rules"));
    if (rules.length === 0) return verdict(["It is not copied."]);
    const config = typeof configuration === "object" ? configuration : undefined;
    const store = config && storeOf(subject, config);
    const encrypted = store !== undefined && hasKey(store.store);
    const role = config && namesFor(config).roleArn(namesFor(config).roleName.replication, config.accounts.logArchive);
    const by = pick(replication, "role");
    return verdict([
      ...rules.flatMap((one) => faults(one, encrypted)),
      ...(config ? rules.flatMap((one) => notItsOwn(one, { resource: setting!.resource, copy: bucketNamed(at(one, "destination.bucket"), siblings), backup: config.accounts.backup }, encrypted, siblings)) : []),
      ...(role === undefined || by === role || by === UNKNOWN ? [] : [`It is copied by ${said(by)}; ${role} is allowed.`]),
      ...(config ? elsewhere(subject, rules, config) : []),
    ]);
  },
};
