/** What moto lacks and the proxy makes up for, for the lab's report. */
import type { Bridge } from "../moto/start";
import { recordersBridge } from "./recorders";

export const proxyBridges: readonly Bridge[] = [
  recordersBridge,
  {
    name: "authorisation",
    lacks: "service and resource control policies, resource policies and trust policies are stored and bind nobody",
    does: "every call is identified by its signature, judged by what is in force in moto at that moment, and refused before it reaches moto",
  },
  {
    name: "cloudtrail-events",
    lacks: "no call leaves a CloudTrail record, so no rule on one ever matches",
    does: "the proxy writes the record of each management call that changed something or was refused, in EventBridge's envelope",
  },
  {
    name: "cross-account-resources",
    lacks: "a queue, key, secret, function or table is looked for in the caller's own account, whatever ARN or URL names it",
    does: "once judged by both accounts' policies, the call is passed on in the name of the resource's owner",
  },
  {
    name: "caller-identity",
    lacks: "root users, AWS services and sessions that the lab registers are unknown to sts:GetCallerIdentity",
    does: "the proxy, which knows them, answers",
  },
  {
    name: "tagging-api",
    lacks: "tag:TagResources asks for no right on the tagged resource",
    does: "the service's own tagging action is judged for each resource, as AWS does",
  },
];
