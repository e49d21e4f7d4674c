/** What the organization's recorders write: CloudTrail, AWS Config and GuardDuty. */
import type { Shape } from "./table";
import { field } from "./table";

const issuer = "struct<type:string,principalId:string,arn:string,accountId:string,userName:string>";
const session = `struct<attributes:struct<mfaAuthenticated:string,creationDate:string>,sessionIssuer:${issuer},sourceIdentity:string>`;

export const trail: Shape = {
  title: "The organization's trail",
  rest: "CloudTrail/${region}/${day}/*",
  columns: [
    field("eventVersion"),
    field("userIdentity", `struct<type:string,principalId:string,arn:string,accountId:string,invokedBy:string,accessKeyId:string,userName:string,sessionContext:${session}>`),
    ...["eventTime", "eventSource", "eventName", "awsRegion", "sourceIPAddress", "userAgent", "errorCode", "errorMessage"].map((name) => field(name)),
    ...["requestParameters", "responseElements", "additionalEventData", "serviceEventDetails"].map((name) => field(name, "json")),
    ...["requestID", "eventID", "eventType", "apiVersion", "readOnly", "recipientAccountId", "sharedEventID", "vpcEndpointId"].map((name) => field(name)),
    field("resources", "array<struct<ARN:string,accountId:string,type:string>>"),
  ],
  format: { kind: "list", items: "Records" },
  reads: {
    time: "eventtime",
    event: "eventname",
    service: "eventsource",
    event_region: "awsregion",
    // The role behind a session, whoever's session it is; else the user, root, or the service.
    principal: "coalesce(useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby, useridentity.principalid)",
    session: "useridentity.arn",
    source_identity: "useridentity.sessioncontext.sourceidentity",
    address: "sourceipaddress",
    agent: "useragent",
    error: "errorcode",
    message: "errormessage",
    request: "requestparameters",
    response: "responseelements",
  },
  reference: "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html",
};

export const configuration: Shape = {
  title: "AWS Config's snapshots and histories",
  // Month and day have no leading zero in these keys, so that no range of days can be compared as text.
  rest: "${region}/*",
  columns: [
    ...["configurationItemVersion", "configurationItemCaptureTime", "awsAccountId", "configurationItemStatus", "resourceType", "resourceId"].map((name) => field(name)),
    ...["resourceName", "ARN", "awsRegion", "availabilityZone", "resourceCreationTime"].map((name) => field(name)),
    ...["configuration", "supplementaryConfiguration", "tags", "relationships"].map((name) => field(name, "json")),
  ],
  format: { kind: "list", items: "configurationItems" },
  reads: {
    time: "configurationitemcapturetime",
    status: "configurationitemstatus",
    type: "resourcetype",
    id: "resourceid",
    name: "resourcename",
    arn: "arn",
    configuration: "configuration",
  },
  dayOf: "replace(substr(configurationitemcapturetime, 1, 10), '-', '/')",
  reference: "https://docs.aws.amazon.com/config/latest/developerguide/example-s3-snapshot.html",
};

export const guardDuty: Shape = {
  title: "GuardDuty's findings",
  rest: "${region}/${day}/*",
  columns: [
    ...["schemaVersion", "accountId", "partition", "id", "arn", "type", "createdAt", "updatedAt", "title", "description"].map((name) => field(name, "string", name === "partition" ? "aws_partition" : undefined)),
    field("region", "string", "finding_region"),
    field("severity", "double"),
    field("resource", "json"),
    field("service", "json"),
  ],
  format: { kind: "json" },
  reads: {
    time: "updatedat",
    finding: "id",
    type: "type",
    severity: "severity",
    title: "title",
    found_in: "accountid",
    resource_type: "json_extract_scalar(resource, '$.resourceType')",
    count: "try_cast(json_extract_scalar(service, '$.count') AS bigint)",
  },
  reference: "https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_exportfindings.html",
};
