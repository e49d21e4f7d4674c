/** The management account's own: control policies, the delegated administrator, the organization's trail. */
import { type AdvancedEventSelector, CloudTrailClient, CreateTrailCommand, DeleteTrailCommand, type InsightType, PutEventSelectorsCommand, PutInsightSelectorsCommand, StartLoggingCommand, UpdateTrailCommand } from "@aws-sdk/client-cloudtrail";
import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  DeletePolicyCommand,
  DeregisterDelegatedAdministratorCommand,
  DetachPolicyCommand,
  OrganizationsClient,
  type PolicyType,
  RegisterDelegatedAdministratorCommand,
  UpdatePolicyCommand,
} from "@aws-sdk/client-organizations";
import { type AnyHandler, type Context, handler, setting } from "../handler";

const organizations = ({ caller }: Context) => caller.client(OrganizationsClient);
const trails = ({ caller }: Context) => caller.client(CloudTrailClient);

interface Policy {
  readonly name: string;
  readonly description?: string;
  readonly type: PolicyType;
  readonly content: string;
}

interface Trail {
  readonly name: string;
  readonly s3BucketName: string;
  readonly kmsKeyId?: string;
  readonly isOrganizationTrail?: boolean;
  readonly isMultiRegionTrail?: boolean;
  readonly includeGlobalServiceEvents?: boolean;
  readonly enableLogFileValidation?: boolean;
  readonly cloudWatchLogsGroupArn?: string;
  readonly cloudWatchLogsRoleArn?: string;
  readonly insightSelectors?: readonly { readonly insightType: InsightType }[];
  readonly advancedEventSelectors?: readonly {
    readonly name: string;
    readonly fieldSelectors: readonly { readonly field: string; readonly equals?: string[]; readonly notEquals?: string[]; readonly startsWiths?: string[]; readonly notStartsWiths?: string[] }[];
  }[];
}

/** What the trail records is said by calls of their own. */
async function select(context: Context, { name, advancedEventSelectors = [], insightSelectors = [] }: Trail): Promise<void> {
  const AdvancedEventSelectors: AdvancedEventSelector[] = advancedEventSelectors.map(({ name: Name, fieldSelectors }) => ({
    Name,
    FieldSelectors: fieldSelectors.map(({ field, equals, notEquals, startsWiths, notStartsWiths }) => ({ Field: field, Equals: equals, NotEquals: notEquals, StartsWith: startsWiths, NotStartsWith: notStartsWiths })),
  }));
  await trails(context).send(new PutEventSelectorsCommand({ TrailName: name, AdvancedEventSelectors }));
  await trails(context).send(new PutInsightSelectorsCommand({ TrailName: name, InsightSelectors: insightSelectors.map(({ insightType }) => ({ InsightType: insightType })) }));
}

const trailInput = ({ name, s3BucketName, kmsKeyId, isOrganizationTrail, isMultiRegionTrail, includeGlobalServiceEvents, enableLogFileValidation, cloudWatchLogsGroupArn, cloudWatchLogsRoleArn }: Trail) => ({
  Name: name,
  S3BucketName: s3BucketName,
  KmsKeyId: kmsKeyId,
  IsOrganizationTrail: isOrganizationTrail,
  IsMultiRegionTrail: isMultiRegionTrail,
  IncludeGlobalServiceEvents: includeGlobalServiceEvents,
  EnableLogFileValidation: enableLogFileValidation,
  CloudWatchLogsLogGroupArn: cloudWatchLogsGroupArn,
  CloudWatchLogsRoleArn: cloudWatchLogsRoleArn,
});

interface Attachment {
  readonly policyId: string;
  readonly targetId: string;
}

interface Administrator {
  readonly accountId: string;
  readonly servicePrincipal: string;
}

export const organizationsHandlers: Readonly<Record<string, AnyHandler>> = {
  "aws:organizations/policy:Policy": handler<Policy>({
    async create(context, { name, description = "", type, content }) {
      const made = await organizations(context).send(new CreatePolicyCommand({ Name: name, Description: description, Type: type, Content: content }));
      const { Id, Arn } = made.Policy!.PolicySummary!;
      return { id: Id!, attributes: { arn: Arn! } };
    },
    async update(context, { name, description, content }, { made }) {
      await organizations(context).send(new UpdatePolicyCommand({ PolicyId: made.id, Name: name, Description: description, Content: content }));
      return made;
    },
    async remove(context, { id }) {
      await organizations(context).send(new DeletePolicyCommand({ PolicyId: id }));
    },
  }),
  "aws:organizations/policyAttachment:PolicyAttachment": handler<Attachment>({
    async create(context, { policyId, targetId }) {
      await organizations(context).send(new AttachPolicyCommand({ PolicyId: policyId, TargetId: targetId }));
      return { id: `${targetId}:${policyId}`, attributes: {} };
    },
    async remove(context, _, { policyId, targetId }) {
      await organizations(context).send(new DetachPolicyCommand({ PolicyId: policyId, TargetId: targetId }));
    },
  }),
  "aws:organizations/delegatedAdministrator:DelegatedAdministrator": setting<Administrator>(
    ({ accountId, servicePrincipal }) => `${accountId}/${servicePrincipal}`,
    (context, { accountId, servicePrincipal }) =>
      organizations(context).send(new RegisterDelegatedAdministratorCommand({ AccountId: accountId, ServicePrincipal: servicePrincipal })),
    (context, { accountId, servicePrincipal }) =>
      organizations(context).send(new DeregisterDelegatedAdministratorCommand({ AccountId: accountId, ServicePrincipal: servicePrincipal })),
  ),
  "aws:cloudtrail/trail:Trail": handler<Trail>({
    async create(context, props) {
      const { TrailARN } = await trails(context).send(new CreateTrailCommand(trailInput(props)));
      await trails(context).send(new StartLoggingCommand({ Name: TrailARN }));
      await select(context, props);
      return { id: TrailARN!, attributes: { arn: TrailARN!, homeRegion: context.region } };
    },
    async update(context, props, { made }) {
      await trails(context).send(new UpdateTrailCommand(trailInput(props)));
      await select(context, props);
      return made;
    },
    async remove(context, { id }) {
      await trails(context).send(new DeleteTrailCommand({ Name: id }));
    },
  }),
};
