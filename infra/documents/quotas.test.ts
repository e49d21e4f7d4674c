import type { Configuration } from "../config/configuration";
import { backupKeyPolicy } from "./backup-key-policy";
import { peopled, placed } from "./configurations-for-tests";
import { copyBucketPolicy } from "./copy-bucket-policy";
import { deliveryDestinationPolicy } from "./delivery-destination-policy";
import { backupDeployPermissions } from "./deploy-storage";
import { logBucketPolicy, recordsBucketPolicy } from "./log-bucket-policy";
import { logKeyPolicy } from "./log-key-policy";
import { piiKeyPolicy } from "./pii-key-policy";
import { placeBucketPolicy } from "./place-bucket-policy";
import { quotas } from "./quotas";
import { readerRoles } from "./reader-roles";
import { replicationPermissions } from "./replication-role";
import { backupRecords } from "./stores";
import { trailKeyPolicy } from "./trail-key-policy";
import { breakGlassTrust } from "./trust-policies";

const region = "eu-central-1";
/** A prefix that goes beyond every quota. */
const huge: Configuration = { ...placed, people: peopled.people, prefix: "f".repeat(60_000) };
const longest = `arn:aws:iam::111111111111:role/${"r".repeat(3_000)}`;
const [own] = peopled.people.siem;
const strange: Configuration = { ...peopled, breakGlass: [longest], people: { ...peopled.people, administrators: [], analysts: { ...peopled.people.analysts!, trusted: [{ role: longest }] }, siem: [own!] } };

test.each<[what: string, quota: keyof typeof quotas, make: () => unknown]>([
  ["the backup's key policy", "key policy", () => backupKeyPolicy(huge, region)],
  [`the log key policy in ${region}`, "key policy", () => logKeyPolicy(huge, region)],
  [`the key policy of personal data in ${region}`, "key policy", () => piiKeyPolicy(huge, region)],
  ["the trail's key policy", "key policy", () => trailKeyPolicy(huge)],
  [`the log bucket policy of kms in ${region}`, "bucket policy", () => logBucketPolicy(huge, region, "kms")],
  ["the policy of the backup's records", "bucket policy", () => recordsBucketPolicy(huge, backupRecords(huge)!)],
  [`the policy of the replica of kms in ${region}`, "bucket policy", () => copyBucketPolicy(huge, { part: "replica", store: "kms", naming: "", region })],
  [`the policy of the pii bucket in ${region}, with 1 places,`, "bucket policy", () => placeBucketPolicy(huge, { part: "storage", store: "pii", naming: "", region })],
  [`the policy of the delivery destination alb-access in ${region}`, "delivery destination policy", () => deliveryDestinationPolicy(huge, "alb-access", region)],
  ["the policy of the deploy role in the backup account", "inline policy", () => backupDeployPermissions(huge, "888888888888")],
  ["the policy of the replication role", "inline policy", () => replicationPermissions(huge)],
  ["the policy of LogsReadOnlyFrequencyRole", "inline policy", () => readerRoles(huge)],
  ["the trust policy of LogsReadOnlyFrequencyRole", "trust policy", () => readerRoles(strange)],
  ["the trust policy of break-glass in log-archive", "trust policy", () => breakGlassTrust(strange, "log-archive")],
])("%s is refused in one line beyond what AWS takes", (what, quota, make) => {
  expect(make).toThrow(new RegExp(`^${what} has \\d+ characters; a ${quota} may have ${quotas[quota]}$`));
});
