import { kept } from "../../infra/documents/configurations-for-tests";
import { type Cases, urn } from "./case";
import { BACKUP, bucket, copied, copyRule, REPLICA, STORE } from "../log-buckets-for-cases";

const both = (more: object = {}) => copied(STORE, copyRule(REPLICA, more), copyRule(BACKUP, { priority: 2 }));

const account = "222222222222";
const there = (props: object = {}) => [
  { ...bucket(BACKUP), account: "888888888888", props: { ...bucket(BACKUP).props, region: "eu-central-1" } },
  { type: "aws:kms/alias:Alias", name: "alias", account: "888888888888", props: { name: "alias/fall-log-storage", region: "eu-central-1", targetKeyId: "1" } },
  {
    ...copied(STORE, copyRule(REPLICA), copyRule(BACKUP, {
      priority: 2,
      destination: { bucket: `arn:aws:s3:::${BACKUP}`, account: "888888888888", accessControlTranslation: { owner: "Destination" }, encryptionConfiguration: { replicaKmsKeyId: "arn:aws:kms:eu-central-1:888888888888:key/1" }, ...props },
    })),
    dependencies: [urn("alias")],
  },
];
const store = { ...bucket(STORE), account };

export const cases: Cases = {
  configuration: kept,
  passes: { "to both": [bucket(STORE), both()], "a copy, which goes no further": [bucket(REPLICA)], "the backup's own": [store, ...there()] },
  fails: {
    "to nowhere": [/It is not copied\./, bucket(STORE)],
    "to the Region alone": [/not copied into arn:aws:s3:::aws-fall-log-backup-888888888888-eu-central-1/, bucket(STORE), copied(STORE, copyRule(REPLICA))],
    "to somebody else too": [/copied into arn:aws:s3:::own, which the configuration does not say/, bucket(STORE), copied(STORE, copyRule(REPLICA), copyRule(BACKUP), copyRule("own"))],
    "a rule that is off": [/not enabled/, bucket(STORE), both({ status: "Disabled" })],
    "a part": [/leaves objects out by a filter/, bucket(STORE), both({ filter: { prefix: "AWSLogs/4" } })],
    "with deletions": [/copies deletions/, bucket(STORE), both({ deleteMarkerReplication: { status: "Enabled" } })],
    "without what is encrypted": [/leaves out what is encrypted/, bucket(STORE), both({ sourceSelectionCriteria: undefined })],
    "a backup that stays the archive's": [/leaves the backup's objects to the archive's account/, store, ...there({ accessControlTranslation: undefined })],
    "a backup of another account": [/leaves the backup's objects to the archive's account/, store, ...there({ account: "999999999999" })],
    "a backup with the archive's key": [/encrypts copies with "arn:aws:kms:eu-central-1:222222222222:key\/1"; a key of this stack/, store, ...there({ encryptionConfiguration: { replicaKmsKeyId: `arn:aws:kms:eu-central-1:${account}:key/1` } })],
    "a backup without a key": [/encrypts copies with absent/, store, ...there({ encryptionConfiguration: undefined })],
    "by another role": [/It is copied by "arn:aws:iam::222222222222:role\/own"/, bucket(STORE), { ...both(), props: { ...both().props, role: "arn:aws:iam::222222222222:role/own" } }],
    "a copy that is copied on": [/A copy is copied on/, bucket(REPLICA), copied(REPLICA, copyRule("own"))],
  },
};
