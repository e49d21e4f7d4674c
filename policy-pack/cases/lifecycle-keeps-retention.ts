import { kept } from "../../infra/documents/configurations-for-tests";
import { type Cases } from "./case";
import { bucket, lifecycle, locked, REPLICA, STORE } from "../log-buckets-for-cases";

const rule = (prefix: string, days: number, noncurrentDays = 92) => ({ status: "Enabled", filter: { prefix }, expiration: { days }, noncurrentVersionExpiration: { noncurrentDays } });
const trail = "AWSLogs/o-exampleorgid/";

export const cases: Cases = {
  configuration: kept,
  passes: {
    "what the configuration says": [bucket(STORE), lifecycle(STORE, rule("AWSLogs/4", 500), rule(trail, 2_557))],
    "no lifecycle at all": [bucket(REPLICA), locked(REPLICA)],
    "a rule that is off": [bucket(STORE), lifecycle(STORE, { ...rule("", 1), status: "Disabled" })],
  },
  fails: {
    "a rule for everything": [/What begins "" expires after 500 days; the configuration keeps AWSLogs\/o-exampleorgid\/ for 2557/, bucket(STORE), lifecycle(STORE, rule("", 500))],
    "the trail too soon": [/expires after 400 days; the configuration keeps .* for 2557/, bucket(STORE), lifecycle(STORE, rule(trail, 400))],
    "an account's too soon": [/"AWSLogs\/444444444444\/" expires after 1 days/, bucket(STORE), lifecycle(STORE, rule("AWSLogs/444444444444/", 1))],
    "by a date": [/expires after 0 days/, bucket(STORE), lifecycle(STORE, { status: "Enabled", filter: { prefix: trail }, expiration: { date: "2027-01-01" } })],
    "what was overwritten": [/overwritten of .* is gone after 1 days/, bucket(STORE), lifecycle(STORE, rule(trail, 2_557, 1))],
    "before the lock ends": [/expires after 5 days, and is locked for 10/, bucket(REPLICA), locked(REPLICA, 10), lifecycle(REPLICA, rule("other/", 5))],
  },
};
