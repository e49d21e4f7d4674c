/** The archive's keys by their aliases, which several checks look at. */
import { DescribeKeyCommand, KMSClient, type KeyMetadata } from "@aws-sdk/client-kms";
import type { Ground } from "./check";

export type ArchiveKey = Pick<KeyMetadata, "Arn" | "KeyState" | "DeletionDate">;

/** Null where there is none, undefined where that could not be read. */
export const archiveKey = ({ access, config }: Pick<Ground, "access" | "config">, alias: string, region: string): Promise<ArchiveKey | null | undefined> =>
  access.once(`key ${alias} ${region}`, () =>
    // An alias as a KeyId takes the alias's name; the key's own ARN comes back.
    access.attempt({ account: config.accounts.logArchive, region }, "kms:DescribeKey", async (entered) => (await entered.client(KMSClient, region).send(new DescribeKeyCommand({ KeyId: alias }))).KeyMetadata ?? null, ["NotFoundException"]),
  );
