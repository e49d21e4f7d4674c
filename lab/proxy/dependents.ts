/**
 * What a call has to be allowed besides itself: passing a role, tagging what it makes, setting up a log delivery.
 * AWS judges these with the caller's own rights.
 */
import { parameter, requestTags, text, texts, type Parameters } from "./parameters";
import type { Asked, Target } from "./targets";

/** Who will use a role that a call passes, where it is not `<service>.amazonaws.com`. */
const passedTo: Readonly<Record<string, string>> = {
  "ec2:CreateFlowLogs": "vpc-flow-logs.amazonaws.com",
  "ec2:RunInstances": "ec2.amazonaws.com",
  "s3:PutReplicationConfiguration": "s3.amazonaws.com",
};

/** Calls that name a role without handing it to a service. */
const passesNothing = /^(sts|iam|organizations|ram|secretsmanager|kms|logs:(Tag|Put(ResourcePolicy|DestinationPolicy))|.*:(Get|List|Describe))/;

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html */
function passedRoles({ action, parameters }: Asked): readonly Target[] {
  if (action === "iam:AddRoleToInstanceProfile" || passesNothing.test(action)) return [];
  const service = passedTo[action] ?? `${action.split(":")[0]}.amazonaws.com`;
  const roles = new Set([...texts(parameters)].filter(([field, value]) => /(role|rolearn|permissionarn)$/i.test(field) && /^arn:aws:iam::\d{12}:role\//.test(value)).map(([, value]) => value));
  return [...roles].map((resource) => ({ action: "iam:PassRole", resource, type: "role", context: { "iam:PassedToService": service } }));
}

/** A role goes into an instance profile as one is passed to EC2. */
async function profiledRole({ action, account, parameters, arnOf }: Asked): Promise<readonly Target[]> {
  const role = text(parameters, "RoleName");
  if (action !== "iam:AddRoleToInstanceProfile" || role === undefined) return [];
  const resource = (await arnOf("role", role)) ?? `arn:aws:iam::${account}:role/${role}`;
  return [{ action: "iam:PassRole", resource, type: "role", context: { "iam:PassedToService": "ec2.amazonaws.com" } }];
}

/** Tags given at creation: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html */
function tagging({ action, operation, parameters, account, region }: Asked, own: readonly Target[]): readonly Target[] {
  if (action.startsWith("ec2:")) {
    const specifications = parameter(parameters, "TagSpecifications");
    if (!Array.isArray(specifications)) return [];
    return (specifications as { ResourceType?: string; Tags?: { Key?: string; Value?: string }[] }[]).map(({ ResourceType: type = "*", Tags = [] }) => ({
      action: "ec2:CreateTags",
      resource: `arn:aws:ec2:${region}:${account}:${type}/*`,
      type,
      context: {
        "ec2:CreateAction": operation,
        "aws:TagKeys": Tags.map(({ Key = "" }) => Key),
        ...Object.fromEntries(Tags.map(({ Key = "", Value = "" }) => [`aws:RequestTag/${Key}`, Value])),
      },
    }));
  }
  if (Object.keys(requestTags(parameters)).length === 0 || !operation.startsWith("Create")) return [];
  const [service = ""] = action.split(":");
  const tagger = { elasticloadbalancing: "AddTags", cloudfront: "TagResource", iam: operation === "CreateRole" ? "TagRole" : operation === "CreateUser" ? "TagUser" : undefined, sqs: "TagQueue" }[service];
  if (tagger === undefined) return [];
  const context: Record<string, string> = service === "elasticloadbalancing" ? { "elasticloadbalancing:CreateAction": operation } : {};
  return own.map(({ resource, type }) => ({ action: `${service}:${tagger}`, resource: resource === "*" && service === "cloudfront" ? `arn:aws:cloudfront::${account}:distribution/*` : resource, ...(type !== undefined && { type }), context }));
}

/**
 * Log deliveries that the call sets up behind the scenes.
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-vended-logs-permissions-V2.html
 */
function deliveries({ action, parameters }: Asked): readonly Target[] {
  if (action === "ec2:CreateFlowLogs" && parameter(parameters, "LogDestinationType") === "s3") return [{ action: "logs:CreateLogDelivery", resource: "*" }];
  if (action === "ec2:DeleteFlowLogs") return [{ action: "logs:DeleteLogDelivery", resource: "*" }];
  const source = text(parameters, "resourceArn");
  if (action === "logs:PutDeliverySource" && source !== undefined) return [{ action: `${source.split(":")[2]}:AllowVendedLogDeliveryForResource`, resource: source }];
  return [];
}

const taggers: Readonly<Record<string, readonly [tag: string, untag: string]>> = {
  ec2: ["CreateTags", "DeleteTags"],
  elasticloadbalancing: ["AddTags", "RemoveTags"],
  iam: ["TagRole", "UntagRole"],
  s3: ["PutBucketTagging", "PutBucketTagging"],
  sqs: ["TagQueue", "UntagQueue"],
};

/** The tagging API calls each service's own tagging action, with the caller's rights. */
function taggedThrough({ action, parameters }: Asked): readonly Target[] {
  if (action !== "tag:TagResources" && action !== "tag:UntagResources") return [];
  const arns = parameter(parameters, "ResourceARNList");
  return (Array.isArray(arns) ? (arns as string[]) : []).map((resource) => {
    const service = resource.split(":")[2] ?? "";
    const [tag, untag] = taggers[service] ?? ["TagResource", "UntagResource"];
    return { action: `${service}:${action === "tag:TagResources" ? tag : untag}`, resource };
  });
}

const usesKey: Readonly<Record<string, string>> = { "s3:GetObject": "kms:Decrypt", "s3:GetObjectVersion": "kms:Decrypt", "s3:PutObject": "kms:GenerateDataKey" };

/** What an upload says of its encryption; CloudTrail's names the trail's key, and the trail as further context. */
function sentAlong(parameters: Parameters): { readonly key?: string; readonly context: Readonly<Record<string, string>> } {
  const context = text(parameters, "SSEKMSEncryptionContext");
  return { key: text(parameters, "SSEKMSKeyId"), context: context === undefined ? {} : (JSON.parse(Buffer.from(context, "base64").toString()) as Record<string, string>) };
}

/**
 * Amazon S3 uses the key of an encrypted object in the name of whoever reads or writes it, with the object's ARN as context.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
async function objectKeys({ encryptionOf, parameters }: Asked, own: readonly Target[]): Promise<readonly Target[]> {
  const targets = await Promise.all(
    own.map(async ({ action, resource }) => {
      const use = usesKey[action];
      const writes = use === "kms:GenerateDataKey";
      // What is written is encrypted as the bucket would, whatever lies there already.
      const found = use === undefined ? undefined : await encryptionOf?.(writes ? (resource.split("/")[0] ?? resource) : resource);
      if (use === undefined || !found) return [];
      const sent = writes ? sentAlong(parameters) : { context: {} };
      const about = { ...sent.context, "aws:s3:arn": resource };
      const context = {
        "kms:ViaService": `s3.${found.region}.amazonaws.com`,
        "kms:EncryptionContextKeys": Object.keys(about),
        ...Object.fromEntries(Object.entries(about).map(([key, value]) => [`kms:EncryptionContext:${key}`, value])),
      };
      return [{ action: use, resource: sent.key ?? found.key, type: "key", context }];
    }),
  );
  return targets.flat();
}

/** @param own what the call itself has to be allowed */
export async function dependentsOf(asked: Asked, own: readonly Target[]): Promise<readonly Target[]> {
  return [...passedRoles(asked), ...(await profiledRole(asked)), ...tagging(asked, own), ...deliveries(asked), ...taggedThrough(asked), ...(await objectKeys(asked, own))];
}
