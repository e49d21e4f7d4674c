/** Whether MFA delete is on for the copies of the logs. https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiFactorAuthenticationDelete.html */
import { GetBucketVersioningCommand, type GetBucketVersioningCommandOutput, type S3Client } from "@aws-sdk/client-s3";
import type { Configuration } from "../../infra/config/configuration";
import { storesIn } from "../../infra/documents/stores";
import { namesFor } from "../../infra/names";
import { missing, ok, reading, type Finding } from "../preflight/finding";

const CHECK = "MFA delete";

/** @param expire whether copies have a lifecycle, which Amazon S3 takes for no bucket with MFA delete */
export function mfaDeleteFinding(bucket: string, { Status, MFADelete }: Pick<GetBucketVersioningCommandOutput, "Status" | "MFADelete">, expire: boolean): Finding {
  if (MFADelete === "Enabled") return ok(CHECK, `${bucket}: on, versioning ${Status ?? "never enabled"}`);
  if (expire) return ok(CHECK, `${bucket}: off, and can't be on while fall:archive.copies.expire is true`);
  const command = `aws s3api put-bucket-versioning --bucket ${bucket} --versioning-configuration Status=Enabled,MFADelete=Enabled --mfa "SERIAL CODE"`;
  return missing(CHECK, `${bucket}: off`, `${command} (as the account's root user, with the lock off)`);
}

/** The copies in the archive's account, in every Region; those of the backup account are asked for there. */
export async function checkCopies(clientIn: (region: string) => Pick<S3Client, "send">, config: Configuration): Promise<readonly Finding[]> {
  const copies = config.regions.flatMap((region) => storesIn(config, region)).filter(({ part }) => part === "replica");
  const found = await Promise.all(
    copies.map(({ part, store, region, naming }) => {
      const Bucket = namesFor(config).bucketOf(part, store, region, naming);
      return reading(CHECK, `s3:GetBucketVersioning of ${Bucket}`, async () => [
        mfaDeleteFinding(Bucket, await clientIn(region).send(new GetBucketVersioningCommand({ Bucket })), config.archive.copies.expire),
      ]);
    }),
  );
  return found.flat();
}
