/** requestParameters in CloudTrail's casing: mostly the API's names with a small first letter, and these exceptions. */
import { parameter, text, type Parameters } from "./parameters";

const lower = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

/** CloudTrail begins every name with a small letter: `aRN`, `eTag`. */
export function lowerKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowerKeys);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [lower(key), lowerKeys(one)]));
}

/** Values that CloudTrail never shows. */
const secret = /^(SecretString|SecretBinary|SecretAccessKey|Password|WebIdentityToken|ZipFile)$/i;
const withoutSecrets = (parameters: Parameters): Parameters => Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, secret.test(key) ? "HIDDEN_DUE_TO_SECURITY_REASONS" : value]));

/** EC2's newer calls are recorded as XML turned to JSON: one value as `{tag, content}`, several as a list of them. */
function tagged(values: unknown): unknown {
  const list = (Array.isArray(values) ? values : []).map((content, index) => ({ tag: index + 1, content: content as unknown }));
  return list.length === 1 ? list[0] : list;
}

const items = (values: unknown, of: (value: unknown) => unknown) => ({ items: (Array.isArray(values) ? values : []).map(of) });

const ec2: Readonly<Record<string, (parameters: Parameters) => unknown>> = {
  // Shape from the record in Stratus Red Team's documentation.
  DeleteFlowLogs: (p) => ({ DeleteFlowLogsRequest: { FlowLogId: tagged(parameter(p, "FlowLogIds")) } }),
  // By analogy with DeleteFlowLogs: not confirmed on live AWS.
  CreateFlowLogs: ({ ResourceIds, ...rest }) => ({ CreateFlowLogsRequest: { ...rest, ResourceId: tagged(ResourceIds) } }),
  CreateTags: (p) => ({ resourcesSet: items(p["Resources"], (resourceId) => ({ resourceId })), tagSet: items(p["Tags"], lowerKeys) }),
  DeleteTags: (p) => ({ resourcesSet: items(p["Resources"], (resourceId) => ({ resourceId })), tagSet: items(p["Tags"], lowerKeys) }),
};

/** The sub-resource that an S3 call names in its query, which CloudTrail shows as an empty field. */
function s3(operation: string, parameters: Parameters): unknown {
  const { Bucket, Key, ...rest } = parameters;
  const [, part] = /^(?:Put|Get|Delete)Bucket(\w+?)(?:Configuration)?$/.exec(operation) ?? [];
  return {
    ...rest,
    ...(part !== undefined && { [lower(part)]: "" }),
    bucketName: Bucket,
    ...(Key !== undefined && { key: Key }),
    Host: `${text(parameters, "Bucket")}.s3.amazonaws.com`,
  };
}

/** What the record says of the call's parameters; null if it had none. */
export function eventParameters(prefix: string, operation: string, parameters: Parameters): unknown {
  if (Object.keys(parameters).length === 0) return null;
  const shown = withoutSecrets(parameters);
  const own = prefix === "ec2" ? ec2[operation] : undefined;
  if (own) return own(shown);
  return prefix === "s3" ? s3(operation, shown) : lowerKeys(shown);
}
