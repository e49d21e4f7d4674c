/** What each condition key can be in the requests of one action on one type of resource. */
import type { KeyDomain, Universe } from "../prover/types";
import { isKey, type ActionFacts, type ResourceType } from "./facts";
import { globalKey, type Kind } from "./global-keys";
import { account, anything, truth } from "./languages";

const absent: KeyDomain = { kind: "absent" };

/** A key that nobody has said anything of: there or not, with any value. A statement that hangs on it fails closed. */
const unknown: KeyDomain = { kind: "free", presence: "either", many: false, values: anything };

/** Keys whose presence is the action's to say though their name begins with `aws:`. */
const ofAction = /^aws:(requesttag|resourcetag)\/|^aws:tagkeys$/;

/**
 * The actions that don't support aws:ResourceAccount.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceaccount
 */
const withoutResourceAccount =
  /^(ebs:.*|auditmanager:UpdateAssessmentFrameworkShare|detective:AcceptInvitation|ds:AcceptSharedDirectory|ec2:(AcceptTransitGatewayPeeringAttachment|AcceptVpcEndpointConnections|AcceptVpcPeeringConnection|CreateTransitGatewayPeeringAttachment|CreateVpcEndpoint|CreateVpcPeeringConnection)|events:PutEvents|guardduty:AcceptAdministratorInvitation|macie2:AcceptInvitation|es:AcceptInboundConnection|route53:(AssociateVpcWithHostedZone|CreateVPCAssociationAuthorization)|securityhub:AcceptAdministratorInvitation)$/i;

/**
 * The domains of the keys of one action on one type of resource.
 *
 * - a global key is as its table says, tags as AWS's data says of the action and the type
 * - a key of the action's service that it lists for the action or the type may be there or not
 * - a key that it lists for other actions only, and any other service's, is absent
 * - any other key is one that nobody knows: there or not, any value
 *
 * @param type undefined for an action that takes no resource
 */
export function domainOf(facts: ActionFacts, type: ResourceType | undefined): Universe["domain"] {
  const listed = [...facts.keys, ...(type?.keys ?? [])];
  const [service = ""] = facts.name.toLowerCase().split(":");
  return (name, kind) => {
    const key = name.toLowerCase();
    if (key === "aws:resourceaccount" || key === "s3:resourceaccount") return resourceAccount(facts, type);
    if (key === "kms:calleraccount") return callerAccount(kind);
    if (ofAction.test(key)) {
      const one = listed.find((template) => isKey(template, key));
      return one === undefined ? absent : { ...unknown, many: key === "aws:tagkeys" };
    }
    const known = globalKey(key);
    if (known) return known.domain[kind] ?? known.domain.rest;
    const one = listed.find((template) => isKey(template, key));
    if (one !== undefined) return ofType(facts.serviceKeys[one]);
    // An identity provider's keys (`token.actions.githubusercontent.com:sub`) are those of the one that federates.
    const [prefix = ""] = key.split(":");
    if (prefix === service) return Object.keys(facts.serviceKeys).some((template) => isKey(template, key)) ? absent : unknown;
    return /^[a-z0-9-]+$/.test(prefix) && prefix !== "aws" && prefix !== "saml" ? absent : unknown;
  };
}

/** The account in the ARN; where it has none (a bucket's), one that the ARN does not tell. */
function resourceAccount({ name }: ActionFacts, type: ResourceType | undefined): KeyDomain {
  if (type === undefined || withoutResourceAccount.test(name)) return { kind: "free", presence: "either", many: false, values: account };
  if (type.arn.split(":")[4] === "") return { kind: "free", presence: "always", many: false, values: account };
  return { kind: "resource-account" };
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-caller-account */
const callerAccount = (kind: Kind): KeyDomain =>
  kind === "service" || kind === "federated" || kind === "anonymous" ? unknown : { kind: "principal-account" };

/** @param type of a service's key in AWS's data: `String`, `ARN`, `Bool`, `Numeric`, `Date`, `IPAddress`, or `ArrayOf` one */
function ofType(type = "String"): KeyDomain {
  return { kind: "free", presence: "either", many: type.startsWith("ArrayOf"), values: type.endsWith("Bool") ? truth : anything };
}
