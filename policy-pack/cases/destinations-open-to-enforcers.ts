import { ordinary } from "../../infra/documents/configurations-for-tests";
import { deliveryDestinationPolicy } from "../../infra/documents/delivery-destination-policy";
import { minified } from "../../infra/documents/policy";
import { also, edited, lacking } from "../documents-for-tests";
import type { Cases } from "./case";

const given = (policy: string, name = "fall-alb-access") => ({
  type: "aws:cloudwatch/logDeliveryDestinationPolicy:LogDeliveryDestinationPolicy",
  props: { deliveryDestinationName: name, deliveryDestinationPolicy: policy, region: "us-east-1" },
  account: "222222222222",
});
const destination = deliveryDestinationPolicy(ordinary, "alb-access", "us-east-1");

export const cases: Cases = {
  configuration: { ...ordinary, tier: "log-archive" },
  passes: { "a destination": [given(minified(destination))] },
  fails: {
    "any organization delivers": [/nothing else is allowed/, given(edited(destination, "EnforcersDeliver", lacking("StringEquals")))],
    "everybody of the organization delivers": [/nothing else is allowed/, given(edited(destination, "EnforcersDeliver", lacking("ArnLike")))],
    "enforcers change the destination": [/nothing else is allowed: .*DeleteDeliveryDestination/, given(edited(destination, "EnforcersDeliver", also("logs:DeleteDeliveryDestination")))],
    "another source's enforcer": [/EnforcersDeliver is allowed: .*enforcer-nlb/, given(minified(destination), "fall-nlb-access")],
    "a destination that nobody knows": [/Nobody has said/, given(minified(destination), "fall-else")],
  },
};
