/** Whoever writes into a code bucket runs his code as every enforcer, or takes what he likes out of what is forced. */
import { sources } from "../../functions/sources";
import { namesFor } from "../../infra/names";
import { bucketCalls, storesOf } from "../archive";
import { but, everybody, peopleOf } from "../everybody";
import { heldDocuments } from "../held-documents";
import { says, type Grant, type Refusal } from "../meaning";

export const rule = heldDocuments({
  requirement: "A code bucket is written and set up by the delegated account's deploy role and break-glass alone, over TLS alone, and read across the organization by the roles that deploy and, for the list of exclusions, by the enforcers.",
  universe: "Every principal of every account in any organization or none, every AWS service, federated and nameless callers; every action that the policy could allow, and every action of Amazon S3 that AWS lists on a bucket or an object, reads and the permission to log the bucket apart, on the bucket and every object in it.",
  notCovered: "Reads within the delegated account. The bucket's owner's root user, whom Amazon S3 lets read, put and delete the policy whatever it says.",
  kind: "bucket-policy",
  layer: "resource",
  meant: async (config, { owner }) => {
    const names = namesFor(config);
    const { roleArn, roleName, accounts, stackSetsExecutionRoleArn } = names;
    if (storesOf(config).some(({ arn }) => arn === `arn:aws:s3:::${String(owner)}`)) return { on: [] };
    const region = config.regions.find((one) => names.codeBucket(one) === owner);
    if (region === undefined) return undefined;
    const arn = names.codeBucketArn(region);
    const reads = (Sid: string, Resource: string, roles: readonly string[]): Grant => ({
      Sid, Principal: "*", Action: "s3:GetObject", Resource,
      Condition: { StringEquals: { "aws:PrincipalOrgID": config.organizationId }, ArnLike: { "aws:PrincipalArn": roles } },
    });
    const { configuring, destroying, writing } = await bucketCalls();
    const changing = [...configuring, ...destroying, ...writing].filter((action) => action !== "s3:AllowVendedLogDeliveryForResource" && !/^s3:(Put|Delete)BucketPolicy$/.test(action));
    const writers = [roleArn(roleName.deployDelegated, accounts.delegated), roleArn(roleName.breakGlass, accounts.delegated)];
    const others = but(everybody, writers);
    const spared = (id: string, role: string, actions: readonly string[]): Refusal =>
      ({ id, principals: peopleOf([role]), actions, on: [arn, `${arn}/*`], when: { "aws:securetransport": says(["true"]) }, demand: "not-denied" });
    return {
      on: [arn, `${arn}/*`],
      grants: [
        reads("whoever deploys reads code", `${arn}/*`, [stackSetsExecutionRoleArn(), roleArn(roleName.deployManagement, accounts.management)]),
        reads("enforcers read the exclusions", `${arn}/${names.exclusionsKey}`, sources.map(({ name }) => roleArn(roleName.enforcer(name)))),
      ],
      refusals: [
        { id: "nobody else changes it", principals: others, actions: [...changing, "s3:AddedTomorrow"], on: [arn, `${arn}/*`] },
        { id: "nobody else changes its policy", principals: others.filter(({ kind }) => kind !== "root"), actions: ["s3:DeleteBucketPolicy", "s3:PutBucketPolicy"], on: [arn] },
        { id: "nothing without TLS", principals: everybody, actions: [...changing, "s3:GetObject", "s3:ListBucket"], on: [arn, `${arn}/*`], when: { "aws:securetransport": says(["false"]) } },
        ...writers.map((role) => spared(`${role.split("/").at(-1)} changes it`, role, changing)),
        spared("its own logs are forced", roleArn(roleName.enforcer("s3"), accounts.delegated), ["s3:AllowVendedLogDeliveryForResource", "s3:GetBucketLocation", "s3:ListBucket"]),
      ],
    };
  },
});
