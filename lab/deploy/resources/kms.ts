/** Keys and their aliases. */
import {
  CreateAliasCommand,
  CreateKeyCommand,
  DeleteAliasCommand,
  EnableKeyRotationCommand,
  KMSClient,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
  UpdateAliasCommand,
} from "@aws-sdk/client-kms";
import { type AnyHandler, type Context, handler } from "../handler";

const kms = ({ caller }: Context) => caller.client(KMSClient);

interface Key {
  readonly description?: string;
  readonly policy: string;
  readonly enableKeyRotation?: boolean;
  readonly deletionWindowInDays?: number;
}
interface Alias {
  readonly name: string;
  readonly targetKeyId: string;
}

const aliasOf = ({ account, region }: Context, { name, targetKeyId }: Alias) => ({
  id: name,
  attributes: { arn: `arn:aws:kms:${region}:${account}:${name}`, targetKeyArn: `arn:aws:kms:${region}:${account}:key/${targetKeyId}` },
});

export const kmsHandlers: Readonly<Record<string, AnyHandler>> = {
  "aws:kms/key:Key": handler<Key>({
    async create(context, { description, policy, enableKeyRotation }) {
      const { KeyMetadata } = await kms(context).send(new CreateKeyCommand({ Description: description, Policy: policy }));
      const { KeyId, Arn } = KeyMetadata!;
      if (enableKeyRotation) await kms(context).send(new EnableKeyRotationCommand({ KeyId }));
      return { id: KeyId!, attributes: { keyId: KeyId!, arn: Arn! } };
    },
    async update(context, { policy }, { made }) {
      await kms(context).send(new PutKeyPolicyCommand({ KeyId: made.id, PolicyName: "default", Policy: policy }));
      return made;
    },
    async remove(context, { id }, { deletionWindowInDays }) {
      await kms(context).send(new ScheduleKeyDeletionCommand({ KeyId: id, PendingWindowInDays: deletionWindowInDays }));
    },
  }),
  "aws:kms/alias:Alias": handler<Alias>({
    async create(context, props) {
      await kms(context).send(new CreateAliasCommand({ AliasName: props.name, TargetKeyId: props.targetKeyId }));
      return aliasOf(context, props);
    },
    async update(context, props) {
      await kms(context).send(new UpdateAliasCommand({ AliasName: props.name, TargetKeyId: props.targetKeyId }));
      return aliasOf(context, props);
    },
    async remove(context, { id }) {
      await kms(context).send(new DeleteAliasCommand({ AliasName: id }));
    },
  }),
};
