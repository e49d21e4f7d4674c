import { ordinary } from "../../infra/documents/configurations-for-tests";
import { type Cases, type Given, scp, urn } from "./case";

const policy: Given = { ...scp({ Sid: "A", Effect: "Deny", Action: "s3:DeleteBucket", Resource: "*" }), name: "lock" };
const on = (target: string): Given => ({
  type: "aws:organizations/policyAttachment:PolicyAttachment",
  name: `lock-${target}`,
  props: { policyId: "lock", targetId: target },
  dependencies: [urn("lock")],
});

export const cases: Cases = {
  configuration: { ...ordinary, force: { rollout: "organization", canary: { ou: "ou-exam-canary01", accounts: ["444444444444"] } } },
  passes: { "a lock on the root": [policy, on("r-exam"), on("ou-exam-canary01")] },
  fails: {
    "a lock on one unit": [/attached to ou-exam-11111111, which leaves out every account outside.*222222222222.*attach it to r-exam/, policy, on("ou-exam-11111111")],
    "a lock on nothing": [/attached to nothing/, policy],
    "a lock on the canary alone, which is said": [/attached to ou-exam-canary01/, policy, on("ou-exam-canary01")],
    "no lock in the phase lock": [/no service control policy/, { type: "aws:s3/bucket:Bucket", props: { bucket: "x" } }],
  },
};
