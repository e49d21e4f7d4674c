import { ordinary } from "../../infra/documents/configurations-for-tests";
import { copyBucketPolicy } from "../../infra/documents/copy-bucket-policy";
import { logBucketPolicy } from "../../infra/documents/log-bucket-policy";
import { minified } from "../../infra/documents/policy";
import { namesFor } from "../../infra/names";
import { edited, short } from "../documents-for-tests";
import type { Cases } from "./case";

const { bucketArnOf } = namesFor(ordinary);
const bucketOf = (part: "storage" | "replica") => bucketArnOf(part, "kms", "us-east-1").replace("arn:aws:s3:::", "");
export const logBucket = (policy: string, part: "storage" | "replica" = "storage") => ({ type: "aws:s3/bucketPolicy:BucketPolicy", props: { bucket: bucketOf(part), policy, region: "us-east-1" }, account: "222222222222" });
const store = logBucketPolicy(ordinary, "us-east-1", "kms");
const copy = copyBucketPolicy(ordinary, { part: "replica", store: "kms", naming: "", region: "us-east-1" });

export const cases: Cases = {
  configuration: { ...ordinary, tier: "log-archive" },
  passes: { "a store": [logBucket(minified(store))], "a copy": [logBucket(minified(copy), "replica")] },
  fails: {
    "settings": [/nobody changes its settings/, logBucket(edited(store, "DeployRoleAloneConfigures"))],
    "replication paused": [/nobody changes its settings: .*s3:PauseReplication/, logBucket(edited(store, "DeployRoleAloneConfigures", short("s3:PauseReplication")))],
    "deletion": [/nobody destroys: .*s3:DeleteObject/, logBucket(edited(store, "NothingIsDestroyed", short("s3:DeleteObject*")))],
    "a person's write": [/no person writes: /, logBucket(edited(store, "ServicesAloneWrite"))],
    "outsiders": [/nobody from outside/, logBucket(edited(store, "OurOrganizationOnly"))],
    "no TLS": [/nothing without TLS/, logBucket(edited(store, "OverTlsOnly"))],
    "an old TLS": [/nothing over an old TLS/, logBucket(edited(store, "OverModernTlsOnly"))],
    "a copy written by others": [/replication alone writes/, logBucket(edited(copy, "ReplicationAloneWrites"), "replica")],
    "a copy's deletions": [/nobody destroys/, logBucket(edited(copy, "NothingIsDestroyed"), "replica")],
  },
};
