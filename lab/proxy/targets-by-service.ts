/** Services whose calls name their resources in a way that the convention misses: one function each. */
import { actionData, resourceTypeData } from "./iam-data";
import { parameter, text, texts, type Parameters } from "./parameters";
import { fillPlace, targetsByConvention, type Asked, type Target } from "./targets";

/** Undefined where the convention does. */
type ByService = (asked: Asked) => Promise<readonly Target[] | undefined> | readonly Target[] | undefined;

const here = ({ region, account }: Asked, service: string, rest: string) => `arn:aws:${service}:${region}:${account}:${rest}`;
const one = (asked: Asked, resource: string, type?: string, context?: Target["context"]): readonly Target[] => [
  { action: asked.action, resource, ...(type !== undefined && { type }), ...(context && { context }) },
];

const s3: ByService = (asked) => {
  const { parameters, action } = asked;
  const bucket = text(parameters, "Bucket");
  if (bucket === undefined || asked.api === "s3control") return one(asked, "*");
  const bucketArn = bucket.startsWith("arn:") ? bucket : `arn:aws:s3:::${bucket}`;
  const types = actionData(action)?.resourceTypes.map(({ name }) => name) ?? [];
  if (asked.operation === "DeleteObjects") {
    const objects = ((parameter(parameters, "Delete") as Parameters | undefined)?.["Objects"] ?? []) as { Key?: string; VersionId?: string }[];
    return objects.map(({ Key = "", VersionId }) => ({ action: VersionId === undefined ? action : "s3:DeleteObjectVersion", resource: `${bucketArn}/${Key}`, type: "object" }));
  }
  const key = text(parameters, "Key");
  if (key === undefined || !types.includes("object")) return one(asked, bucketArn, "bucket");
  return [
    ...one(asked, `${bucketArn}/${key}`, "object"),
    ...(parameter(parameters, "BypassGovernanceRetention") === true ? [{ action: "s3:BypassGovernanceRetention", resource: `${bucketArn}/${key}`, type: "object" }] : []),
    ...(typeof parameter(parameters, "CopySource") === "string" ? [{ action: "s3:GetObject", resource: `arn:aws:s3:::${decodeURIComponent(text(parameters, "CopySource") ?? "").replace(/^\//, "").split("?")[0]}`, type: "object" }] : []),
  ];
};

const sqs: ByService = (asked) => {
  const url = text(asked.parameters, "QueueUrl");
  if (url === undefined) return undefined;
  const [name = "", account = asked.account] = url.split("/").reverse();
  return one(asked, `arn:aws:sqs:${asked.region}:${account}:${name}`, "queue");
};

/** Roles and users are named without their path, so it is looked up; CreateRole brings it along. */
const iam: ByService = async (asked) => {
  const { parameters, account, operation } = asked;
  const path = text(parameters, "Path") ?? "/";
  const policy = text(parameters, "PolicyArn");
  const context = policy === undefined ? undefined : { "iam:PolicyARN": policy };
  const profile = text(parameters, "InstanceProfileName");
  const role = text(parameters, "RoleName");
  if (profile !== undefined) {
    return one(asked, `arn:aws:iam::${account}:instance-profile${path}${profile}`, "instance-profile");
  }
  for (const [kind, name] of [["role", role], ["user", text(parameters, "UserName")]] as const) {
    if (name === undefined) continue;
    const arn = operation.startsWith("Create") && operation !== "CreateAccessKey" && operation !== "CreateLoginProfile" ? `arn:aws:iam::${account}:${kind}${path}${name}` : ((await asked.arnOf(kind, name)) ?? `arn:aws:iam::${account}:${kind}/${name}`);
    return one(asked, arn, kind, context);
  }
  if (operation === "CreateServiceLinkedRole") {
    const service = text(parameters, "AWSServiceName") ?? "";
    return one(asked, `arn:aws:iam::${account}:role/aws-service-role/${service}/*`, "role", { "iam:AWSServiceName": service });
  }
  if (operation === "CreatePolicy") return one(asked, `arn:aws:iam::${account}:policy${path}${text(parameters, "PolicyName") ?? "*"}`, "policy");
  if (policy !== undefined) return one(asked, policy, "policy");
  if (operation === "CreateOpenIDConnectProvider") return one(asked, `arn:aws:iam::${account}:oidc-provider/${(text(parameters, "Url") ?? "").replace(/^https?:\/\//, "")}`, "oidc-provider");
  return undefined;
};

const sts: ByService = (asked) => {
  const role = text(asked.parameters, "RoleArn");
  if (role === undefined) return one(asked, "*");
  const tags = parameter(asked.parameters, "Tags");
  return [
    ...one(asked, role, "role"),
    ...(Array.isArray(tags) && tags.length > 0 ? [{ action: "sts:TagSession", resource: role, type: "role" }] : []),
    ...(text(asked.parameters, "SourceIdentity") !== undefined ? [{ action: "sts:SetSourceIdentity", resource: role, type: "role" }] : []),
  ];
};

async function keyArn(asked: Asked, id: string): Promise<string> {
  if (id.includes(":key/")) return id;
  if (id.includes("alias/")) return (await asked.arnOf("key", id.slice(id.indexOf("alias/")), id.startsWith("arn:") ? id.split(":")[4] : undefined)) ?? here(asked, "kms", "key/*");
  return here(asked, "kms", `key/${id}`);
}

const kms: ByService = async (asked) => {
  const id = text(asked.parameters, "KeyId") ?? text(asked.parameters, "TargetKeyId");
  const alias = text(asked.parameters, "AliasName");
  const targets = id === undefined ? [] : one(asked, await keyArn(asked, id), "key", id.startsWith("alias/") ? { "kms:RequestAlias": id } : undefined);
  if (alias === undefined) return targets.length > 0 ? targets : one(asked, "*");
  // DeleteAlias and UpdateAlias are also judged on the key that the alias points to now.
  const current = await asked.arnOf("key", alias);
  const keys = [...new Set([...targets.map(({ resource }) => resource), ...(current === null ? [] : [current])])];
  return [...one(asked, here(asked, "kms", alias), "alias"), ...keys.map((resource) => ({ action: asked.action, resource, type: "key" }))];
};

const lambda: ByService = async (asked) => {
  const given = text(asked.parameters, "FunctionName") ?? text(asked.parameters, "Resource") ?? text(asked.parameters, "ResourceArn");
  const [, arn] = /^(arn:aws:lambda:[^:]+:\d+:function:.+)$/.exec(given ?? "") ?? [];
  const named = given === undefined || (given.startsWith("arn:") && arn === undefined) ? undefined : (arn ?? here(asked, "lambda", `function:${given.replace(/^(\d{12}:)?function:/, "")}`));
  const mapping = text(asked.parameters, "UUID");
  // lambda:FunctionArn of an existing mapping comes from its state; a new one, or a change, names the function itself.
  const context = named === undefined ? undefined : { "lambda:FunctionArn": named };
  if (mapping !== undefined) return one(asked, here(asked, "lambda", `event-source-mapping:${mapping}`), "eventSourceMapping");
  if (asked.operation === "CreateEventSourceMapping") return one(asked, "*", undefined, context);
  if (named === undefined) return undefined;
  const takesFunction = actionData(asked.action)?.resourceTypes.some(({ name }) => name.startsWith("function"));
  const principal = text(asked.parameters, "Principal");
  return one(asked, takesFunction === false ? "*" : named, "function", asked.operation === "AddPermission" && principal !== undefined ? { "lambda:Principal": principal } : undefined);
};

const events: ByService = (asked) => {
  const { parameters, operation } = asked;
  const busOf = (name: unknown) => (typeof name !== "string" || name === "" ? here(asked, "events", "event-bus/default") : name.startsWith("arn:") ? name : here(asked, "events", `event-bus/${name}`));
  if (operation === "PutEvents") {
    const entries = (parameter(parameters, "Entries") ?? []) as { EventBusName?: string; Source?: string; DetailType?: string }[];
    return entries.map(({ EventBusName, Source = "", DetailType = "" }) => ({ action: asked.action, resource: busOf(EventBusName), type: "event-bus", context: { "events:source": Source, "events:detail-type": DetailType } }));
  }
  const rule = text(parameters, "Rule") ?? (/Rule/.test(operation) && operation !== "ListRules" ? text(parameters, "Name") : undefined);
  if (rule !== undefined) {
    const bus = busOf(parameter(parameters, "EventBusName"));
    const [account, path = ""] = [bus.split(":")[4] ?? asked.account, bus.split("event-bus/")[1]];
    const targets = (parameter(parameters, "Targets") ?? []) as { Arn?: string }[];
    const arns = targets.map(({ Arn = "" }) => Arn);
    return one({ ...asked, account }, here({ ...asked, account }, "events", `rule/${path === "default" ? "" : `${path}/`}${rule}`), path === "default" ? "rule-on-default-event-bus" : "rule-on-custom-event-bus", arns.length > 0 ? { "events:TargetArn": arns } : undefined);
  }
  // They name a bus, but AWS's data lists no resource for them.
  if (/Permission$/.test(operation)) return one(asked, "*");
  if (/EventBus$/.test(operation)) return one(asked, busOf(parameter(parameters, "Name")), "event-bus");
  return undefined;
};

/** EC2 tells its resources by the prefix of their ids. */
const ec2Types: Readonly<Record<string, string>> = {
  acl: "network-acl", ami: "image", cgw: "customer-gateway", dopt: "dhcp-options", eigw: "egress-only-internet-gateway", eipalloc: "elastic-ip", eni: "network-interface",
  fl: "vpc-flow-log", i: "instance", igw: "internet-gateway", lt: "launch-template", nat: "natgateway", pcx: "vpc-peering-connection", pl: "prefix-list", rtb: "route-table",
  sg: "security-group", snap: "snapshot", subnet: "subnet", tgw: "transit-gateway", "tgw-attach": "transit-gateway-attachment", vgw: "vpn-gateway", vol: "volume", vpc: "vpc",
  vpce: "vpc-endpoint", vpn: "vpn-connection",
};

const ec2: ByService = (asked) => {
  const uses = actionData(asked.action)?.resourceTypes ?? [];
  const arnOf = (type: string, id: string) => fillPlace(resourceTypeData("ec2", type)?.arn ?? `arn:aws:ec2:\${Region}:\${Account}:${type}/\${Id}`, asked.account, asked.region).replace(/\$\{\w+\}/, id);
  const found = new Map<string, Target>();
  for (const [, value] of texts(asked.parameters)) {
    const type = ec2Types[/^([a-z-]+)-[0-9a-f]{8,17}$/.exec(value)?.[1] ?? ""];
    if (type === undefined || !uses.some(({ name }) => name === type)) continue;
    found.set(value, { action: asked.action, resource: arnOf(type, value), type });
  }
  const targets = [...found.values()];
  const missing = uses.filter(({ name, required }) => required && !targets.some(({ type }) => type === name));
  targets.push(...missing.map(({ name }) => ({ action: asked.action, resource: arnOf(name, "*"), type: name })));
  return targets.length > 0 ? targets : one(asked, "*");
};

/** The v1 and v2 APIs share their action names; a new load balancer has no id yet. */
const elasticloadbalancing: ByService = (asked) => {
  const { parameters, operation } = asked;
  const name = text(parameters, "Name");
  if (operation === "CreateLoadBalancer" && asked.api === "elbv2") {
    const kind = { network: "net", gateway: "gwy" }[text(parameters, "Type") ?? ""] ?? "app";
    return one(asked, here(asked, "elasticloadbalancing", `loadbalancer/${kind}/${name ?? "*"}/*`), `loadbalancer/${kind}/`);
  }
  if (operation === "CreateTargetGroup") return one(asked, here(asked, "elasticloadbalancing", `targetgroup/${name ?? "*"}/*`), "targetgroup");
  if (asked.api === "elb" && (actionData(asked.action)?.resourceTypes.length ?? 0) > 0) {
    const names = parameter(parameters, "LoadBalancerNames");
    const all = Array.isArray(names) ? (names as string[]) : [text(parameters, "LoadBalancerName") ?? "*"];
    return all.map((one) => ({ action: asked.action, resource: here(asked, "elasticloadbalancing", `loadbalancer/${one}`), type: "loadbalancer" }));
  }
  return undefined;
};

const logs: ByService = (asked) => {
  const { parameters, operation } = asked;
  // AWS's data list it under delivery destinations; its ARN can only be the source's own (not confirmed on live AWS).
  if (operation === "DeleteDeliverySource") return one(asked, here(asked, "logs", `delivery-source:${text(parameters, "name") ?? "*"}`), "delivery-source");
  const group = text(parameters, "logGroupName");
  if (group === undefined || /Tag/.test(operation)) return undefined;
  // CloudWatch Logs judges log groups with this ending: why policies need ":*" (the ARN in its own refusals shows it).
  return one(asked, here(asked, "logs", `log-group:${group}:log-stream:${text(parameters, "logStreamName") ?? ""}`), "log-group");
};

const secretsmanager: ByService = async (asked) => {
  const id = text(asked.parameters, "SecretId");
  if (id !== undefined) return one(asked, id.startsWith("arn:") ? id : ((await asked.arnOf("secret", id)) ?? here(asked, "secretsmanager", `secret:${id}`)), "secret");
  const name = text(asked.parameters, "Name");
  // Six characters that AWS will choose; patterns for them read "-??????".
  return asked.operation === "CreateSecret" ? one(asked, here(asked, "secretsmanager", `secret:${name}-000000`), "secret") : undefined;
};

const cloudformation: ByService = async (asked) => {
  const { parameters } = asked;
  const context = {
    ...(text(parameters, "TemplateURL") !== undefined && { "cloudformation:TemplateUrl": text(parameters, "TemplateURL") ?? "" }),
    ...(text(parameters, "RoleARN") !== undefined && { "cloudformation:RoleArn": text(parameters, "RoleARN") ?? "" }),
  };
  const types = (actionData(asked.action)?.resourceTypes ?? []).filter(({ required }) => required).map(({ name }) => name);
  const stackSet = text(parameters, "StackSetName");
  if (stackSet !== undefined) {
    if (!types.includes("stackset")) return one(asked, "*", undefined, context);
    return one(asked, (await asked.arnOf("stackset", stackSet)) ?? here(asked, "cloudformation", `stackset/${stackSet}:*`), "stackset", context);
  }
  const stack = text(parameters, "StackName");
  if (stack === undefined || stack.startsWith("arn:")) return undefined;
  return one(asked, (await asked.arnOf("stack", stack)) ?? here(asked, "cloudformation", `stack/${stack}/00000000-0000-0000-0000-000000000000`), "stack", context);
};

/** Batches name their tables as keys; a query that names no index reads the table alone. */
const dynamodb: ByService = (asked) => {
  const items = parameter(asked.parameters, "RequestItems");
  const table = text(asked.parameters, "TableName");
  if (/^(Query|Scan)$/.test(asked.operation) && table !== undefined && text(asked.parameters, "IndexName") === undefined)
    return one(asked, table.startsWith("arn:") ? table : here(asked, "dynamodb", `table/${table}`), "table");
  // A transaction needs the right to each of its own operations. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html
  if (asked.operation === "TransactWriteItems") {
    const writes = (parameter(asked.parameters, "TransactItems") ?? []) as Readonly<Record<string, { TableName?: string }>>[];
    const each = writes.flatMap((write) => Object.entries(write).map(([kind, { TableName = "*" }]) => `${kind === "ConditionCheck" ? "ConditionCheckItem" : `${kind}Item`} ${TableName}`));
    return [...new Set(each)].map((pair) => {
      const [operation = "", name = ""] = pair.split(" ");
      return { action: `dynamodb:${operation}`, resource: here(asked, "dynamodb", `table/${name}`), type: "table" };
    });
  }
  if (typeof items !== "object" || items === null) return undefined;
  return Object.keys(items).map((table) => ({ action: asked.action, resource: table.startsWith("arn:") ? table : here(asked, "dynamodb", `table/${table}`), type: "table" }));
};

/** Of a table its database and catalog are asked too, each of them has to be allowed. */
const glue: ByService = (asked) => {
  const named = (key: string, inside: string) => text(asked.parameters, key) ?? text((parameter(asked.parameters, inside) ?? {}) as Parameters, "Name");
  const isTable = /Table|Partition/.test(asked.operation);
  const database = isTable ? text(asked.parameters, "DatabaseName") : /Database/.test(asked.operation) ? named("Name", "DatabaseInput") : undefined;
  if (database === undefined) return undefined;
  const table = text(asked.parameters, "TableName") ?? named("Name", "TableInput");
  return [
    ...one(asked, here(asked, "glue", "catalog"), "rootcatalog"),
    ...one(asked, here(asked, "glue", `database/${database}`), "database"),
    ...(isTable ? one(asked, here(asked, "glue", `table/${database}/${table ?? "*"}`), "table") : []),
  ];
};

/** A query without a workgroup runs in AWS's own. */
const athena: ByService = (asked) => {
  const { parameters, operation } = asked;
  const group = text(parameters, "WorkGroup") ?? (operation.endsWith("WorkGroup") ? text(parameters, "Name") : operation === "StartQueryExecution" ? "primary" : undefined);
  return group === undefined ? undefined : one(asked, here(asked, "athena", `workgroup/${group}`), "workgroup");
};

const byService: Readonly<Record<string, ByService>> = { s3, sqs, iam, sts, kms, lambda, events, ec2, elasticloadbalancing, logs, secretsmanager, cloudformation, dynamodb, glue, athena };

/** What the call itself has to be allowed; what it brings along (a passed role, tags) is in `dependents.ts`. */
export async function targetsOf(asked: Asked): Promise<readonly Target[]> {
  const [service = ""] = asked.action.split(":");
  return (await byService[service]?.(asked)) ?? targetsByConvention(asked);
}
