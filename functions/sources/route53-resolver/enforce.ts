/** Forces Route 53 Resolver query logs. */
import { randomUUID } from "node:crypto";
import { EC2Client } from "@aws-sdk/client-ec2";
import {
  AssociateResolverQueryLogConfigCommand,
  CreateResolverQueryLogConfigCommand,
  DisassociateResolverQueryLogConfigCommand,
  GetResolverQueryLogConfigCommand,
  ListResolverQueryLogConfigAssociationsCommand,
  ListResolverQueryLogConfigsCommand,
  ListTagsForResourceCommand,
  Route53ResolverClient,
  TagResourceCommand,
} from "@aws-sdk/client-route53resolver";
import type { ResolverQueryLogConfig, ResolverQueryLogConfigAssociation } from "@aws-sdk/client-route53resolver";
import type { Adapter, EnforcerModule, Settings } from "../../enforcer/adapter";
import { everyItem } from "../../mechanisms/paging";
import { vpcs } from "../../mechanisms/vpcs/client";
import { decide, isJoined } from "./decide";
import type { ArchiveConfig } from "./decide";
import { resolverHints } from "./hints";
import { source } from "./source";

/** How often, and how many milliseconds apart, a change of AWS's that takes its time is looked at again. */
const LOOKS = 15;
const PAUSE = 1_000;

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : "");

/** @param pause waits so many milliseconds */
export function resolverAdapter(
  ec2: Pick<EC2Client, "send">,
  resolver: Pick<Route53ResolverClient, "send">,
  settings: Settings,
  pause: (milliseconds: number) => Promise<unknown>,
): Adapter {
  const { names, account, region } = settings;
  const destination = names.logBucketArn("kms", region);
  const tags = [{ Key: names.tagKey, Value: source.name }];
  const finder = vpcs(ec2, settings);
  /** Made since the configurations were last read, for the VPCs that follow. */
  let made: string | undefined;

  const everyConfig = (): Promise<ResolverQueryLogConfig[]> =>
    everyItem(async (NextToken) => {
      const answer = await resolver.send(new ListResolverQueryLogConfigsCommand({ NextToken }));
      return { items: answer.ResolverQueryLogConfigs, next: answer.NextToken };
    });

  const associationsBy = (name: "ResolverQueryLogConfigId" | "ResourceId", value: string): Promise<ResolverQueryLogConfigAssociation[]> =>
    everyItem(async (NextToken) => {
      const answer = await resolver.send(new ListResolverQueryLogConfigAssociationsCommand({ Filters: [{ Name: name, Values: [value] }], NextToken }));
      return { items: answer.ResolverQueryLogConfigAssociations, next: answer.NextToken };
    });

  const carriesTag = async (ResourceArn: string | undefined): Promise<boolean> => {
    const given = await everyItem(async (NextToken) => {
      const answer = await resolver.send(new ListTagsForResourceCommand({ ResourceArn, NextToken }));
      return { items: answer.Tags, next: answer.NextToken };
    });
    return given.some(({ Key, Value }) => Key === names.tagKey && Value === source.name);
  };

  /** Looks until it is so; gives up without an error, since the call that follows tells. */
  const until = async (isSo: () => Promise<boolean>): Promise<void> => {
    for (let look = 1; look <= LOOKS && !(await isSo()); look++) await pause(PAUSE);
  };

  const makeConfig = async (): Promise<string> => {
    const { ResolverQueryLogConfig: config } = await resolver.send(
      new CreateResolverQueryLogConfigCommand({
        Name: `${names.prefix}-query-logs`,
        DestinationArn: destination,
        CreatorRequestId: randomUUID(),
        Tags: tags,
      }),
    );
    const id = config?.Id ?? "";
    if (config?.Status === "CREATING") {
      await until(async () => {
        const { ResolverQueryLogConfig: now } = await resolver.send(new GetResolverQueryLogConfigCommand({ ResolverQueryLogConfigId: id }));
        return now?.Status !== "CREATING";
      });
    }
    return id;
  };

  const leave = async (vpc: string, configId: string): Promise<void> => {
    try {
      await resolver.send(new DisassociateResolverQueryLogConfigCommand({ ResolverQueryLogConfigId: configId, ResourceId: vpc }));
    } catch (error) {
      if (nameOf(error) !== "ResourceNotFoundException") throw error;
    }
    await until(async () => !(await associationsBy("ResourceId", vpc)).some((one) => one.ResolverQueryLogConfigId === configId));
  };

  const join = async (vpc: string, configId: string): Promise<void> => {
    await resolver.send(new AssociateResolverQueryLogConfigCommand({ ResolverQueryLogConfigId: configId, ResourceId: vpc }));
  };

  /**
   * Associates a VPC. Where AWS refuses, what already leads to an S3 bucket makes room, since a VPC has one destination of
   * each type; which error AWS gives then is NC, so any refusal that others' associations may explain is taken so.
   */
  const turnOn = async (vpc: string, configId: string, note: (words: string) => void): Promise<void> => {
    try {
      await join(vpc, configId);
    } catch (error) {
      if (!["InvalidRequestException", "LimitExceededException", "ResourceExistsException"].includes(nameOf(error))) throw error;
      const there = await associationsBy("ResourceId", vpc);
      // The same event twice, or a sweep at the same time.
      if (there.some((one) => one.ResolverQueryLogConfigId === configId && isJoined(one))) return;
      const buckets = (await everyConfig()).filter(({ Id, DestinationArn = "" }) => Id !== configId && DestinationArn.startsWith("arn:aws:s3:::"));
      const rivals = buckets.filter(({ Id }) => there.some((one) => one.ResolverQueryLogConfigId === Id));
      if (rivals.length === 0) throw error;
      for (const { Id = "", DestinationArn } of rivals) {
        await leave(vpc, Id);
        note(`took it off the query log configuration ${Id} to ${DestinationArn}, since AWS refused ours beside it`);
      }
      await join(vpc, configId);
    }
  };

  return {
    ...finder,
    async inspect(resources) {
      made = undefined;
      const toArchive = (await everyConfig()).filter(({ DestinationArn, OwnerId }) => DestinationArn === destination && OwnerId === account);
      const configs: ArchiveConfig[] = [];
      const associations: ResolverQueryLogConfigAssociation[] = [];
      for (const config of toArchive) {
        configs.push({ ...config, tagged: await carriesTag(config.Arn) });
        associations.push(...(await associationsBy("ResolverQueryLogConfigId", config.Id ?? "")));
      }
      return resources.map((resource) => ({ resource, ...decide(configs, associations.filter(({ ResourceId }) => ResourceId === resource.id)) }));
    },
    async apply({ id: vpc }, { call, input }, note = () => undefined) {
      try {
        if (call === "AssociateResolverQueryLogConfig") {
          await turnOn(vpc, (input.configId as string | undefined) ?? (made ??= await makeConfig()), note);
        } else if (call === "DisassociateResolverQueryLogConfig") await leave(vpc, input.configId as string);
        else if (call === "TagResource") await resolver.send(new TagResourceCommand({ ResourceArn: input.arn as string, Tags: tags }));
        else throw new Error(`query logs have no step ${call}`);
        return true;
      } catch (error) {
        // Resolver's error does not say whether the VPC or the configuration is gone.
        const mayBeGone = ["InvalidParameterException", "ResourceNotFoundException"].includes(nameOf(error));
        if (mayBeGone && (await finder.find([vpc])).length === 0) return false;
        throw error;
      }
    },
  };
}

export const enforcer: EnforcerModule = {
  hints: resolverHints,
  adapter: (settings) =>
    resolverAdapter(
      new EC2Client({ ...settings.client, region: settings.region, maxAttempts: 6 }),
      // Resolver takes five calls a second of an account and Region.
      new Route53ResolverClient({ ...settings.client, region: settings.region, maxAttempts: 10 }),
      settings,
      (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    ),
};
