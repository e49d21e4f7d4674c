/** Buckets, their settings, and objects. */
import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketEncryptionCommand,
  DeleteBucketOwnershipControlsCommand,
  DeleteBucketPolicyCommand,
  DeleteObjectCommand,
  DeletePublicAccessBlockCommand,
  type ObjectOwnership,
  PutBucketEncryptionCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  S3Client,
  type BucketVersioningStatus,
  type ServerSideEncryption,
} from "@aws-sdk/client-s3";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type AnyHandler, type Context, handler, setting } from "../handler";

const s3 = ({ caller }: Context) => caller.client(S3Client);
const projectRoot = join(__dirname, "..", "..", "..");

interface Asset {
  readonly path?: string;
  readonly text?: string;
}
interface ObjectProps {
  readonly bucket: string;
  readonly key: string;
  readonly content?: string;
  readonly contentType?: string;
  readonly source?: Asset;
}

function bodyOf({ key, content, source }: ObjectProps): string | Buffer {
  if (content !== undefined) return content;
  if (source?.text !== undefined) return source.text;
  if (source?.path !== undefined) return readFileSync(join(projectRoot, source.path));
  throw new Error(`the object ${key} has neither content nor a file`);
}

async function putObject(context: Context, props: ObjectProps) {
  const { bucket, key, contentType } = props;
  await s3(context).send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: bodyOf(props), ContentType: contentType }));
  return { id: `${bucket}/${key}`, attributes: { arn: `arn:aws:s3:::${bucket}/${key}` } };
}

interface Encryption {
  readonly bucket: string;
  readonly rules: readonly { readonly applyServerSideEncryptionByDefault: { readonly sseAlgorithm: string; readonly kmsMasterKeyId?: string }; readonly bucketKeyEnabled?: boolean }[];
}

export const s3Handlers: Readonly<Record<string, AnyHandler>> = {
  "aws:s3/bucket:Bucket": handler<{ bucket: string; objectLockEnabled?: boolean }>({
    async create(context, { bucket, objectLockEnabled }) {
      // us-east-1 is the one Region that is not named as a location.
      const location = context.region === "us-east-1" ? undefined : { LocationConstraint: context.region as BucketLocationConstraint };
      await s3(context).send(new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: location, ObjectLockEnabledForBucket: objectLockEnabled }));
      return { id: bucket, attributes: { arn: `arn:aws:s3:::${bucket}`, bucketDomainName: `${bucket}.s3.amazonaws.com` } };
    },
    async remove(context, { id }) {
      await s3(context).send(new DeleteBucketCommand({ Bucket: id }));
    },
  }),
  "aws:s3/bucketVersioning:BucketVersioning": setting<{ bucket: string; versioningConfiguration: { status: BucketVersioningStatus } }>(
    ({ bucket }) => bucket,
    (context, { bucket, versioningConfiguration: { status } }) =>
      s3(context).send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: status } })),
  ),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": setting<Encryption>(
    ({ bucket }) => bucket,
    (context, { bucket, rules }) =>
      s3(context).send(
        new PutBucketEncryptionCommand({
          Bucket: bucket,
          ServerSideEncryptionConfiguration: {
            Rules: rules.map(({ applyServerSideEncryptionByDefault: { sseAlgorithm, kmsMasterKeyId }, bucketKeyEnabled }) => ({
              ApplyServerSideEncryptionByDefault: { SSEAlgorithm: sseAlgorithm as ServerSideEncryption, KMSMasterKeyID: kmsMasterKeyId },
              BucketKeyEnabled: bucketKeyEnabled,
            })),
          },
        }),
      ),
    (context, { bucket }) => s3(context).send(new DeleteBucketEncryptionCommand({ Bucket: bucket })),
  ),
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": setting<{ bucket: string; rule: { objectOwnership: ObjectOwnership } }>(
    ({ bucket }) => bucket,
    (context, { bucket, rule: { objectOwnership } }) =>
      s3(context).send(new PutBucketOwnershipControlsCommand({ Bucket: bucket, OwnershipControls: { Rules: [{ ObjectOwnership: objectOwnership }] } })),
    (context, { bucket }) => s3(context).send(new DeleteBucketOwnershipControlsCommand({ Bucket: bucket })),
  ),
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": setting<{
    bucket: string;
    blockPublicAcls?: boolean;
    blockPublicPolicy?: boolean;
    ignorePublicAcls?: boolean;
    restrictPublicBuckets?: boolean;
  }>(
    ({ bucket }) => bucket,
    (context, { bucket, blockPublicAcls, blockPublicPolicy, ignorePublicAcls, restrictPublicBuckets }) =>
      s3(context).send(
        new PutPublicAccessBlockCommand({
          Bucket: bucket,
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: blockPublicAcls,
            BlockPublicPolicy: blockPublicPolicy,
            IgnorePublicAcls: ignorePublicAcls,
            RestrictPublicBuckets: restrictPublicBuckets,
          },
        }),
      ),
    (context, { bucket }) => s3(context).send(new DeletePublicAccessBlockCommand({ Bucket: bucket })),
  ),
  "aws:s3/bucketPolicy:BucketPolicy": setting<{ bucket: string; policy: string }>(
    ({ bucket }) => bucket,
    (context, { bucket, policy }) => s3(context).send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: policy })),
    (context, { bucket }) => s3(context).send(new DeleteBucketPolicyCommand({ Bucket: bucket })),
  ),
  "aws:s3/bucketNotification:BucketNotification": setting<{ bucket: string; eventbridge?: boolean }>(
    ({ bucket }) => bucket,
    (context, { bucket, eventbridge }) =>
      s3(context).send(new PutBucketNotificationConfigurationCommand({ Bucket: bucket, NotificationConfiguration: eventbridge ? { EventBridgeConfiguration: {} } : {} })),
    (context, { bucket }) => s3(context).send(new PutBucketNotificationConfigurationCommand({ Bucket: bucket, NotificationConfiguration: {} })),
  ),
  "aws:s3/bucketObjectv2:BucketObjectv2": handler<ObjectProps>({
    create: putObject,
    update: putObject,
    async remove(context, _, { bucket, key }) {
      await s3(context).send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    },
  }),
};
