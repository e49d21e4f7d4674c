/** The organization's recorders: AWS Config, GuardDuty, Security Hub, Access Analyzer. */
import {
  ConfigServiceClient,
  DeleteConfigurationAggregatorCommand,
  DeleteConfigurationRecorderCommand,
  DeleteDeliveryChannelCommand,
  DescribeConfigurationRecordersCommand,
  PutConfigurationAggregatorCommand,
  PutConfigurationRecorderCommand,
  PutDeliveryChannelCommand,
  StartConfigurationRecorderCommand,
  StopConfigurationRecorderCommand,
} from "@aws-sdk/client-config-service";
import { type AnyHandler, type Context, handler, setting } from "../handler";
import { restCall, type RestCall } from "../signed-query";

const configService = ({ caller }: Context) => caller.client(ConfigServiceClient);

/** Services whose SDK client the project does not otherwise need. */
const call = ({ endpoint, region, credentials }: Context, service: string, method: RestCall["method"], path: string, body?: RestCall["body"]) =>
  restCall({ endpoint, region, credentials, service, method, path, ...(body && { body }) });

interface Recorder {
  readonly Name: string;
  readonly RoleARN: string;
  readonly RecordingGroup: { readonly AllSupported: boolean; readonly IncludeGlobalResourceTypes: boolean };
}
interface Channel {
  readonly Name: string;
  readonly S3BucketName: string;
  readonly S3KeyPrefix?: string;
}

/** CloudFormation makes recorder and channel side by side, and the channel when the recorder is there. */
async function recorderIsThere(context: Context): Promise<void> {
  for (let left = 200; left > 0; left--) {
    const { ConfigurationRecorders = [] } = await configService(context).send(new DescribeConfigurationRecordersCommand({}));
    if (ConfigurationRecorders.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error("the delivery channel waited for a recorder that never came");
}

const administrator = (service: string, enable: string, disable: string, parameter: string): AnyHandler =>
  setting<{ adminAccountId: string }>(
    ({ adminAccountId }) => adminAccountId,
    (context, { adminAccountId }) => call(context, service, "POST", enable, { [parameter]: adminAccountId }),
    (context, { adminAccountId }) => call(context, service, "POST", disable, { [parameter]: adminAccountId }),
  );

export const recordersHandlers: Readonly<Record<string, AnyHandler>> = {
  "AWS::Config::ConfigurationRecorder": setting<Recorder>(
    ({ Name }) => Name,
    (context, { Name, RoleARN, RecordingGroup }) =>
      configService(context).send(
        new PutConfigurationRecorderCommand({
          ConfigurationRecorder: { name: Name, roleARN: RoleARN, recordingGroup: { allSupported: RecordingGroup.AllSupported, includeGlobalResourceTypes: RecordingGroup.IncludeGlobalResourceTypes } },
        }),
      ),
    async (context, { Name }) => {
      await configService(context).send(new StopConfigurationRecorderCommand({ ConfigurationRecorderName: Name }));
      await configService(context).send(new DeleteConfigurationRecorderCommand({ ConfigurationRecorderName: Name }));
    },
  ),
  "AWS::Config::DeliveryChannel": setting<Channel>(
    ({ Name }) => Name,
    async (context, { Name, S3BucketName, S3KeyPrefix }) => {
      await recorderIsThere(context);
      await configService(context).send(new PutDeliveryChannelCommand({ DeliveryChannel: { name: Name, s3BucketName: S3BucketName, s3KeyPrefix: S3KeyPrefix } }));
      await configService(context).send(new StartConfigurationRecorderCommand({ ConfigurationRecorderName: Name }));
    },
    async (context, { Name }) => {
      // AWS keeps the channel of a recorder that records.
      await configService(context).send(new StopConfigurationRecorderCommand({ ConfigurationRecorderName: Name }));
      await configService(context).send(new DeleteDeliveryChannelCommand({ DeliveryChannelName: Name }));
    },
  ),
  "aws:cfg/configurationAggregator:ConfigurationAggregator": setting<{ name: string; organizationAggregationSource: { regions: string[]; roleArn: string } }>(
    ({ name }) => name,
    (context, { name, organizationAggregationSource: { regions, roleArn } }) =>
      configService(context).send(new PutConfigurationAggregatorCommand({ ConfigurationAggregatorName: name, OrganizationAggregationSource: { AwsRegions: regions, RoleArn: roleArn } })),
    (context, { name }) => configService(context).send(new DeleteConfigurationAggregatorCommand({ ConfigurationAggregatorName: name })),
  ),
  "aws:guardduty/organizationAdminAccount:OrganizationAdminAccount": administrator("guardduty", "/admin/enable", "/admin/disable", "adminAccountId"),
  "aws:guardduty/detector:Detector": handler<{ enable: boolean; findingPublishingFrequency?: string }>({
    async create(context, { enable, findingPublishingFrequency }) {
      const { detectorId } = await call(context, "guardduty", "POST", "/detector", { enable, findingPublishingFrequency });
      const id = String(detectorId);
      return { id, attributes: { arn: `arn:aws:guardduty:${context.region}:${context.account}:detector/${id}` } };
    },
    remove: async (context, { id }) => void (await call(context, "guardduty", "DELETE", `/detector/${id}`)),
  }),
  "aws:guardduty/publishingDestination:PublishingDestination": setting<{ detectorId: string; destinationArn: string; kmsKeyArn: string }>(
    ({ detectorId }) => `${detectorId}:destination`,
    (context, { detectorId, destinationArn, kmsKeyArn }) =>
      call(context, "guardduty", "POST", `/detector/${detectorId}/publishingDestination`, { destinationType: "S3", destinationProperties: { destinationArn, kmsKeyArn } }),
  ),
  "aws:securityhub/organizationAdminAccount:OrganizationAdminAccount": administrator("securityhub", "/organization/admin/enable", "/organization/admin/disable", "AdminAccountId"),
  "aws:securityhub/account:Account": setting<{ enableDefaultStandards?: boolean }>(
    () => "hub",
    (context, { enableDefaultStandards }) => call(context, "securityhub", "POST", "/accounts", { EnableDefaultStandards: enableDefaultStandards }),
    (context) => call(context, "securityhub", "DELETE", "/accounts"),
  ),
  "aws:securityhub/findingAggregator:FindingAggregator": setting<{ linkingMode: string; specifiedRegions?: string[] }>(
    () => "aggregator",
    (context, { linkingMode, specifiedRegions }) => call(context, "securityhub", "POST", "/findingAggregator/create", { RegionLinkingMode: linkingMode, Regions: specifiedRegions }),
  ),
  "aws:securityhub/organizationConfiguration:OrganizationConfiguration": setting<{ autoEnable: boolean }>(
    () => "organization",
    (context, { autoEnable }) => call(context, "securityhub", "POST", "/organization/configuration", { AutoEnable: autoEnable }),
    // As the provider does: the configuration can't be deleted, only be left as AWS makes it.
    (context) => call(context, "securityhub", "POST", "/organization/configuration", { AutoEnable: false }),
  ),
  "aws:accessanalyzer/analyzer:Analyzer": setting<{ analyzerName: string; type: string }>(
    ({ analyzerName }) => analyzerName,
    (context, { analyzerName, type }) => call(context, "access-analyzer", "PUT", "/analyzer", { analyzerName, type }),
    (context, { analyzerName }) => call(context, "access-analyzer", "DELETE", `/analyzer/${analyzerName}`),
  ),
};
