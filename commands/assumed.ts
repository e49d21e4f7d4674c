/** A role's session, for the clients that a command asks as that role. */
import { AssumeRoleCommand, type STSClient } from "@aws-sdk/client-sts";

export interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** @throws what AWS STS answers */
export async function assumed(sts: STSClient, RoleArn: string, RoleSessionName: string): Promise<Session> {
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName }));
  const { AccessKeyId, SecretAccessKey, SessionToken } = Credentials!;
  return { accessKeyId: AccessKeyId!, secretAccessKey: SecretAccessKey!, sessionToken: SessionToken! };
}
