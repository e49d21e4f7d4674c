/** How people use and attack a bucket and its server access logs. */
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  GetObjectCommand,
  PutBucketLoggingCommand,
  PutBucketTaggingCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import type { BucketLocationConstraint } from "@aws-sdk/client-s3";
import { deliveredKinds, deliveryAttacks, strangersDelivery, undelivered } from "../../mechanisms/delivery/exercise";
import type { Caller, Exercise } from "../exercise";
import { source } from "./source";

const kinds = deliveredKinds(source);
const s3 = (caller: Caller) => caller.client(S3Client);

export const exercise: Exercise = {
  async create(caller, name) {
    const bucket = `${name}-${caller.account}-${caller.region}`;
    await s3(caller).send(
      new CreateBucketCommand({
        Bucket: bucket,
        ...(caller.region === "us-east-1"
          ? {}
          : { CreateBucketConfiguration: { LocationConstraint: caller.region as BucketLocationConstraint } }),
      }),
    );
    return { id: bucket, arn: `arn:aws:s3:::${bucket}` };
  },
  async remove(caller, made) {
    await s3(caller).send(new DeleteBucketCommand({ Bucket: made.id }));
  },
  obstruct: (caller, made, ground) => strangersDelivery(caller, made, kinds[0]?.logType ?? "", ground),
  unlogged: (caller, made, ground) => undelivered(caller, made, kinds, ground),
  ordinary: [
    {
      name: "write and read an object",
      run: async (caller, made) => {
        await s3(caller).send(new PutObjectCommand({ Bucket: made.id, Key: "report.txt", Body: "ordinary" }));
        await s3(caller).send(new GetObjectCommand({ Bucket: made.id, Key: "report.txt" }));
      },
    },
    {
      name: "tag a bucket",
      run: (caller, made) =>
        s3(caller).send(
          new PutBucketTaggingCommand({ Bucket: made.id, Tagging: { TagSet: [{ Key: "CostCenter", Value: "42" }] } }),
        ),
    },
    {
      name: "one's own access logging of a bucket, switched off again",
      run: (caller, made) => s3(caller).send(new PutBucketLoggingCommand({ Bucket: made.id, BucketLoggingStatus: {} })),
    },
    {
      name: "the exclusion tag on a bucket, which counts for nothing",
      run: (caller, made, ground) =>
        s3(caller).send(
          new PutBucketTaggingCommand({
            Bucket: made.id,
            Tagging: { TagSet: [{ Key: ground.names.exclusionTagKey, Value: "true" }] },
          }),
        ),
    },
  ],
  attacks: kinds.flatMap(deliveryAttacks),
};
