/** Breakages above the accounts: the trail, control policies, the list of exclusions. */
import {
  AddTagsCommand, CloudTrailClient, CreateTrailCommand, DeleteTrailCommand, GetEventSelectorsCommand, GetInsightSelectorsCommand, GetTrailCommand, ListTagsCommand, PutEventSelectorsCommand, PutInsightSelectorsCommand,
  StartLoggingCommand, StopLoggingCommand, UpdateTrailCommand, type AdvancedEventSelector, type UpdateTrailCommandInput,
} from "@aws-sdk/client-cloudtrail";
import { AttachPolicyCommand, CreatePolicyCommand, DeletePolicyCommand, DetachPolicyCommand, OrganizationsClient, type PolicyType } from "@aws-sdk/client-organizations";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { trailArn } from "../../infra/documents/writers";
import { answering, atMember, type Bench, type Breakage, type Undo } from "./bench";

const trail = (bench: Bench) => bench.direct(bench.config.accounts.management).client(CloudTrailClient);
const aboutTrail = () => ({ source: "trail" });
const theTrail = (cause: string) => (bench: Bench) => ({ cause, what: trailArn(bench.config) });

/** The trail otherwise than it was deployed, and how to make it so again. */
const updated = (change: Omit<UpdateTrailCommandInput, "Name">, back: Omit<UpdateTrailCommandInput, "Name">) => async (bench: Bench): Promise<Undo> => {
  const put = (more: Omit<UpdateTrailCommandInput, "Name">) => trail(bench).send(new UpdateTrailCommand({ Name: trailArn(bench.config), ...more }));
  await put(change);
  return () => put(back);
};

const selectorsOf = async (bench: Bench): Promise<AdvancedEventSelector[]> => (await trail(bench).send(new GetEventSelectorsCommand({ TrailName: trailArn(bench.config) }))).AdvancedEventSelectors ?? [];
const select = (bench: Bench, AdvancedEventSelectors: AdvancedEventSelector[]) => trail(bench).send(new PutEventSelectorsCommand({ TrailName: trailArn(bench.config), AdvancedEventSelectors }));

/** Deletes the trail, and gives back what makes it anew as it was. */
async function deleted(bench: Bench): Promise<Undo> {
  const Name = trailArn(bench.config);
  const { Trail } = await trail(bench).send(new GetTrailCommand({ Name }));
  const selectors = await selectorsOf(bench);
  const { InsightSelectors } = await trail(bench).send(new GetInsightSelectorsCommand({ TrailName: Name }));
  const { ResourceTagList = [] } = await trail(bench).send(new ListTagsCommand({ ResourceIdList: [Name] }));
  await trail(bench).send(new DeleteTrailCommand({ Name: Trail!.Name }));
  return async () => {
    const { Name: name, S3BucketName, IncludeGlobalServiceEvents, IsMultiRegionTrail, LogFileValidationEnabled: EnableLogFileValidation, CloudWatchLogsLogGroupArn, CloudWatchLogsRoleArn, KmsKeyId, IsOrganizationTrail } = Trail!;
    await trail(bench).send(new CreateTrailCommand({ Name: name, S3BucketName, IncludeGlobalServiceEvents, IsMultiRegionTrail, EnableLogFileValidation, CloudWatchLogsLogGroupArn, CloudWatchLogsRoleArn, KmsKeyId, IsOrganizationTrail }));
    await select(bench, selectors);
    await trail(bench).send(new PutInsightSelectorsCommand({ TrailName: Name, InsightSelectors }));
    const TagsList = ResourceTagList.flatMap((one) => one.TagsList ?? []);
    if (TagsList.length > 0) await trail(bench).send(new AddTagsCommand({ ResourceId: Name, TagsList }));
    await trail(bench).send(new StartLoggingCommand({ Name }));
  };
}

/** Attaches a control policy of somebody else's. */
async function attached(bench: Bench, name: string, Type: PolicyType, TargetId: string, statement: object): Promise<Undo> {
  const organizations = bench.direct(bench.config.accounts.management).client(OrganizationsClient);
  const Content = JSON.stringify({ Version: "2012-10-17", Statement: [{ Sid: "Refused", Effect: "Deny", Resource: "*", ...statement }] });
  const { Policy } = await organizations.send(new CreatePolicyCommand({ Name: name, Description: name, Type, Content }));
  const PolicyId = Policy!.PolicySummary!.Id;
  await organizations.send(new AttachPolicyCommand({ PolicyId, TargetId }));
  return async () => {
    await organizations.send(new DetachPolicyCommand({ PolicyId, TargetId }));
    await organizations.send(new DeletePolicyCommand({ PolicyId }));
  };
}

export const organizationBreakages: readonly Breakage[] = [
  {
    name: "the trail's logging is stopped",
    asked: aboutTrail,
    plant: async (bench) => {
      const Name = trailArn(bench.config);
      await trail(bench).send(new StopLoggingCommand({ Name }));
      return () => trail(bench).send(new StartLoggingCommand({ Name }));
    },
    named: theTrail("trail-stopped"),
  },
  {
    name: "the trail writes to another bucket",
    asked: aboutTrail,
    plant: async (bench) => {
      const Name = trailArn(bench.config);
      await trail(bench).send(new UpdateTrailCommand({ Name, S3BucketName: "somebody-elses" }));
      return () => trail(bench).send(new UpdateTrailCommand({ Name, S3BucketName: bench.lab.world.names.logBucket("kms", bench.home) }));
    },
    named: theTrail("trail-elsewhere"),
  },
  {
    name: "the trail is no longer the organization's",
    asked: aboutTrail,
    plant: updated({ IsOrganizationTrail: false }, { IsOrganizationTrail: true }),
    named: theTrail("trail-narrowed"),
  },
  { name: "the trail is of one Region", asked: aboutTrail, plant: updated({ IsMultiRegionTrail: false }, { IsMultiRegionTrail: true }), named: theTrail("trail-narrowed") },
  { name: "the trail leaves out global services", asked: atMember("cloudfront"), plant: updated({ IncludeGlobalServiceEvents: false }, { IncludeGlobalServiceEvents: true }), named: theTrail("trail-narrowed") },
  { name: "the trail writes under a prefix", asked: aboutTrail, plant: updated({ S3KeyPrefix: "trails" }, { S3KeyPrefix: "" }), named: theTrail("trail-elsewhere") },
  {
    name: "the trail encrypts with a key of the management account",
    asked: aboutTrail,
    plant: (bench) => {
      const keyed = (account: string, alias: string) => ({ KmsKeyId: `arn:aws:kms:${bench.home}:${account}:${alias}` });
      return updated(keyed(bench.config.accounts.management, "alias/own"), keyed(bench.config.accounts.logArchive, bench.lab.world.names.trailKeyAlias))(bench);
    },
    named: theTrail("trail-key"),
  },
  { name: "the trail is deleted", asked: aboutTrail, plant: deleted, named: theTrail("trail-missing") },
  {
    name: "the trail records no management events",
    asked: atMember("alb"),
    plant: async (bench) => {
      const before = await selectorsOf(bench);
      await select(bench, before.slice(1));
      return () => select(bench, before);
    },
    named: theTrail("trail-selectors"),
  },
  {
    name: "the trail records management events that read alone",
    asked: aboutTrail,
    plant: async (bench) => {
      const [first, ...rest] = await selectorsOf(bench);
      await select(bench, [{ ...first, FieldSelectors: [...first!.FieldSelectors!, { Field: "readOnly", Equals: ["true"] }] }, ...rest]);
      return () => select(bench, [first!, ...rest]);
    },
    named: theTrail("trail-selectors"),
  },
  {
    name: "CloudTrail's last delivery failed",
    asked: aboutTrail,
    // Moto delivers nothing, so it never fails.
    plant: (bench) => Promise.resolve(answering(bench, "cloudtrail:GetTrailStatus", (body) => JSON.stringify({ ...(JSON.parse(body) as object), LatestDeliveryError: "AccessDenied" }))),
    named: theTrail("trail-delivery"),
  },
  {
    name: "CloudTrail has delivered nothing for a day",
    asked: aboutTrail,
    plant: (bench) => Promise.resolve(answering(bench, "cloudtrail:GetTrailStatus", (body) => JSON.stringify({ ...(JSON.parse(body) as object), LatestDeliveryTime: Date.now() / 1000 - 86_400 }))),
    named: theTrail("trail-stale"),
  },
  {
    name: "somebody asks about a VPC that is not there",
    asked: ({ member, home }) => ({ source: "vpc", account: member, region: home, resource: `arn:aws:ec2:${home}:${member}:vpc/vpc-00000000` }),
    plant: () => Promise.resolve(() => Promise.resolve()),
    named: ({ member, home }) => ({ cause: "not-seen", what: `arn:aws:ec2:${home}:${member}:vpc/vpc-00000000` }),
  },
  {
    name: "somebody asks about a VPC in a Region that is not governed",
    asked: ({ member }) => ({ account: member, region: "ap-southeast-2", resource: `arn:aws:ec2:ap-southeast-2:${member}:vpc/vpc-0a1b2c3d` }),
    plant: () => Promise.resolve(() => Promise.resolve()),
    named: ({ member }) => ({ cause: "region-not-governed", what: `arn:aws:ec2:ap-southeast-2:${member}:vpc/vpc-0a1b2c3d` }),
  },
  {
    name: "a service control policy refuses the enforcer",
    asked: atMember("vpc"),
    plant: (bench) => attached(bench, "network-freeze", "SERVICE_CONTROL_POLICY", bench.member, { Action: "ec2:CreateFlowLogs" }),
    named: () => ({ cause: "control-policy-on-enforcer", what: "network-freeze" }),
  },
  {
    name: "a service control policy above the account refuses the enforcer",
    asked: atMember("s3"),
    plant: (bench) => attached(bench, "no-deliveries", "SERVICE_CONTROL_POLICY", bench.lab.organization.ous.canary, { Action: "logs:PutDeliverySource" }),
    named: () => ({ cause: "control-policy-on-enforcer", what: "no-deliveries" }),
  },
  {
    name: "a resource control policy refuses the enforcer the archive's destinations",
    asked: atMember("alb"),
    plant: (bench) => attached(bench, "log-perimeter", "RESOURCE_CONTROL_POLICY", bench.config.accounts.logArchive, { Principal: "*", Action: "logs:CreateDelivery" }),
    named: () => ({ cause: "control-policy-on-enforcer", what: "log-perimeter" }),
  },
  {
    name: "a resource control policy keeps Lambda from the enforcer's role",
    asked: atMember("vpc"),
    plant: (bench) => attached(bench, "role-perimeter", "RESOURCE_CONTROL_POLICY", bench.member, { Principal: "*", Action: "sts:AssumeRole", Condition: { Bool: { "aws:PrincipalIsAWSService": "true" } } }),
    named: () => ({ cause: "control-policy-on-enforcer", what: "role-perimeter" }),
  },
  {
    name: "a resource control policy refuses the service that writes",
    asked: atMember("vpc"),
    plant: (bench) => attached(bench, "data-perimeter", "RESOURCE_CONTROL_POLICY", bench.config.accounts.logArchive, { Principal: "*", Action: "s3:PutObject", Condition: { StringNotEquals: { "aws:SourceVpc": "vpc-0a1b2c3d" } } }),
    named: () => ({ cause: "control-policy-on-writer", what: "data-perimeter" }),
  },
  {
    name: "a resource control policy refuses the service the key",
    asked: atMember("route53-resolver"),
    plant: (bench) => attached(bench, "key-perimeter", "RESOURCE_CONTROL_POLICY", bench.config.accounts.logArchive, { Principal: "*", Action: "kms:GenerateDataKey*" }),
    named: () => ({ cause: "control-policy-on-key", what: "key-perimeter" }),
  },
  {
    name: "the list of exclusions says that a source is only observed",
    asked: atMember("vpc"),
    plant: async (bench) => {
      const s3 = bench.direct(bench.config.accounts.delegated).client(S3Client);
      const at = { Bucket: bench.lab.world.names.codeBucket(bench.home), Key: bench.lab.world.names.exclusionsKey };
      const text = await (await s3.send(new GetObjectCommand(at))).Body!.transformToString();
      await s3.send(new PutObjectCommand({ ...at, Body: JSON.stringify({ ...(JSON.parse(text) as object), observe: [{ source: "vpc", account: "*" }] }) }));
      return () => s3.send(new PutObjectCommand({ ...at, Body: text }));
    },
    named: () => ({ cause: "observed-only", what: /exclusions\.json$/ }),
  },
  {
    name: "somebody asks about a bucket that is excluded",
    asked: ({ member, home }) => ({ account: member, region: home, resource: `arn:aws:s3:::excluded-${member}-us-east-1` }),
    // As it has been all along.
    plant: () => Promise.resolve(() => Promise.resolve()),
    named: ({ member }) => ({ cause: "excluded", what: `arn:aws:s3:::excluded-${member}-us-east-1` }),
  },
];
