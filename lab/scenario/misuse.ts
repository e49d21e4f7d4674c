/**
 * What could still be done to the archive: its administrator changes a policy and writes an object, and somebody else tries
 * to. Nothing holds the first back but that people hear of it.
 */
import { GetBucketPolicyCommand, PutBucketPolicyCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { Lab } from "./start";

/** Found again in what the webhooks were told. */
export const written = "AWSLogs/written-by-the-administrator";
export const tried = "AWSLogs/written-by-nobody";
export const SESSION = "misuse";

/** The bucket of the class that needs no key: the administrator can't use the logs' keys. */
export const misused = ({ world }: Lab): string => world.names.logBucket("sse-s3", world.names.homeRegion);

/** @throws Error where the administrator can't, or somebody else can: the lab's picture of break-glass is then wrong */
export async function misuse(lab: Lab): Promise<void> {
  const { world, organization, proxy, callers } = lab;
  const { names } = world;
  const region = names.homeRegion;
  const account = organization.logArchive.id;
  const role = names.roleArn(names.roleName.administrator, account);
  const administrator = callers({ account, credentials: proxy.registry.session(role, SESSION) }, region).client(S3Client);
  const Bucket = misused(lab);
  const { Policy } = await administrator.send(new GetBucketPolicyCommand({ Bucket }));
  const open = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: role }, Action: ["s3:PutObject", "s3:GetBucketPolicy", "s3:PutBucketPolicy"], Resource: [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`] }] };
  await administrator.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify(open) }));
  await administrator.send(new PutObjectCommand({ Bucket, Key: written, Body: "nothing happened" }));
  await administrator.send(new PutBucketPolicyCommand({ Bucket, Policy }));

  const other = world.caller("administrator", world.members[0] ?? "", region).client(S3Client);
  const refused = await other.send(new PutObjectCommand({ Bucket, Key: tried, Body: "nothing happened" })).then(
    () => false,
    (error: unknown) => (error as Error).name === "AccessDenied",
  );
  if (!refused) throw new Error(`an administrator of a member wrote ${tried} into ${Bucket}`);
}
