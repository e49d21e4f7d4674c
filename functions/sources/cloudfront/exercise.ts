/** How people use and attack a CloudFront distribution and its standard logging (v2). */
import {
  CloudFrontClient,
  CreateDistributionCommand,
  CreateInvalidationCommand,
  DeleteDistributionCommand,
  GetDistributionConfigCommand,
  TagResourceCommand,
  UpdateDistributionCommand,
} from "@aws-sdk/client-cloudfront";
import type { DistributionConfig } from "@aws-sdk/client-cloudfront";
import { deliveredKinds, deliveryAttacks, strangersDelivery, undelivered } from "../../mechanisms/delivery/exercise";
import type { Caller, Exercise, Made } from "../exercise";
import { source } from "./source";

const kinds = deliveredKinds(source);
const cloudfront = (caller: Caller) => caller.client(CloudFrontClient);

function distribution(name: string): DistributionConfig {
  return {
    CallerReference: name,
    Comment: name,
    Enabled: true,
    Origins: { Quantity: 1, Items: [{ Id: "origin", DomainName: "www.example.com", CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: "https-only" } }] },
    DefaultCacheBehavior: {
      TargetOriginId: "origin",
      ViewerProtocolPolicy: "redirect-to-https",
      ForwardedValues: { QueryString: false, Cookies: { Forward: "none" } },
      MinTTL: 0,
      TrustedSigners: { Enabled: false, Quantity: 0 },
    },
  };
}

/** Reads the configuration and writes it back changed, as CloudFront asks (with the ETag). */
async function update(caller: Caller, made: Made, change: (config: DistributionConfig) => DistributionConfig) {
  const { DistributionConfig: config, ETag } = await cloudfront(caller).send(new GetDistributionConfigCommand({ Id: made.id }));
  if (!config) throw new Error(`${made.id} has no configuration`);
  return cloudfront(caller).send(new UpdateDistributionCommand({ Id: made.id, IfMatch: ETag, DistributionConfig: change(config) }));
}

export const exercise: Exercise = {
  async create(caller, name) {
    const answer = await cloudfront(caller).send(new CreateDistributionCommand({ DistributionConfig: distribution(name) }));
    return { id: answer.Distribution?.Id ?? "", arn: answer.Distribution?.ARN ?? "" };
  },
  async remove(caller, made) {
    await update(caller, made, (config) => ({ ...config, Enabled: false }));
    const { ETag } = await cloudfront(caller).send(new GetDistributionConfigCommand({ Id: made.id }));
    await cloudfront(caller).send(new DeleteDistributionCommand({ Id: made.id, IfMatch: ETag }));
  },
  obstruct: (caller, made, ground) => strangersDelivery(caller, made, kinds[0]?.logType ?? "", ground),
  unlogged: (caller, made, ground) => undelivered(caller, made, kinds, ground),
  ordinary: [
    {
      name: "update a distribution",
      run: (caller, made) => update(caller, made, (config) => ({ ...config, Comment: `${config.Comment} updated` })),
    },
    {
      name: "invalidate and tag a distribution",
      run: async (caller, made) => {
        await cloudfront(caller).send(
          new CreateInvalidationCommand({
            DistributionId: made.id,
            InvalidationBatch: { CallerReference: `${Date.now()}`, Paths: { Quantity: 1, Items: ["/*"] } },
          }),
        );
        await cloudfront(caller).send(
          new TagResourceCommand({ Resource: made.arn, Tags: { Items: [{ Key: "CostCenter", Value: "42" }] } }),
        );
      },
    },
  ],
  attacks: [
    ...kinds.flatMap(deliveryAttacks),
    {
      name: "exclude the distribution by tag",
      answered: "denied",
      run: (caller, made, ground) =>
        cloudfront(caller).send(
          new TagResourceCommand({ Resource: made.arn, Tags: { Items: [{ Key: ground.names.exclusionTagKey, Value: "true" }] } }),
        ),
    },
  ],
};
