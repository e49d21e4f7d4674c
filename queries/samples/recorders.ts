/** What CloudTrail, AWS Config and GuardDuty write. */
import type { Ground } from "./ground";

type Json = Readonly<Record<string, unknown>>;

/** A session of a role, as CloudTrail records it. */
export const sessionOf = ({ day }: Ground, account: string, role: string, name: string, more: Json = {}): Json => ({
  type: "AssumedRole",
  principalId: `AROAIDPPEZS35WEXAMPLE:${name}`,
  arn: `arn:aws:sts::${account}:assumed-role/${role.split("/").at(-1)}/${name}`,
  accountId: account,
  accessKeyId: "ASIAIOSFODNN7EXAMPLE",
  sessionContext: {
    sessionIssuer: { type: "Role", principalId: "AROAIDPPEZS35WEXAMPLE", arn: `arn:aws:iam::${account}:role/${role}`, accountId: account, userName: role.split("/").at(-1) },
    attributes: { creationDate: `${day}T00:00:00Z`, mfaAuthenticated: "true" },
    ...more,
  },
});

/** @param at the time of the day: 00:10:00 */
export const call = ({ account, region, day }: Ground, at: string, service: string, event: string, who: Json, request: Json | null, more: Json = {}): Json => ({
  eventVersion: "1.11", userIdentity: who, eventTime: `${day}T${at}Z`, eventSource: `${service}.amazonaws.com`, eventName: event, awsRegion: region,
  sourceIPAddress: "198.51.100.7", userAgent: "aws-cli/2.13.5", requestParameters: request, responseElements: null,
  requestID: "61e7c9e7-1e1a-4b5c-9d3e-1example", eventID: "0c1c4a7b-1e1a-4b5c-9d3e-2example", readOnly: false, eventType: "AwsApiCall",
  managementEvent: true, recipientAccountId: account, eventCategory: "Management", ...more,
});

export const trailFile = (...records: readonly Json[]): string => JSON.stringify({ Records: records });

export const configItem = ({ account, region, day }: Ground, at: string, id: string, status: string, configuration: Json): Json => ({
  configurationItemVersion: "1.3", configurationItemCaptureTime: `${day}T${at}.000Z`, configurationStateId: Date.parse(day), awsAccountId: account,
  configurationItemStatus: status, resourceType: "AWS::EC2::SecurityGroup", resourceId: id, resourceName: "web",
  ARN: `arn:aws:ec2:${region}:${account}:security-group/${id}`, awsRegion: region, availabilityZone: "Not Applicable",
  configurationStateMd5Hash: "", resourceCreationTime: null, tags: { team: "web" }, relatedEvents: [], relationships: [], configuration, supplementaryConfiguration: {},
});

export const configFile = (...items: readonly Json[]): string => JSON.stringify({ fileVersion: "1.0", configSnapshotId: "example", configurationItems: items });

export const finding = ({ config, account, region, day }: Ground, id: string, at: string, severity: number, count: number): string =>
  JSON.stringify({
    schemaVersion: "2.0", accountId: account, region, partition: "aws", id, arn: `arn:aws:guardduty:${region}:${config.accounts.delegated}:detector/d/finding/${id}`,
    type: "Stealth:IAMUser/CloudTrailLoggingDisabled", resource: { resourceType: "AccessKey", accessKeyDetails: { userName: "ann" } },
    service: { serviceName: "guardduty", detectorId: "d", count, archived: false }, severity, createdAt: `${day}T00:00:00.000Z`, updatedAt: `${day}T${at}.000Z`,
    title: "CloudTrail logging was disabled.", description: "CloudTrail logging was disabled by ann.",
  });
