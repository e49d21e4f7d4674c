import { kept, ordinary } from "../../infra/documents/configurations-for-tests";
import { type Cases } from "./case";
import { bucket, copied, copyRule, locked, REPLICA, STORE } from "../log-buckets-for-cases";

/** Not in place, and no mode demanded beyond what the examples ship. */
export const configuration = { ...kept, archive: { ...kept.archive, objectLock: { ...ordinary.archive.objectLock, kms: { mode: "compliance" as const, days: 400, inPlace: false } } } };

const copy = copied(STORE, copyRule(REPLICA));

export const cases: Cases = {
  configuration,
  passes: {
    "a store that is copied under lock": [bucket(STORE), copy, bucket(REPLICA), locked(REPLICA)],
    "a longer retention": [bucket(REPLICA), locked(REPLICA, 800)],
    "a store that is locked itself": [bucket(STORE), locked(STORE)],
  },
  fails: {
    "a store that is not copied": [/neither under Object Lock nor copied/, bucket(STORE)],
    "a store whose copy is not locked": [/copied into is not under Object Lock/, bucket(STORE), copy, bucket(REPLICA)],
    "a store that is copied out of sight": [/copied into is not under Object Lock/, bucket(STORE), copied(STORE, copyRule("elsewhere"))],
    "a copy without a lock": [/no Object Lock with a default retention/, bucket(REPLICA)],
    "a copy with a lock without retention": [/no Object Lock with a default retention/, bucket(REPLICA), locked(REPLICA, 0)],
    "a shorter retention": [/retention is 1 days; the configuration says 400/, bucket(REPLICA), locked(REPLICA, 1)],
    "a weaker mode": [/mode is "GOVERNANCE"; the configuration says COMPLIANCE/, bucket(REPLICA), locked(REPLICA, 400, "GOVERNANCE")],
  },
};
