/** The ARN of a place's key, which ends in an id that AWS gave: looked up, with the caller's own credentials. */
import { DescribeKeyCommand, type KMSClient } from "@aws-sdk/client-kms";

/** Why it is not known: there are no credentials, they may not, or there is no such key yet. */
const unknown = new Set(["CredentialsProviderError", "AccessDeniedException", "NotFoundException", "ExpiredTokenException", "UnrecognizedClientException", "InvalidClientTokenId"]);

/** @returns undefined where it can't be known, which is said */
export async function keyArn(kms: Pick<KMSClient, "send">, alias: string): Promise<string | undefined> {
  try {
    const { KeyMetadata } = await (kms as KMSClient).send(new DescribeKeyCommand({ KeyId: alias }));
    return KeyMetadata?.Arn;
  } catch (error) {
    // AWS that can't be reached is no reason against a preview.
    if (unknown.has((error as Error).name) || "code" in (error as Error) || (error as Error).name === "TimeoutError") return undefined;
    throw error;
  }
}
