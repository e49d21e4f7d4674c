/**
 * CloudTrail's record of a call, in the envelope in which EventBridge delivers it.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
import { randomUUID } from "node:crypto";
import type { Principal } from "../../policy-pack/evaluator/types";
import type { Model, Operation } from "./models";
import { eventParameters, lowerKeys } from "./event-parameters";
import { isReadOnly } from "./iam-data";
import { find, fromXml, parseXml } from "./wire/xml";
import type { Answer, Call, CloudTrailEvent } from "./types";

/** CloudTrail leaves the content out of a field that is larger; the event then only says that the call was made. */
export const LARGEST_FIELD = 100_000;

/** Global services are recorded in us-east-1, wherever the caller was. */
const recordedInUsEast1 = new Set(["iam", "organizations", "cloudfront", "account", "route53"]);

/** Calls on the data of a resource: no trail records them unless it is told to. */
const dataEvents =
  /^(s3:(Put|Get|Delete|Head|Copy|List|Restore|Upload|Create|Complete|Abort)(Object|Objects|ObjectsV2|ObjectVersions|ObjectTagging|ObjectAcl|Part|PartCopy|MultipartUpload|Parts)|s3:(GetObject|PutObject|DeleteObject)\w*|sqs:(Send|Receive|Delete|ChangeMessageVisibility)Message\w*|sqs:ChangeMessageVisibility\w*|lambda:Invoke\w*|dynamodb:(BatchGetItem|BatchWriteItem|\w*Item|Query|Scan|Transact\w+)|events:PutEvents|logs:PutLogEvents|sns:Publish\w*|cloudwatch:PutMetricData)$/;

/** Whether the call is on the data of a resource and leaves its settings alone. */
export const isDataEvent = (operation: string) => dataEvents.test(operation);

/** Calls that AWS's data call writes although CloudTrail says readOnly. */
const readOnlyCalls = /^(kms:(Decrypt|Encrypt|GenerateDataKey\w*|ReEncrypt|Sign|Verify)|sts:\w+)$/;

/** Reading calls whose success somebody listens to; of all others a rule would only be asked in vain. */
const listenedTo = /^sts:AssumeRole$/;

const operationName: Readonly<Record<string, string>> = {
  // Lambda's names carry the date of the API. https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html
  CreateFunction: "CreateFunction20150331", DeleteFunction: "DeleteFunction20150331", UpdateFunctionCode: "UpdateFunctionCode20150331v2", UpdateFunctionConfiguration: "UpdateFunctionConfiguration20150331v2",
  AddPermission: "AddPermission20150331v2", RemovePermission: "RemovePermission20150331v2", CreateEventSourceMapping: "CreateEventSourceMapping20150331", UpdateEventSourceMapping: "UpdateEventSourceMapping20150331", DeleteEventSourceMapping: "DeleteEventSourceMapping20150331",
  PutFunctionConcurrency: "PutFunctionConcurrency20171031", DeleteFunctionConcurrency: "DeleteFunctionConcurrency20171031",
};

export interface Recorded {
  readonly call: Call;
  readonly model: Model;
  readonly operation: Operation;
  readonly answer: Answer;
  readonly error?: { readonly code: string; readonly message: string };
  readonly viaService?: string;
  /** Of a call on an object in Amazon S3: the object, and its bucket's owner and Region. */
  readonly object?: { readonly arn: string; readonly owner: string; readonly region: string };
}

/**
 * The event of a call that changed something or was refused; undefined for what CloudTrail does not send on. Of a call on an
 * object it is there whatever the trails record, for which see `trails.ts`.
 */
export function eventOf(recorded: Recorded): CloudTrailEvent | undefined {
  const { call, model, operation, answer, error, viaService, object } = recorded;
  const [prefix = ""] = call.operation.split(":");
  const readOnly = readOnlyCalls.test(call.operation) || isReadOnly(call.authorisations[0]?.action ?? call.operation);
  if (isDataEvent(call.operation) ? object === undefined : readOnly && call.decision === "allowed" && !listenedTo.test(call.operation)) return undefined;
  const region = recordedInUsEast1.has(prefix) ? "us-east-1" : (object?.region ?? call.region);
  const account = call.principal.account || object?.owner || (call.authorisations[0]?.resource.split(":")[4] ?? "") || call.account;
  const time = new Date(call.at).toISOString().replace(/\.\d+Z$/, "Z");
  const id = randomUUID();
  const eventSource = `${model.endpointPrefix}.amazonaws.com`;
  const detail = {
    eventVersion: "1.11",
    userIdentity: { ...identityOf(call.principal, time), ...(viaService !== undefined && { invokedBy: viaService }) },
    eventTime: time,
    eventSource,
    eventName: prefix === "lambda" ? (operationName[operation.name] ?? operation.name) : operation.name,
    awsRegion: region,
    sourceIPAddress: viaService ?? (call.principal.kind === "service" ? call.principal.arn : "198.51.100.7"),
    userAgent: viaService ?? "lab",
    ...(error && { errorCode: model.protocol === "ec2" ? `Client.${error.code}` : error.code.replace(/^AccessDeniedException$/, "AccessDenied"), errorMessage: error.message }),
    requestParameters: limited(eventParameters(prefix, operation.name, call.parameters)),
    responseElements: error ? null : limited(responseElements(model, operation, answer)),
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html
    ...(call.operation === "sts:AssumeRole" && { resources: call.authorisations.slice(0, 1).map(({ resource }) => ({ ARN: resource, accountId: resource.split(":")[4], type: "AWS::IAM::Role" })) }),
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-understanding-s3-entries.html
    ...(prefix === "s3" && typeof call.parameters.Bucket === "string" && { resources: bucketResources(call.parameters.Bucket, object?.owner ?? account, object?.arn) }),
    requestID: randomUUID(),
    eventID: id,
    readOnly,
    eventType: "AwsApiCall",
    apiVersion: model.apiVersion,
    managementEvent: object === undefined,
    recipientAccountId: account,
    eventCategory: object ? "Data" : "Management",
  };
  return { version: "0", id, "detail-type": "AWS API Call via CloudTrail", source: `aws.${model.endpointPrefix}`, account, time, region, resources: [], detail };
}

const bucketResources = (bucket: string, accountId: string, object?: string) => [
  ...(object === undefined ? [] : [{ type: "AWS::S3::Object", ARN: object }]),
  { type: "AWS::S3::Bucket", ARN: `arn:aws:s3:::${bucket}`, accountId },
];

function limited(content: unknown): unknown {
  return content !== null && JSON.stringify(content).length > LARGEST_FIELD ? null : content;
}

function responseElements(model: Model, operation: Operation, answer: Answer): unknown {
  const body = answer.body.toString();
  if (body === "" || operation.output === undefined) return null;
  // Credentials never enter a record.
  if (operation.name === "CreateAccessKey" || operation.name.startsWith("AssumeRole")) return null;
  if (model.protocol === "json" || model.protocol === "rest-json") return /^\s*\{/.test(body) ? lowerKeys(JSON.parse(body)) : null;
  const root = parseXml(body);
  const output = model.shapes[operation.output];
  if (!root || !output) return null;
  const payload = output.payload;
  const element = operation.resultWrapper === undefined ? root : (find(root, operation.resultWrapper) ?? root);
  const parsed = fromXml(element, payload === undefined ? operation.output : (output.members?.[payload]?.shape ?? operation.output), model.shapes);
  return lowerKeys(payload === undefined ? parsed : { [payload]: parsed });
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html */
function identityOf(principal: Principal, time: string): Readonly<Record<string, unknown>> {
  if (principal.kind === "role") {
    const name = principal.arn.split("/").at(-1) ?? "";
    return {
      type: "AssumedRole",
      principalId: `AROALAB:${principal.sessionArn.split("/").at(-1)}`,
      arn: principal.sessionArn,
      accountId: principal.account,
      sessionContext: { sessionIssuer: { type: "Role", principalId: "AROALAB", arn: principal.arn, accountId: principal.account, userName: name }, attributes: { creationDate: time, mfaAuthenticated: "false" } },
    };
  }
  if (principal.kind === "user") return { type: "IAMUser", arn: principal.arn, accountId: principal.account, userName: principal.arn.split("/").at(-1) };
  if (principal.kind === "root") return { type: "Root", arn: principal.arn, accountId: principal.account };
  if (principal.kind === "service") return { type: "AWSService", invokedBy: principal.arn };
  return { type: principal.kind === "federated" ? "WebIdentityUser" : "Unknown", arn: principal.arn, accountId: principal.account };
}
