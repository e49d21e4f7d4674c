import { type Cases } from "./case";
import { AUDIT, bucket, inventory, logging, STORE } from "../log-buckets-for-cases";

const audit = bucket(AUDIT);

export const cases: Cases = {
  passes: { "a store, and the bucket that takes its logs": [bucket(STORE), logging(STORE, AUDIT), inventory(STORE, AUDIT), audit] },
  fails: {
    "no access logs": [/no access logs/, bucket(STORE), inventory(STORE, AUDIT), audit],
    "no inventory": [/no inventory/, bucket(STORE), logging(STORE, AUDIT), audit],
    "an inventory that is off": [/no inventory/, bucket(STORE), logging(STORE, AUDIT), inventory(STORE, AUDIT, { enabled: false }), audit],
    "an inventory of what is newest": [/leaves out old versions/, bucket(STORE), logging(STORE, AUDIT), inventory(STORE, AUDIT, { includedObjectVersions: "Current" }), audit],
    "access logs in the store itself": [/access logs go to no bucket of the class audit/, bucket(STORE), logging(STORE, STORE), inventory(STORE, AUDIT), audit],
    "an inventory in the store itself": [/inventory goes to no bucket of the class audit/, bucket(STORE), logging(STORE, AUDIT), inventory(STORE, STORE), audit],
    "a circle": [/that never ends/, audit, logging(AUDIT, AUDIT)],
  },
};
