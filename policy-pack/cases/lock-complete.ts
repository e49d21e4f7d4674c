import { ordinary } from "../../infra/documents/configurations-for-tests";
import { resourceControlPolicies } from "../../infra/documents/resource-control-policies";
import { serviceControlPolicies } from "../../infra/documents/service-control-policies";
import { type Cases, type Given, urn } from "./case";

const policy = (type: string, name: string): Given => ({ type: "aws:organizations/policy:Policy", name, props: { name, type, content: "{}" } });
const attachment = (of: string, targetId = "r-exam"): Given => ({ type: "aws:organizations/policyAttachment:PolicyAttachment", name: `${of}-${targetId}`, parent: urn(of), props: { policyId: "p-0123456789", targetId } });
const scps = serviceControlPolicies(ordinary).map(({ name }) => policy("SERVICE_CONTROL_POLICY", name));
const rcps = resourceControlPolicies(ordinary).map(({ name }) => policy("RESOURCE_CONTROL_POLICY", name));
const all = [...scps, ...rcps, ...[...scps, ...rcps].map(({ name }) => attachment(name!))];
const [first] = scps;
const but = (name: string) => all.filter((one) => one.name !== name);

export const cases: Cases = {
  configuration: ordinary,
  passes: { "every document at the root": all },
  fails: {
    "a document that is missing": [new RegExp(`The policy ${first!.name} is missing`), ...but(first!.name!)],
    "a document of the other type": [/its type is "RESOURCE_CONTROL_POLICY", "SERVICE_CONTROL_POLICY" is wanted/, ...but(first!.name!), policy("RESOURCE_CONTROL_POLICY", first!.name!)],
    "a document that is attached to nothing": [new RegExp(`The attachment of ${first!.name} to r-exam is missing`), ...but(`${first!.name}-r-exam`)],
    "a document that is attached elsewhere": [new RegExp(`The attachment of ${first!.name} to r-exam is missing`), ...but(`${first!.name}-r-exam`), attachment(first!.name!, "ou-exam-canary01")],
  },
};
