/**
 * A code bucket's policy: enforcer code, StackSet templates and the list of exclusions are read across the
 * organization, and written by the delegated account's deploy role alone.
 */
import type { Configuration } from "../config/configuration";
import { namesFor } from "../names";
import { exemptPrincipals } from "./exempt";
import { document, overTlsOnly } from "./policy";
import type { PolicyDocument } from "./policy";

/** @param region the governed Region whose bucket it is: Lambda code must lie in the function's Region */
export function codeBucketPolicy(config: Configuration, region: string): PolicyDocument {
  const { codeBucketArn, exclusionsKey, roleArn, roleName, stackSetsExecutionRoleArn, accounts } = namesFor(config);
  const bucket = codeBucketArn(region);
  return document([
    {
      Sid: "DeploymentReadsCode",
      Effect: "Allow",
      Principal: "*",
      // Lambda and CloudFormation read with the credentials of whoever deploys.
      Action: "s3:GetObject",
      Resource: `${bucket}/*`,
      Condition: {
        StringEquals: { "aws:PrincipalOrgID": config.organizationId },
        ArnLike: {
          "aws:PrincipalArn": [stackSetsExecutionRoleArn(), roleArn(roleName.deployManagement, accounts.management)],
        },
      },
    },
    {
      Sid: "EnforcersReadExclusions",
      Effect: "Allow",
      Principal: "*",
      Action: "s3:GetObject",
      Resource: `${bucket}/${exclusionsKey}`,
      Condition: {
        StringEquals: { "aws:PrincipalOrgID": config.organizationId },
        ArnLike: { "aws:PrincipalArn": exemptPrincipals(config).enforcers },
      },
    },
    {
      Sid: "OnlyDeployRoleWrites",
      Effect: "Deny",
      Principal: "*",
      // The bucket is a log source like any other: its enforcer attaches a delivery to it.
      NotAction: ["s3:AllowVendedLogDeliveryForResource", "s3:GetObject*", "s3:GetBucket*", "s3:ListBucket*"],
      Resource: [bucket, `${bucket}/*`],
      Condition: {
        ArnNotLike: {
          "aws:PrincipalArn": [
            roleArn(roleName.deployDelegated, accounts.delegated),
            roleArn(roleName.breakGlass, accounts.delegated),
          ],
        },
      },
    },
    overTlsOnly("s3:*", [bucket, `${bucket}/*`]),
  ]);
}
