/** Ending or narrowing what records the organization: its trail, AWS Config, GuardDuty, Security Hub, Access Analyzer. */
import { CloudTrailClient, DeleteTrailCommand, PutEventSelectorsCommand, StopLoggingCommand, UpdateTrailCommand } from "@aws-sdk/client-cloudtrail";
import { ConfigServiceClient, DeleteConfigurationAggregatorCommand, DeleteConfigurationRecorderCommand, DeleteDeliveryChannelCommand, PutDeliveryChannelCommand, StopConfigurationRecorderCommand } from "@aws-sdk/client-config-service";
import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { restCall, type RestCall } from "../deploy/signed-query";
import { attacks } from "./attack";
import type { Target } from "./attack";

type Configuration = Pick<RestCall, "region" | "credentials"> & { readonly endpoint: string };

/** A client of a service whose SDK client the project does not otherwise need; its command is method, path and body. */
const restClient = (service: string) =>
  class {
    constructor(private readonly configuration: Configuration) {}
    send({ input }: { readonly input: Pick<RestCall, "method" | "path" | "body"> }) {
      const { endpoint, region, credentials } = this.configuration;
      return restCall({ endpoint, region, credentials, service, ...input });
    }
  };
const GuardDuty = restClient("guardduty");
const SecurityHub = restClient("securityhub");
const AccessAnalyzer = restClient("access-analyzer");
const rest = (method: RestCall["method"], path: string, body?: RestCall["body"]) => ({ input: { method, path, ...(body && { body }) } });

const trail = ({ names }: Target) => `arn:aws:cloudtrail:${names.homeRegion}:${names.accounts.management}:trail/${names.trail}`;

export const recorderAttacks = [
  ...attacks("scp", "member", {
    "stop the organization's trail": (send, target) => send(CloudTrailClient, new StopLoggingCommand({ Name: trail(target) })),
    "delete the organization's trail": (send, target) => send(CloudTrailClient, new DeleteTrailCommand({ Name: trail(target) })),
    "re-point the organization's trail": (send, target) => send(CloudTrailClient, new UpdateTrailCommand({ Name: trail(target), S3BucketName: "own" })),
    "narrow the organization's trail": (send, target) => send(CloudTrailClient, new PutEventSelectorsCommand({ TrailName: trail(target), EventSelectors: [] })),
    "stop the recorder of configurations": (send, { names }) => send(ConfigServiceClient, new StopConfigurationRecorderCommand({ ConfigurationRecorderName: names.configRecorder })),
    "delete the recorder of configurations": (send, { names }) => send(ConfigServiceClient, new DeleteConfigurationRecorderCommand({ ConfigurationRecorderName: names.configRecorder })),
    "delete the delivery channel": (send, { names }) => send(ConfigServiceClient, new DeleteDeliveryChannelCommand({ DeliveryChannelName: names.configRecorder })),
    "re-point the delivery channel": (send, { names }) => send(ConfigServiceClient, new PutDeliveryChannelCommand({ DeliveryChannel: { name: names.configRecorder, s3BucketName: "own" } })),
    "delete the GuardDuty detector": (send) => send(GuardDuty, rest("DELETE", `/detector/${"0".repeat(32)}`)),
    "suspend the GuardDuty detector": (send) => send(GuardDuty, rest("POST", `/detector/${"0".repeat(32)}`, { enable: false })),
    "switch Security Hub off": (send) => send(SecurityHub, rest("DELETE", "/accounts")),
  }),
  ...attacks("scp", "log-archive", {
    "delete the aggregator of configurations": (send, { names }) => send(ConfigServiceClient, new DeleteConfigurationAggregatorCommand({ ConfigurationAggregatorName: names.configAggregator })),
    "hide new logs from a SIEM": (send, { names, account, region }) => send(SQSClient, new ReceiveMessageCommand({ QueueUrl: `https://sqs.${region}.amazonaws.com/${account}/${names.siemQueue("own")}` })),
  }),
  ...attacks("scp", "delegated", {
    "delete the organization's analyzer": (send, { names }) => send(AccessAnalyzer, rest("DELETE", `/analyzer/${names.analyzer}`)),
    "stop Security Hub from taking members in": (send) => send(SecurityHub, rest("POST", "/organization/configuration", { AutoEnable: false })),
    "end the export of findings": (send) => send(GuardDuty, rest("DELETE", `/detector/${"0".repeat(32)}/publishingDestination/${"0".repeat(32)}`)),
  }),
];
