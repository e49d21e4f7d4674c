import { kept } from "../../infra/documents/configurations-for-tests";
import { type Cases } from "./case";
import { BACKUP, bucket, copied, copyRule, REPLICA, STORE } from "../log-buckets-for-cases";

const both = (more: object = {}) => copied(STORE, copyRule(REPLICA, more), copyRule(BACKUP, { priority: 2 }));

export const cases: Cases = {
  configuration: kept,
  passes: { "to both": [bucket(STORE), both()], "a copy, which goes no further": [bucket(REPLICA)] },
  fails: {
    "to nowhere": [/It is not copied\./, bucket(STORE)],
    "to the Region alone": [/not copied into arn:aws:s3:::aws-fall-log-backup-888888888888-eu-central-1/, bucket(STORE), copied(STORE, copyRule(REPLICA))],
    "to somebody else too": [/copied into arn:aws:s3:::own, which the configuration does not say/, bucket(STORE), copied(STORE, copyRule(REPLICA), copyRule(BACKUP), copyRule("own"))],
    "a rule that is off": [/not enabled/, bucket(STORE), both({ status: "Disabled" })],
    "a part": [/leaves objects out by a filter/, bucket(STORE), both({ filter: { prefix: "AWSLogs/4" } })],
    "with deletions": [/copies deletions/, bucket(STORE), both({ deleteMarkerReplication: { status: "Enabled" } })],
    "without what is encrypted": [/leaves out what is encrypted/, bucket(STORE), both({ sourceSelectionCriteria: undefined })],
    "a copy that is copied on": [/A copy is copied on/, bucket(REPLICA), copied(REPLICA, copyRule("own"))],
  },
};
