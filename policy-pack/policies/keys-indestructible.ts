/** A key that is gone takes every log with it that it encrypted; a grant lets in past the policy. */
import { but, everybody } from "../everybody";
import { heldDocuments } from "../held-documents";
import { keepersOf } from "../archive";
import { keyOf, uses } from "../keys";

export const rule = heldDocuments({
  requirement: "A key of the archive refuses everybody but break-glass to destroy or disable it, to stop its rotation, to re-import it or to grant it, and everybody but break-glass and its deploy role to change its policy, its aliases or its replicas.",
  universe: "Every principal of every account in any organization or none, the account's root among them, every AWS service, federated and nameless callers, on the key.",
  notCovered: "What break-glass does: every use of it is told. kms:RetireGrant of who retires a grant of his own; there is none.",
  kind: "key-policy",
  layer: "resource",
  meant: (config, subject, place, siblings) => {
    const key = keyOf(config, subject, place, siblings);
    if (!key) return undefined;
    const { deploying, administrator } = keepersOf(config, key.part);
    const on = [key.arn];
    return {
      on,
      refusals: [
        { id: "nobody destroys or grants", principals: but(everybody, [administrator]), actions: [...uses.destroying, ...uses.opening], on },
        { id: "nobody moves it", principals: but(everybody, [administrator, deploying]), actions: uses.moving, on },
      ],
    };
  },
});
