/** Readers for what runs: functions, rules, buses, stacks and StackSets. */
import { isObject, list, pick, UNKNOWN, type Plain, type PlainObject } from "./plain";
import { namesOf, policy, type Reader } from "./reader";
import type { Resource, Subject } from "./subject";

const lambdaFunction: Reader = (resource) => [
  {
    kind: "function",
    resource,
    names: namesOf(resource, "name", "functionName", "arn", "id"),
    runtime: pick(resource.props, "runtime") ?? null,
    architectures: list(pick(resource.props, "architectures")),
    deadLetter: pick(pick(resource.props, "deadLetterConfig"), "targetArn") ?? null,
    image: pick(resource.props, "packageType") === "Image",
  },
];

/** A permission on a function, as the statement AWS Lambda makes of it. Who may call is judged, so an ARN may be unknown. */
const permission: Reader = (resource) => {
  const settled = (value: Plain): Plain => (value === UNKNOWN ? "known after deployment" : value);
  const keys = { sourceArn: "aws:SourceArn", sourceAccount: "aws:SourceAccount", principalOrgId: "aws:PrincipalOrgID" };
  const condition = Object.entries(keys).flatMap(([property, key]) => {
    const value = pick(resource.props, property);
    return value === undefined ? [] : [[key, settled(value)] as const];
  });
  const functionName = pick(resource.props, "functionName", "function") ?? UNKNOWN;
  const statement: PlainObject = {
    Effect: "Allow",
    Principal: principalOf(pick(resource.props, "principal") ?? UNKNOWN),
    Action: pick(resource.props, "action") ?? UNKNOWN,
    // It hangs on the function.
    Resource: "*",
    ...(condition.length > 0 ? { Condition: { StringLike: Object.fromEntries(condition) } } : {}),
  };
  return [policy("function-policy", resource, { Version: "2012-10-17", Statement: [statement] }, functionName)];
};

function principalOf(principal: Plain): Plain {
  if (typeof principal !== "string" || principal === "*") return principal;
  return { [principal.endsWith(".amazonaws.com") ? "Service" : "AWS"]: principal };
}

const eventRule: Reader = (resource) => {
  const pattern = pick(resource.props, "eventPattern");
  const targets = pick(resource.props, "targets");
  return [
    pattern === undefined ? { kind: "settings", resource } : { kind: "event-pattern", resource, pattern },
    ...(targets === UNKNOWN ? [target(resource, UNKNOWN)] : list(targets).map((item) => target(resource, item))),
  ];
};

function target(resource: Resource, value: Plain): Subject {
  const id = pick(value, "id", "targetId");
  return {
    kind: "event-target",
    resource,
    id: typeof id === "string" ? id : resource.name,
    deadLetter: pick(pick(value, "deadLetterConfig"), "arn") ?? null,
  };
}

const busPolicy: Reader = (resource) => {
  const document = pick(resource.props, "policy");
  if (document !== undefined) return [policy("event-bus-policy", resource, document)];
  // CloudFormation gives one statement, as an object, and an id beside it.
  const statement = pick(resource.props, "statement");
  const id = pick(resource.props, "statementId");
  const wrapped: Plain | undefined = isObject(statement) ? { Version: "2012-10-17", Statement: [{ Sid: typeof id === "string" ? id : resource.name, ...statement }] } : statement;
  return [policy("event-bus-policy", resource, wrapped)];
};

const busPermission: Reader = (resource) => {
  const condition = pick(resource.props, "condition");
  const organization = pick(condition, "value");
  const statement: PlainObject = {
    Sid: resource.name,
    Effect: "Allow",
    Principal: principalOf(pick(resource.props, "principal") ?? UNKNOWN),
    Action: "events:PutEvents",
    Resource: "*",
    ...(organization === undefined ? {} : { Condition: { StringEquals: { "aws:PrincipalOrgID": organization } } }),
  };
  return [policy("event-bus-policy", resource, { Version: "2012-10-17", Statement: [statement] })];
};

const stackSet: Reader = ({ props, ...rest }) => {
  const auto = pick(props, "autoDeployment");
  const preferences = pick(props, "operationPreferences");
  return [
    {
      kind: "stack-set",
      resource: { props, ...rest },
      settings: {
        permissionModel: pick(props, "permissionModel") ?? null,
        autoDeployment: pick(auto, "enabled") ?? null,
        retain: pick(auto, "retainStacksOnAccountRemoval") ?? null,
        callAs: pick(props, "callAs") ?? null,
        managedExecution: pick(pick(props, "managedExecution"), "active") ?? null,
        regionConcurrency: pick(preferences, "regionConcurrencyType") ?? null,
        concurrencyMode: pick(preferences, "concurrencyMode") ?? null,
      },
      body: pick(props, "templateBody") ?? null,
      url: pick(props, "templateUrl", "templateURL") ?? null,
    },
  ];
};

export const runtimeReaders: Readonly<Record<string, Reader>> = {
  "lambda:function": lambdaFunction,
  "lambda:permission": permission,
  "lambda:resourcepolicy": (resource) => [
    policy("function-policy", resource, pick(resource.props, "policy", "policyDocument"), pick(resource.props, "resourceArn")),
  ],
  "lambda:eventinvokeconfig": (resource) => [
    {
      kind: "invoke-config",
      resource,
      functionName: pick(resource.props, "functionName") ?? UNKNOWN,
      onFailure: pick(pick(pick(resource.props, "destinationConfig"), "onFailure"), "destination") ?? null,
    },
  ],
  "lambda:eventsourcemapping": (resource) => [
    {
      kind: "event-source-mapping",
      resource,
      functionName: pick(resource.props, "functionName") ?? UNKNOWN,
      source: pick(resource.props, "eventSourceArn") ?? UNKNOWN,
    },
  ],
  "events:rule": eventRule,
  "events:target": (resource) => [target(resource, resource.props)],
  "events:eventbuspolicy": busPolicy,
  "events:eventpermission": busPermission,
  "scheduler:schedule": (resource) => [target(resource, pick(resource.props, "target") ?? UNKNOWN)],
  "cloudformation:stackset": stackSet,
  "cloudformation:stack": (resource) => [
    { kind: "stack", resource, body: pick(resource.props, "templateBody") ?? null, url: pick(resource.props, "templateUrl", "templateURL") ?? null },
  ],
};
