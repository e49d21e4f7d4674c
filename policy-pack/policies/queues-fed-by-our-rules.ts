/** What lies in a queue of ours was not enforced, or not told, yet: a forged message would drown it, a stranger's read hide it. */
import { namesFor } from "../../infra/names";
import { everybody } from "../everybody";
import { heldDocuments } from "../held-documents";
import { says } from "../meaning";
import { refersTo } from "../subjects/subject";

export const rule = heldDocuments({
  requirement: "A queue takes messages from EventBridge for rules of ours in its own account, over TLS, and from no other service or account.",
  universe: "Every principal of every account in any organization or none, every AWS service, federated and nameless callers; every action that the policy could allow, and all of Amazon SQS without TLS, on the queue.",
  notCovered: "What an identity policy of the queue's own account lets its principals do: that is the service control policies' to refuse. AWS Lambda writes a function's failures under the function's own role.",
  kind: "queue-policy",
  layer: "resource",
  meant: (config, { resource, owner }, { account, region }, siblings) => {
    const names = namesFor(config);
    const rule = (name: string) => `arn:aws:events:${region}:${account}:rule/${name}`;
    const rules: Readonly<Record<string, readonly string[]>> = {
      [names.deadLetterQueue]: [rule(`${names.prefix}-*`)],
      [names.notificationQueue]: [rule(`${names.bus}/*`)],
      [names.notificationDeadLetterQueue]: [rule(`${names.bus}/*`), rule(names.watcherFunction)],
      ...Object.fromEntries(config.people.siem.map((one) => [names.siemQueue(one.name), [rule(names.siemRule(one.name))]])),
      [names.siemDeadLetterQueue]: config.people.siem.map((one) => rule(names.siemRule(one.name))),
    };
    const owners = Array.isArray(owner) ? owner : [owner];
    const queue = siblings.find((one) => one.kind === "queue" && owners.some((value) => refersTo(resource, value, one.resource, one.names)));
    const name = queue?.kind === "queue" ? queue.names.find((one) => one in rules) : undefined;
    if (name === undefined) return undefined;
    const on = [`arn:aws:sqs:${region}:${account}:${name}`];
    return {
      on,
      grants: [
        {
          Sid: "OurRulesSend",
          Principal: { Service: "events.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: "*",
          Condition: { StringEquals: { "aws:SourceAccount": account }, ArnLike: { "aws:SourceArn": rules[name]! } },
        },
      ],
      refusals: [{ id: "nothing without TLS", principals: everybody, actions: ["sqs:*"], on, when: { "aws:securetransport": says(["false"]) } }],
    };
  },
});
