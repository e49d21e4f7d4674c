/**
 * The global StackSet's template: the roles of one account. IAM is global, so they are made once, in the home Region,
 * and before the functions that run as them.
 */
import { framePermissions } from "../../functions/enforcer/permissions";
import { sources } from "../../functions/sources";
import type { LogSource, Permission } from "../../functions/sources/log-source";
import type { Configuration } from "../config/configuration";
import { ANY_ACCOUNT, namesFor } from "../names";
import { recorderRole } from "./config-recording";
import { permissionPolicy } from "./permission-policy";
import type { PolicyDocument } from "./policy";
import { ACCOUNT, logicalId, plain, substituted, type Template, type TemplateResource } from "./template";
import { forwarderTrust, lambdaTrust, redriveTrust } from "./trust-policies";

interface RoleDocuments {
  readonly description: string;
  readonly trust: PolicyDocument;
  readonly permissions: PolicyDocument;
}

interface RoleProperties {
  readonly RoleName: string;
  readonly Description: string;
  readonly AssumeRolePolicyDocument: PolicyDocument;
  readonly ManagedPolicyArns?: readonly string[];
  readonly Policies: readonly { readonly PolicyDocument: PolicyDocument }[];
}

function role(config: Configuration, name: string, { description, trust, permissions }: RoleDocuments): TemplateResource {
  return {
    Type: "AWS::IAM::Role",
    Properties: {
      RoleName: name,
      Path: namesFor(config).rolePath,
      Description: description,
      AssumeRolePolicyDocument: trust,
      Policies: [{ PolicyName: name, PolicyDocument: permissions }],
    },
  };
}

/** A role acts on its own account: where a pattern leaves the account open, the template says which. */
const inOwnAccount = (permissions: readonly Permission[]): PolicyDocument =>
  permissionPolicy(permissions.map((permission) => ({ ...permission, resources: permission.resources.map((arn) => arn.replace(ANY_ACCOUNT, ACCOUNT)) })));

function enforcerRole(config: Configuration, source: LogSource): TemplateResource {
  const names = namesFor(config);
  const { via } = config.sources[source.name]!;
  return role(config, names.roleName.enforcer(source.name), {
    description: `Forces ${source.title}, and nothing else`,
    trust: lambdaTrust(ACCOUNT),
    permissions: inOwnAccount([...source.permissions(names, via), ...framePermissions(names, config.regions, source.name)]),
  });
}

/** @param table the log sources; a test may give others */
export function globalTemplate(config: Configuration, table: readonly LogSource[] = sources): Template {
  const names = namesFor(config);
  const resources: Record<string, TemplateResource> = {
    Forwarder: role(config, names.roleName.forwarder, {
      description: "Hands refused calls and alarms to the central bus",
      trust: forwarderTrust(config, ACCOUNT),
      permissions: permissionPolicy([{ actions: ["events:PutEvents"], resources: [names.busArn] }]),
    }),
    Redrive: role(config, names.roleName.redrive, {
      description: "Empties the dead-letter queue into the enforcers again",
      trust: redriveTrust(config),
      permissions: permissionPolicy([
        {
          actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueUrl", "sqs:GetQueueAttributes"],
          resources: [`arn:aws:sqs:*:${ACCOUNT}:${names.deadLetterQueue}`],
        },
        { actions: ["lambda:InvokeFunction"], resources: [`arn:aws:lambda:*:${ACCOUNT}:function:${names.enforcerFunction("*")}`] },
      ]),
    }),
  };
  Object.assign(resources, recorderRole(config));
  for (const source of table) resources[`${logicalId(source.name)}EnforcerRole`] = enforcerRole(config, source);
  return {
    AWSTemplateFormatVersion: "2010-09-09",
    Description: "Force-and-Lock-Logs: the roles of one account",
    Resources: substituted(resources) as Record<string, TemplateResource>,
  };
}

export interface MemberRole extends Omit<RoleDocuments, "permissions"> {
  readonly name: string;
  /** AWS's own policies of it. */
  readonly managed: readonly string[];
  readonly permissions: readonly PolicyDocument[];
}

/** The roles that every account gets, as the template has them, which has nothing else. */
export const memberRoles = (config: Configuration): readonly MemberRole[] =>
  Object.values(globalTemplate(config).Resources).map(({ Properties }) => {
    const { RoleName, Description, AssumeRolePolicyDocument, Policies, ManagedPolicyArns = [] } = plain(Properties) as RoleProperties;
    return { name: RoleName, description: Description, trust: AssumeRolePolicyDocument, managed: ManagedPolicyArns, permissions: Policies.map(({ PolicyDocument }) => PolicyDocument) };
  });
