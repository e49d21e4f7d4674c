/** What a service does not say of an object's encryption the bucket says for it, and the bucket's policy refuses another. */
import { hasKey } from "../../infra/names";
import { settingOf, storeOf } from "../log-buckets";
import { verdict, type Rule } from "../rule";
import { list, pick, UNKNOWN } from "../subjects/plain";
import { canonicalType } from "../subjects/read";
import { at, said } from "../wanted";

export const rule: Rule = {
  requirement: "Every bucket says how its objects are encrypted; a log bucket with the key of its class, account and Region, without a bucket key, or with Amazon S3's own where its class has none.",
  needs: "siblings",
  judge: (subject, siblings, { configuration }) => {
    if (subject.kind !== "bucket") return "not-applicable";
    const setting = siblings.find((other) => other.kind === "bucket-setting" && other.setting === "encryption" && settingOf(subject, "encryption", siblings) === other.value);
    const value = setting?.kind === "bucket-setting" ? setting.value : undefined;
    const rules = list(pick(value, "rules") ?? at(value, "bucketEncryption.serverSideEncryptionConfiguration"));
    const byDefault = pick(rules[0], "applyServerSideEncryptionByDefault", "serverSideEncryptionByDefault");
    const algorithm = pick(byDefault, "sseAlgorithm");
    const store = typeof configuration === "object" ? storeOf(subject, configuration) : undefined;
    if (rules.length !== 1) return verdict([`It has ${rules.length} rules of encryption, one is allowed.`]);
    if (!store) return verdict(algorithm === "AES256" || algorithm === "aws:kms" ? [] : [`Its encryption is ${said(algorithm)}; "AES256" or "aws:kms" is allowed.`]);
    if (!hasKey(store.store)) return verdict(algorithm === "AES256" ? [] : [`Its encryption is ${said(algorithm)}; "AES256" is allowed in its class.`]);
    const { account } = subject.resource;
    const key = pick(byDefault, "kmsMasterKeyId", "kmsMasterKeyID");
    const aliases = siblings.filter((other) => other.kind === "alias" && setting?.resource.dependencies.includes(other.resource.urn));
    const known = key === UNKNOWN || (typeof key === "string" && key.startsWith(`arn:aws:kms:${store.region}:${account ?? ""}`));
    const named = aliases.some(({ resource }) => canonicalType(resource.type) === "kms:alias" && resource.props.region === store.region && resource.account === account);
    return verdict([
      ...(algorithm === "aws:kms" ? [] : [`Its encryption is ${said(algorithm)}; "aws:kms" is allowed in its class.`]),
      ...(known && named ? [] : [`Its key is ${said(key)}; a key of this stack in ${store.region} is allowed.`]),
      // A bucket key changes the encryption context, by which the key's policy tells logs apart.
      ...(pick(rules[0], "bucketKeyEnabled") === false || pick(rules[0], "bucketKeyEnabled") === undefined ? [] : ["It has a bucket key."]),
    ]);
  },
};
