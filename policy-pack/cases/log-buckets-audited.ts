import { type Cases } from "./case";
import { AUDIT, BACKUP, bucket, inventory, logging, RECORDS, STORE } from "../log-buckets-for-cases";

const audit = bucket(AUDIT);

export const cases: Cases = {
  passes: {
    "a store, and the bucket that takes its logs": [bucket(STORE), logging(STORE, AUDIT), inventory(STORE, AUDIT), audit],
    "a backup, and the bucket in its account": [bucket(BACKUP), logging(BACKUP, RECORDS), inventory(BACKUP, RECORDS), bucket(RECORDS)],
  },
  fails: {
    "no access logs": [/no access logs/, bucket(STORE), inventory(STORE, AUDIT), audit],
    "no inventory": [/no inventory/, bucket(STORE), logging(STORE, AUDIT), audit],
    "an inventory that is off": [/no inventory/, bucket(STORE), logging(STORE, AUDIT), inventory(STORE, AUDIT, { enabled: false }), audit],
    "an inventory of what is newest": [/leaves out old versions/, bucket(STORE), logging(STORE, AUDIT), inventory(STORE, AUDIT, { includedObjectVersions: "Current" }), audit],
    "access logs in the store itself": [/access logs go to no bucket of the class audit/, bucket(STORE), logging(STORE, STORE), inventory(STORE, AUDIT), audit],
    "an inventory in the store itself": [/inventory goes to no bucket of the class audit/, bucket(STORE), logging(STORE, AUDIT), inventory(STORE, STORE), audit],
    "a backup without access logs": [/no access logs/, bucket(BACKUP), inventory(BACKUP, RECORDS), bucket(RECORDS)],
    "records of the records": [/that never ends/, bucket(RECORDS), logging(RECORDS, RECORDS)],
    "a circle": [/that never ends/, audit, logging(AUDIT, AUDIT)],
  },
};
