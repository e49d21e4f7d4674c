/**
 * The global condition keys: whether a request has one, and what it may say.
 *
 * After "Availability", "Data type" and "Value type" of each key in
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html and the table of principal key
 * values in https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable.
 * Where the page leaves room, more is taken to be possible: a request too many can only make a goal harder to prove.
 * What depends on the action (tags in the request and on the resource) is in `domain.ts`.
 */
import type { KeyDomain, PrincipalSet } from "../prover/types";
import { account, anything, exactly, organization, organizationPath, region, servicePrincipal, something, truth } from "./languages";

export type Kind = PrincipalSet["kind"];

type Free = Extract<KeyDomain, { kind: "free" }>;

const always = (values: Free["values"], many = false): KeyDomain => ({ kind: "free", presence: "always", many, values });
const either = (values: Free["values"], many = false): KeyDomain => ({ kind: "free", presence: "either", many, values });
const absent: KeyDomain = { kind: "absent" };
/** The time of the request. */
const date: KeyDomain = { kind: "free", presence: "always", many: false, values: anything, type: "Date" };

export interface GlobalKey {
  /** As AWS writes it; `*` at the end stands for a tag's key. */
  readonly key: string;
  /** By kind of principal; `rest` for those that are not named. */
  readonly domain: Readonly<Partial<Record<Kind, KeyDomain>>> & { readonly rest: KeyDomain };
}

const everyone = (key: string, rest: KeyDomain): GlobalKey => ({ key, domain: { rest } });
const only = (key: string, domain: Readonly<Partial<Record<Kind, KeyDomain>>>): GlobalKey => ({ key, domain: { ...domain, rest: absent } });

/** Principals of an account. */
const ofMembers = (domain: KeyDomain) => ({ role: domain, user: domain, root: domain, "federated-user": domain });
/** Embedded in a role's session token when the session begins. */
const inRoleSession = (key: string, values: Free["values"]) => only(key, { role: either(values) });
/** A service that acts for a resource says whose it is; not every one does. */
const ofSource = (key: string, values: Free["values"], many = false) => only(key, { service: either(values, many) });
/** Forwarded with the caller's own credentials, so never by a service as itself. */
const forwarded = (key: string, values: Free["values"], many = false) => only(key, ofMembers(either(values, many)));

export const globalKeys: readonly GlobalKey[] = [
  // The principal.
  only("aws:PrincipalArn", ofMembers({ kind: "principal-arn" })),
  // In every request, the page says; what it says for those that have no account it leaves open.
  {
    key: "aws:PrincipalAccount",
    domain: { ...ofMembers({ kind: "principal-account" }), anonymous: always(exactly("anonymous")), rest: either(anything) },
  },
  only("aws:PrincipalOrgID", ofMembers(always(organization))),
  only("aws:PrincipalOrgPaths", ofMembers(always(organizationPath, true))),
  only("aws:PrincipalTag/*", { role: either(anything), user: either(anything), "federated-user": either(anything), federated: either(anything) }),
  { key: "aws:PrincipalIsAWSService", domain: { service: always(exactly("true")), anonymous: absent, rest: always(exactly("false")) } },
  only("aws:PrincipalServiceName", { service: { kind: "principal-arn" } }),
  only("aws:PrincipalServiceNamesList", { service: always(servicePrincipal, true) }),
  {
    key: "aws:PrincipalType",
    domain: {
      role: always(exactly("AssumedRole")), user: always(exactly("User")), root: always(exactly("Account")),
      "federated-user": always(exactly("FederatedUser")), anonymous: always(exactly("Anonymous")), rest: always(something),
    },
  },
  {
    key: "aws:userid",
    domain: {
      role: always(exactly("AROA?*:?*")), user: always(exactly("AIDA?*")), root: { kind: "principal-account" },
      "federated-user": always(exactly("????????????:?*")), anonymous: always(exactly("anonymous")), rest: always(something),
    },
  },
  only("aws:username", { user: always(something) }),

  // The session.
  only("aws:AssumedRoot", { root: either(exactly("true")) }),
  only("aws:FederatedProvider", { role: either(something), federated: either(something) }),
  // A role and a federated user have temporary credentials only; a user and the root may have either kind.
  only("aws:TokenIssueTime", { role: always(something), "federated-user": always(something), user: either(something), root: either(something) }),
  only("aws:SignInSessionArn", ofMembers(either(something))),
  only("aws:MultiFactorAuthAge", ofMembers(either(something))),
  only("aws:MultiFactorAuthPresent", ofMembers(either(truth))),
  inRoleSession("aws:ChatbotSourceArn", something),
  inRoleSession("aws:Ec2InstanceSourceVpc", something),
  inRoleSession("aws:Ec2InstanceSourcePrivateIPv4", something),
  only("aws:SourceIdentity", { role: either(something), federated: either(something) }),
  only("aws:ViaCustomerDomain", ofMembers(either(account))),
  inRoleSession("ec2:RoleDelivery", something),
  inRoleSession("ec2:SourceInstanceArn", something),
  inRoleSession("glue:RoleAssumedBy", exactly("glue.amazonaws.com")),
  inRoleSession("glue:CredentialIssuingService", exactly("glue.amazonaws.com")),
  inRoleSession("codebuild:BuildArn", something),
  inRoleSession("codebuild:ProjectArn", something),
  inRoleSession("lambda:SourceFunctionArn", something),
  inRoleSession("ssm:SourceInstanceArn", something),
  inRoleSession("identitystore:UserId", something),

  // The network.
  everyone("aws:SourceIp", either(something)),
  everyone("aws:SourceVpc", either(something)),
  everyone("aws:SourceVpcArn", either(something)),
  everyone("aws:SourceVpce", either(something)),
  everyone("aws:VpceAccount", either(account)),
  everyone("aws:VpceOrgID", either(organization)),
  everyone("aws:VpceOrgPaths", either(organizationPath, true)),
  everyone("aws:VpcSourceIp", either(something)),

  // The resource; aws:ResourceAccount and aws:ResourceTag depend on the action.
  everyone("aws:ResourceOrgID", either(organization)),
  everyone("aws:ResourceOrgPaths", either(organizationPath, true)),

  // The request; aws:RequestTag and aws:TagKeys depend on the action.
  forwarded("aws:CalledVia", servicePrincipal, true),
  forwarded("aws:CalledViaFirst", servicePrincipal),
  forwarded("aws:CalledViaLast", servicePrincipal),
  forwarded("aws:CalledViaAWSMCP", servicePrincipal),
  everyone("aws:ViaAWSService", always(truth)),
  forwarded("aws:ViaAWSMCPService", truth),
  everyone("aws:CurrentTime", date),
  everyone("aws:EpochTime", date),
  everyone("aws:referer", either(something)),
  everyone("aws:RequestedRegion", always(region)),
  everyone("aws:SecureTransport", always(truth)),
  ofSource("aws:SourceAccount", account),
  ofSource("aws:SourceArn", something),
  ofSource("aws:SourceOrgID", organization),
  ofSource("aws:SourceOrgPaths", organizationPath, true),
  // Amazon SNS and SES send it beside aws:SourceAccount; it is no longer on the page.
  ofSource("aws:SourceOwner", account),
  everyone("aws:UserAgent", either(anything)),
  everyone("aws:IsMcpServiceAction", either(truth)),
];

const exact = new Map(globalKeys.map((one) => [one.key.toLowerCase(), one]));
const prefixed = globalKeys.filter(({ key }) => key.endsWith("*")).map((one) => [one.key.slice(0, -1).toLowerCase(), one] as const);

/** The row of a key, named in any case; undefined if it is not in the table. */
export function globalKey(key: string): GlobalKey | undefined {
  const name = key.toLowerCase();
  return exact.get(name) ?? prefixed.find(([start]) => name.startsWith(start) && name.length > start.length)?.[1];
}
