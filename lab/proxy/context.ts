/** The condition keys of a request. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
import { takesKey } from "./iam-data";
import { namedTagKeys, parameter, requestTags, text, type Parameters } from "./parameters";
import type { Identity } from "./registry";
import { levelsOf, type Organization, type PrincipalState, type ResourceState } from "./state";

/** What all requests of a call have in common. */
export interface Asking {
  readonly identity: Identity;
  readonly operation: string;
  readonly parameters: Parameters;
  readonly region: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

export type Keys = Record<string, string | readonly string[]>;

/** `o-a/r-b/ou-c/`, as aws:PrincipalOrgPaths writes it: without the account. */
function pathOf(organization: Organization, account: string): string | undefined {
  const levels = levelsOf(organization, account);
  return levels && `${[organization.id, ...levels.slice(0, -1)].join("/")}/`;
}

const kinds = { role: "AssumedRole", user: "User", root: "Account", "federated-user": "FederatedUser", federated: "Anonymous", service: "Service", anonymous: "Anonymous" } as const;

/** Keys of whoever asks; the same for every request of a call. */
export function principalKeys(identity: Identity, state: PrincipalState | null, organization: Organization | null): Keys {
  const { principal, viaService } = identity;
  const keys: Keys = {
    "aws:SecureTransport": "true",
    "aws:CurrentTime": new Date().toISOString(),
    "aws:EpochTime": String(Math.floor(Date.now() / 1000)),
    "aws:PrincipalType": kinds[principal.kind],
    "aws:PrincipalIsAWSService": String(principal.kind === "service"),
    "aws:ViaAWSService": String(viaService !== undefined),
    ...(viaService === undefined ? (principal.kind === "service" ? {} : { "aws:SourceIp": "198.51.100.7" }) : { "aws:CalledVia": [viaService], "aws:CalledViaFirst": viaService, "aws:CalledViaLast": viaService }),
  };
  if (principal.kind === "service") {
    const source = identity.context["aws:SourceAccount"];
    Object.assign(keys, { "aws:PrincipalServiceName": principal.arn, "aws:PrincipalServiceNamesList": [principal.arn] });
    if (organization && typeof source === "string" && organization.accounts.includes(source)) {
      Object.assign(keys, { "aws:SourceOrgID": organization.id, "aws:SourceOrgPaths": [pathOf(organization, source) ?? ""] });
    }
  } else if (principal.account !== "" && principal.kind !== "federated") {
    Object.assign(keys, { "aws:PrincipalArn": principal.arn, "aws:PrincipalAccount": principal.account });
    if (organization?.accounts.includes(principal.account)) {
      Object.assign(keys, { "aws:PrincipalOrgID": organization.id, "aws:PrincipalOrgPaths": [pathOf(organization, principal.account) ?? ""] });
    }
    for (const [key, value] of Object.entries(state?.tags ?? {})) keys[`aws:PrincipalTag/${key}`] = value;
  }
  return { ...keys, ...identity.context };
}

/** Keys of the resource: its owner, its tags where the action is judged by them, and what its state adds. */
export function resourceKeys(action: string, type: string | undefined, resource: ResourceState | undefined, organization: Organization | null): Keys {
  if (!resource) return {};
  const keys: Keys = { ...resource.keys };
  if (resource.account !== "") {
    keys["aws:ResourceAccount"] = resource.account;
    if (organization?.accounts.includes(resource.account)) {
      keys["aws:ResourceOrgID"] = organization.id;
      keys["aws:ResourceOrgPaths"] = [pathOf(organization, resource.account) ?? ""];
    }
  }
  const [service = ""] = action.split(":");
  for (const [key, value] of Object.entries(resource.tags)) {
    if (takesKey(action, `aws:ResourceTag/${key}`, type)) keys[`aws:ResourceTag/${key}`] = value;
    if (takesKey(action, `${service}:ResourceTag/${key}`, type)) keys[`${service}:ResourceTag/${key}`] = value;
  }
  return keys;
}

/** A condition key that repeats one parameter, by action. */
const repeated: Readonly<Record<string, readonly (readonly [key: string, parameter: string])[]>> = {
  "account:EnableRegion": [["account:TargetRegion", "RegionName"]],
  "account:DisableRegion": [["account:TargetRegion", "RegionName"]],
  "iam:CreateRole": [["iam:PermissionsBoundary", "PermissionsBoundary"]],
  "iam:PutRolePermissionsBoundary": [["iam:PermissionsBoundary", "PermissionsBoundary"]],
  "logs:PutDeliverySource": [["logs:LogGeneratingResourceArns", "resourceArn"]],
  "sts:AssumeRole": [["sts:ExternalId", "ExternalId"], ["sts:RoleSessionName", "RoleSessionName"], ["sts:SourceIdentity", "SourceIdentity"]],
};

/** Keys of what is asked for: Region, tags in the request, and the service's own. */
export function requestKeys(action: string, type: string | undefined, { operation, parameters, region, headers }: Asking): Keys {
  const keys: Keys = { "aws:RequestedRegion": region };
  const [service = ""] = action.split(":");
  if (service === "ec2") keys["ec2:Region"] = region;
  const tags = requestTags(parameters);
  const specified = parameter(parameters, "TagSpecifications");
  for (const one of Array.isArray(specified) ? (specified as { Tags?: { Key?: string; Value?: string }[] }[]) : []) Object.assign(tags, Object.fromEntries((one.Tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value])));
  const tagKeys = [...new Set([...Object.keys(tags), ...namedTagKeys(parameters)])];
  if (tagKeys.length > 0 && takesKey(action, "aws:TagKeys", type)) keys["aws:TagKeys"] = tagKeys;
  // What an untagging call lists are keys to go, not tags of the request.
  if (!/^(Untag|Remove|Delete)/.test(operation)) {
    for (const [key, value] of Object.entries(tags)) if (takesKey(action, `aws:RequestTag/${key}`, type)) keys[`aws:RequestTag/${key}`] = value;
  }
  for (const [key, name] of repeated[action] ?? []) {
    const value = text(parameters, name);
    if (value !== undefined) keys[key] = value;
  }
  const destination = parameter(parameters, "deliveryDestinationConfiguration") as Parameters | undefined;
  if (action === "logs:PutDeliveryDestination" && destination) keys["logs:DeliveryDestinationResourceArn"] = text(destination, "destinationResourceArn") ?? "";
  if (service === "s3") Object.assign(keys, s3Keys(parameters, headers));
  if (service === "kms") Object.assign(keys, encryptionContext(parameters));
  return keys;
}

function s3Keys(parameters: Parameters, headers: Readonly<Record<string, unknown>>): Keys {
  const keys: Keys = { "s3:TlsVersion": "1.3", "s3:authType": "REST-HEADER", "s3:signatureversion": "AWS4-HMAC-SHA256" };
  for (const [name, value] of Object.entries(headers)) if (name.startsWith("x-amz-") && typeof value === "string") keys[`s3:${name}`] = value;
  const configuration = parameter(parameters, "CreateBucketConfiguration") as Parameters | undefined;
  const location = configuration && text(configuration, "LocationConstraint");
  if (location !== undefined) keys["s3:LocationConstraint"] = location;
  for (const name of ["Prefix", "Delimiter", "VersionId"]) {
    const value = text(parameters, name);
    if (value !== undefined) keys[`s3:${name}`] = value;
  }
  return keys;
}

function encryptionContext(parameters: Parameters): Keys {
  const context = parameter(parameters, "EncryptionContext") as Readonly<Record<string, string>> | undefined;
  if (!context) return {};
  return { "kms:EncryptionContextKeys": Object.keys(context), ...Object.fromEntries(Object.entries(context).map(([key, value]) => [`kms:EncryptionContext:${key}`, value])) };
}
