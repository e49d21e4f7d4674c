/** A key policy is the only door to a key: what it does not allow, no identity policy can. */
import { heldDocuments } from "../held-documents";
import { administration, encryption, keyOf, reading } from "../keys";

export const rule = heldDocuments({
  requirement: "With a key of the archive the services encrypt the logs that they write for this organization, readers and the replication decrypt or copy through Amazon S3, the deploy role and break-glass administer, and nobody does what is another's.",
  universe: "Every principal of every account in any organization or none, every AWS service acting for whomever, with any encryption context; every action that the policy could allow, on the key.",
  notCovered: "Grants of AWS KMS, which nobody is let make. Whether a service sends the keys that its documentation names.",
  kind: "key-policy",
  layer: "resource",
  meant: (config, subject, place, siblings) => {
    const key = keyOf(config, subject, place, siblings);
    return key && { on: [key.arn], grants: [...administration(config, key, place), ...encryption(config, key, place), ...reading(config, key, place)] };
  },
});
