import { busPolicy } from "../../infra/documents/bus-policy";
import { ordinary } from "../../infra/documents/configurations-for-tests";
import { minified } from "../../infra/documents/policy";
import { edited, lacking, widened } from "../documents-for-tests";
import type { Cases } from "./case";

const given = (policy: string) => ({ type: "aws:cloudwatch/eventBusPolicy:EventBusPolicy", props: { eventBusName: "fall-outcomes", policy, region: "us-east-1" }, account: "333333333333" });
const bus = busPolicy(ordinary);

export const cases: Cases = {
  configuration: { ...ordinary, tier: "delegated" },
  passes: { "the bus": [given(minified(bus))] },
  fails: {
    "roles of that name of any organization": [/nothing else is allowed: .*PrincipalOrgID/, given(edited(bus, "OurRolesOfTheOrganization", lacking("StringEquals")))],
    "any role of the organization": [/nothing else is allowed/, given(edited(bus, "OurRolesOfTheOrganization", lacking("ArnLike")))],
    "an account beside": [/999999999999/, given(widened(bus, { Principal: { AWS: "arn:aws:iam::999999999999:root" }, Action: "events:PutEvents", Resource: "*" }))],
    "a bus that nobody may write to": [/OurRolesPutEvents is allowed/, given(edited(bus, "OurRolesOfTheOrganization", (one) => ({ ...one, Action: "events:DescribeEventBus" })))],
  },
};
