/**
 * Operations of the organization's recorders that moto lacks, played with the little state that they have: what was made is
 * there, and a second one is refused.
 */
import { randomUUID } from "node:crypto";
import type { Bridge } from "../moto/start";
import type { AllowedCall, Answer, Handler } from "./types";

export const recordersBridge: Bridge = {
  name: "recorders",
  lacks: "IAM Access Analyzer, GuardDuty's publishing destinations, Security Hub's aggregators, and the end of their administrators' appointment",
  does: "once judged, the proxy notes what was made in which account and Region, and answers as AWS does",
};

const json = (status: number, body: object): Answer => ({ status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

/** @returns handlers by operation, for one organization */
export function recorderHandlers(): Readonly<Record<string, Handler>> {
  const made = new Set<string>();
  const at = ({ call }: AllowedCall, what: string) => `${call.account} ${call.region} ${what}`;
  const create = (what: string, answer: () => object): Handler => async (allowed) => {
    const place = at(allowed, what);
    if (made.has(place)) return json(409, { __type: "ConflictException", message: `${what} is there already` });
    made.add(place);
    return json(200, answer());
  };
  const remove = (what: string): Handler => async (allowed) => {
    made.delete(at(allowed, what));
    return json(200, {});
  };
  return {
    "access-analyzer:CreateAnalyzer": create("analyzer", () => ({ arn: "analyzer" })),
    "access-analyzer:DeleteAnalyzer": remove("analyzer"),
    "guardduty:CreatePublishingDestination": create("publishing destination", () => ({ destinationId: randomUUID().replaceAll("-", "") })),
    "guardduty:DisableOrganizationAdminAccount": remove("GuardDuty's administrator"),
    "securityhub:CreateFindingAggregator": create("finding aggregator", () => ({ FindingAggregatorArn: randomUUID() })),
    "securityhub:DisableOrganizationAdminAccount": remove("Security Hub's administrator"),
  };
}
