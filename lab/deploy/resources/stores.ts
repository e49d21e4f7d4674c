/** The status table and the webhooks' secrets. */
import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  type BillingMode,
  type ScalarAttributeType,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import { CreateSecretCommand, DeleteResourcePolicyCommand, DeleteSecretCommand, PutResourcePolicyCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { type AnyHandler, type Context, handler, setting } from "../handler";

interface Table {
  readonly name: string;
  readonly billingMode?: BillingMode;
  readonly hashKey: string;
  readonly rangeKey?: string;
  readonly attributes: readonly { readonly name: string; readonly type: ScalarAttributeType }[];
  readonly ttl?: { readonly attributeName: string; readonly enabled: boolean };
  readonly pointInTimeRecovery?: { readonly enabled: boolean };
  readonly deletionProtectionEnabled?: boolean;
}

const dynamodb = ({ caller }: Context) => caller.client(DynamoDBClient);
const secrets = ({ caller }: Context) => caller.client(SecretsManagerClient);

export const storesHandlers: Readonly<Record<string, AnyHandler>> = {
  "aws:dynamodb/table:Table": handler<Table>({
    async create(context, { name, billingMode, hashKey, rangeKey, attributes, ttl, pointInTimeRecovery, deletionProtectionEnabled }) {
      const { TableDescription } = await dynamodb(context).send(
        new CreateTableCommand({
          TableName: name,
          BillingMode: billingMode,
          KeySchema: [{ AttributeName: hashKey, KeyType: "HASH" }, ...(rangeKey === undefined ? [] : [{ AttributeName: rangeKey, KeyType: "RANGE" as const }])],
          AttributeDefinitions: attributes.map((attribute) => ({ AttributeName: attribute.name, AttributeType: attribute.type })),
          DeletionProtectionEnabled: deletionProtectionEnabled,
        }),
      );
      if (ttl) await dynamodb(context).send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification: { AttributeName: ttl.attributeName, Enabled: ttl.enabled } }));
      if (pointInTimeRecovery)
        await dynamodb(context).send(new UpdateContinuousBackupsCommand({ TableName: name, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: pointInTimeRecovery.enabled } }));
      return { id: name, attributes: { arn: TableDescription!.TableArn! } };
    },
    async update(context, { name, deletionProtectionEnabled }, { made }) {
      await dynamodb(context).send(new UpdateTableCommand({ TableName: name, DeletionProtectionEnabled: deletionProtectionEnabled }));
      return made;
    },
    async remove(context, { id }, { deletionProtectionEnabled }) {
      if (deletionProtectionEnabled) await dynamodb(context).send(new UpdateTableCommand({ TableName: id, DeletionProtectionEnabled: false }));
      await dynamodb(context).send(new DeleteTableCommand({ TableName: id }));
    },
  }),
  "aws:secretsmanager/secret:Secret": handler<{ name: string; description?: string }>({
    async create(context, { name, description }) {
      const { ARN } = await secrets(context).send(new CreateSecretCommand({ Name: name, Description: description }));
      return { id: ARN!, attributes: { arn: ARN! } };
    },
    async remove(context, { id }) {
      await secrets(context).send(new DeleteSecretCommand({ SecretId: id }));
    },
  }),
  "aws:secretsmanager/secretPolicy:SecretPolicy": setting<{ secretArn: string; policy: string; blockPublicPolicy?: boolean }>(
    ({ secretArn }) => secretArn,
    (context, { secretArn, policy, blockPublicPolicy }) =>
      secrets(context).send(new PutResourcePolicyCommand({ SecretId: secretArn, ResourcePolicy: policy, BlockPublicPolicy: blockPublicPolicy })),
    (context, { secretArn }) => secrets(context).send(new DeleteResourcePolicyCommand({ SecretId: secretArn })),
  ),
};
