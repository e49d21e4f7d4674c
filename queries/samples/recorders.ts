/** What CloudTrail, AWS Config and GuardDuty write. */

type Json = Readonly<Record<string, unknown>>;

/** A session of a role, as CloudTrail records it. */
export const sessionOf = (account: string, role: string, name: string, more: Json = {}): Json => ({
  type: "AssumedRole",
  principalId: `AROAIDPPEZS35WEXAMPLE:${name}`,
  arn: `arn:aws:sts::${account}:assumed-role/${role.split("/").at(-1)}/${name}`,
  accountId: account,
  accessKeyId: "ASIAIOSFODNN7EXAMPLE",
  sessionContext: {
    sessionIssuer: { type: "Role", principalId: "AROAIDPPEZS35WEXAMPLE", arn: `arn:aws:iam::${account}:role/${role}`, accountId: account, userName: role.split("/").at(-1) },
    attributes: { creationDate: "2026-09-29T00:00:00Z", mfaAuthenticated: "true" },
    ...more,
  },
});

export const call = (at: string, service: string, event: string, who: Json, request: Json | null, more: Json = {}): Json => ({
  eventVersion: "1.11", userIdentity: who, eventTime: at, eventSource: `${service}.amazonaws.com`, eventName: event, awsRegion: "eu-central-1",
  sourceIPAddress: "198.51.100.7", userAgent: "aws-cli/2.13.5", requestParameters: request, responseElements: null,
  requestID: "61e7c9e7-1e1a-4b5c-9d3e-1example", eventID: "0c1c4a7b-1e1a-4b5c-9d3e-2example", readOnly: false, eventType: "AwsApiCall",
  managementEvent: true, recipientAccountId: "444444444444", eventCategory: "Management", ...more,
});

export const trailFile = (...records: readonly Json[]): string => JSON.stringify({ Records: records });

export const configItem = (at: string, id: string, status: string, configuration: Json): Json => ({
  configurationItemVersion: "1.3", configurationItemCaptureTime: at, configurationStateId: 1790640000000, awsAccountId: "444444444444",
  configurationItemStatus: status, resourceType: "AWS::EC2::SecurityGroup", resourceId: id, resourceName: "web",
  ARN: `arn:aws:ec2:eu-central-1:444444444444:security-group/${id}`, awsRegion: "eu-central-1", availabilityZone: "Not Applicable",
  configurationStateMd5Hash: "", resourceCreationTime: null, tags: { team: "web" }, relatedEvents: [], relationships: [], configuration, supplementaryConfiguration: {},
});

export const configFile = (...items: readonly Json[]): string => JSON.stringify({ fileVersion: "1.0", configSnapshotId: "example", configurationItems: items });

export const finding = (id: string, at: string, severity: number, count: number): string =>
  JSON.stringify({
    schemaVersion: "2.0", accountId: "444444444444", region: "eu-central-1", partition: "aws", id, arn: `arn:aws:guardduty:eu-central-1:333333333333:detector/d/finding/${id}`,
    type: "Stealth:IAMUser/CloudTrailLoggingDisabled", resource: { resourceType: "AccessKey", accessKeyDetails: { userName: "ann" } },
    service: { serviceName: "guardduty", detectorId: "d", count, archived: false }, severity, createdAt: "2026-09-29T00:00:00.000Z", updatedAt: at,
    title: "CloudTrail logging was disabled.", description: "CloudTrail logging was disabled by ann.",
  });
