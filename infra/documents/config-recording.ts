/**
 * AWS Config in every account and governed Region: one recorder, one delivery channel into the archive, and the roles.
 *
 * An account and Region takes one recorder. Where one is there already, the configuration says `existing` and nothing of this
 * is deployed: the lock holds for it alike.
 */
import type { Configuration } from "../config/configuration";
import { namesFor } from "../names";
import { archiveLogs, CONFIG_PREFIX } from "./archive-logs";
import { permissionPolicy } from "./permission-policy";
import { document } from "./policy";
import type { PolicyDocument } from "./policy";
import { ACCOUNT, REGION, type TemplateResource } from "./template";

const trust = (account: string): PolicyDocument =>
  document([
    {
      Sid: "Config",
      Effect: "Allow",
      Principal: { Service: "config.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "aws:SourceAccount": account } },
    },
  ]);

export const aggregatorTrust = trust;

/** https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSConfigRoleForOrganizations.html */
export const aggregatorPermissions = (): PolicyDocument =>
  permissionPolicy([
    {
      actions: ["organizations:DescribeOrganization", "organizations:ListAWSServiceAccessForOrganization", "organizations:ListAccounts", "organizations:ListDelegatedAdministrators"],
      resources: ["*"],
    },
  ]);

/**
 * What AWS Config reads of every kind of resource is AWS's to say. It may write nothing into the archive, so that AWS Config
 * does as itself, whom the bucket's policy lets in. https://docs.aws.amazon.com/config/latest/developerguide/iamrole-permissions.html
 */
export function recorderRole(config: Configuration): Readonly<Record<string, TemplateResource>> {
  if (config.services.config.use !== "create") return {};
  const { roleName, rolePath } = namesFor(config);
  return {
    ConfigRecorderRole: {
      Type: "AWS::IAM::Role",
      Properties: {
        RoleName: roleName.configRecorder,
        Path: rolePath,
        Description: "AWS Config reads with it how resources are configured",
        AssumeRolePolicyDocument: trust(ACCOUNT),
        Policies: [],
        ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWS_ConfigRole"],
      },
    },
  };
}

/**
 * The recorder and its channel. Neither waits for the other by DependsOn: CloudFormation starts the recorder when the channel
 * is there, and makes the channel when the recorder is.
 *
 * @param home the template's condition that the Region is the home Region: there the global resources are recorded, once
 */
export function recorder(config: Configuration, home: string): Readonly<Record<string, TemplateResource>> {
  if (config.services.config.use !== "create") return {};
  const { configRecorder, roleArn, roleName, logBucket } = namesFor(config);
  const { store, naming } = archiveLogs(config).find(({ name }) => name === "config")!;
  return {
    ConfigRecorder: {
      Type: "AWS::Config::ConfigurationRecorder",
      Properties: {
        Name: configRecorder,
        RoleARN: roleArn(roleName.configRecorder, ACCOUNT),
        RecordingGroup: { AllSupported: true, IncludeGlobalResourceTypes: { "Fn::If": [home, true, false] } },
      },
    },
    ConfigDeliveryChannel: {
      Type: "AWS::Config::DeliveryChannel",
      Properties: {
        Name: configRecorder,
        S3BucketName: logBucket(store, REGION, naming),
        S3KeyPrefix: CONFIG_PREFIX,
        ConfigSnapshotDeliveryProperties: { DeliveryFrequency: "TwentyFour_Hours" },
      },
    },
  };
}
