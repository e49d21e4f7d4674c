import type { EC2Client } from "@aws-sdk/client-ec2";
import type { ResolverQueryLogConfig, ResolverQueryLogConfigAssociation, Route53ResolverClient, Tag } from "@aws-sdk/client-route53resolver";
import { names } from "../../names-for-tests";
import { resolverAdapter } from "./enforce";

const settings = { names, account: "444444444444", region: "us-east-1", via: "delivery" as const, busArn: names.busArn };
const archive = names.logBucketArn("kms", "us-east-1");
const tag: Tag[] = [{ Key: "fall-log", Value: "route53-resolver" }];

interface Config extends ResolverQueryLogConfig {
  tags: Tag[];
}
const config = (Id: string, change: Partial<Config> = {}): Config => ({ Id, Arn: `arn:${Id}`, OwnerId: settings.account, Status: "CREATED", DestinationArn: archive, tags: tag, ...change });
const fail = (name: string) => Object.assign(new Error("no"), { name });

/** As much of Resolver as the adapter uses: a VPC has one destination of each type, and what is made or removed takes a while. */
function world(vpcs: readonly string[], configs: Config[] = [], associations: ResolverQueryLogConfigAssociation[] = []) {
  const sent: string[] = [];
  const isS3 = (id: string | undefined) => configs.find(({ Id }) => Id === id)?.DestinationArn?.startsWith("arn:aws:s3:::") ?? false;
  const answers: Record<string, (input: never) => object> = {
    ListResolverQueryLogConfigsCommand: () => ({ ResolverQueryLogConfigs: configs.map((one) => ({ ...one, tags: undefined })) }),
    ListResolverQueryLogConfigAssociationsCommand: ({ Filters: [filter] }: { Filters: { Name: "ResourceId"; Values: string[] }[] }) => {
      const found = associations.filter((one) => filter?.Values.includes(one[filter.Name] ?? ""));
      // What was being removed has gone by the next look.
      for (const one of found) if (one.Status === "DELETING") associations.splice(associations.indexOf(one), 1);
      return { ResolverQueryLogConfigAssociations: found.map((one) => ({ ...one })) };
    },
    ListTagsForResourceCommand: ({ ResourceArn }: { ResourceArn: string }) => ({ Tags: configs.find(({ Arn }) => Arn === ResourceArn)?.tags }),
    TagResourceCommand: ({ ResourceArn, Tags }: { ResourceArn: string; Tags: Tag[] }) => {
      for (const one of configs) if (one.Arn === ResourceArn) one.tags = Tags;
      return {};
    },
    CreateResolverQueryLogConfigCommand: ({ Tags, DestinationArn }: { Tags: Tag[]; DestinationArn: string }) => {
      configs.push(config(`made-${configs.length}`, { Status: "CREATING", tags: Tags, DestinationArn }));
      return { ResolverQueryLogConfig: { ...configs.at(-1) } };
    },
    GetResolverQueryLogConfigCommand: ({ ResolverQueryLogConfigId }: { ResolverQueryLogConfigId: string }) => {
      const found = configs.find(({ Id }) => Id === ResolverQueryLogConfigId);
      const before = { ...found };
      if (found) found.Status = "CREATED";
      return { ResolverQueryLogConfig: before };
    },
    AssociateResolverQueryLogConfigCommand: ({ ResolverQueryLogConfigId, ResourceId }: { ResolverQueryLogConfigId: string; ResourceId: string }) => {
      if (!vpcs.includes(ResourceId)) throw fail("InvalidParameterException");
      const own = associations.filter((one) => one.ResourceId === ResourceId);
      if (own.some((one) => one.ResolverQueryLogConfigId === ResolverQueryLogConfigId)) throw fail("ResourceExistsException");
      if (configs.find(({ Id }) => Id === ResolverQueryLogConfigId)?.Status === "CREATING") throw fail("InvalidRequestException");
      if (isS3(ResolverQueryLogConfigId) && own.some((one) => isS3(one.ResolverQueryLogConfigId))) throw fail("InvalidRequestException");
      associations.push({ ResolverQueryLogConfigId, ResourceId, Status: "ACTIVE" });
      return {};
    },
    DisassociateResolverQueryLogConfigCommand: ({ ResolverQueryLogConfigId, ResourceId }: { ResolverQueryLogConfigId: string; ResourceId: string }) => {
      const one = associations.find((each) => each.ResolverQueryLogConfigId === ResolverQueryLogConfigId && each.ResourceId === ResourceId);
      if (!one) throw fail("ResourceNotFoundException");
      one.Status = "DELETING";
      return {};
    },
  };
  const send = async (command: { input: never; constructor: { name: string } }) => {
    sent.push(command.constructor.name.replace("Command", ""));
    return answers[command.constructor.name]?.(command.input);
  };
  const ec2 = { send: async ({ input }: { input: { Filters?: { Values: string[] }[] } }) => ({ Vpcs: vpcs.filter((id) => input.Filters?.[0]?.Values.includes(id) ?? true).map((VpcId) => ({ VpcId, OwnerId: settings.account })) }) };
  const adapter = resolverAdapter(ec2 as unknown as EC2Client, { send } as unknown as Route53ResolverClient, settings, () => Promise.resolve());

  async function force(...ids: readonly string[]) {
    const notes: string[] = [];
    const results: boolean[] = [];
    const resources = ids.map((id) => ({ id, arn: `arn:${id}` }));
    for (const { resource, steps } of await adapter.inspect(resources)) {
      for (const step of steps) results.push(await adapter.apply(resource, step, (words) => notes.push(words)));
    }
    return { notes, results, states: (await adapter.inspect(resources)).map(({ state }) => state) };
  }
  return { adapter, sent, configs, associations, force };
}

test("the first VPCs of an account share one configuration, made once, tagged, and waited for", async () => {
  const { force, configs, sent } = world(["vpc-a", "vpc-b"]);
  expect(await force("vpc-a", "vpc-b")).toEqual({ notes: [], results: [true, true], states: ["logs", "logs"] });
  expect(configs).toEqual([config("made-0")]);
  expect(sent.filter((call) => call === "CreateResolverQueryLogConfig")).toHaveLength(1);
});

test("a further VPC takes four calls of Resolver's", async () => {
  const { force, sent, configs } = world(["vpc-a"], [config("ours")]);
  await force("vpc-a");
  expect(sent.slice(0, 4)).toEqual(["ListResolverQueryLogConfigs", "ListTagsForResource", "ListResolverQueryLogConfigAssociations", "AssociateResolverQueryLogConfig"]);
  expect(configs).toHaveLength(1);
});

test("a stranger's bucket makes room, and is named; other destinations stay", async () => {
  const strangers = [config("s3", { DestinationArn: "arn:aws:s3:::own" }), config("logs", { DestinationArn: "arn:aws:logs:us-east-1:444444444444:log-group:own" })];
  const joined = strangers.map(({ Id }) => ({ ResolverQueryLogConfigId: Id, ResourceId: "vpc-a", Status: "ACTIVE" as const }));
  const { force, associations } = world(["vpc-a"], [config("ours"), ...strangers], joined);
  const { notes, states } = await force("vpc-a");
  expect(states).toEqual(["logs"]);
  expect(notes).toEqual(["took it off the query log configuration s3 to arn:aws:s3:::own, since AWS refused ours beside it"]);
  expect(associations.map((one) => one.ResolverQueryLogConfigId)).toEqual(["logs", "ours"]);
});

test("a refusal that no other bucket explains is thrown", async () => {
  const { adapter } = world(["vpc-a"], [config("ours", { Status: "CREATING" })]);
  const step = { call: "AssociateResolverQueryLogConfig", why: "", input: { configId: "ours" } };
  await expect(adapter.apply({ id: "vpc-a", arn: "arn" }, step)).rejects.toMatchObject({ name: "InvalidRequestException" });
});

test("what was associated meanwhile is as good", async () => {
  const { adapter, associations } = world(["vpc-a"], [config("ours")]);
  const [finding] = await adapter.inspect([{ id: "vpc-a", arn: "arn" }]);
  associations.push({ ResolverQueryLogConfigId: "ours", ResourceId: "vpc-a", Status: "CREATING" });
  expect(await adapter.apply(finding!.resource, finding!.steps[0]!)).toBe(true);
  expect(associations).toHaveLength(1);
});

test("a failed association is made anew; one without our tag is adopted; another account's is not ours", async () => {
  const failed = world(["vpc-a"], [config("ours")], [{ ResolverQueryLogConfigId: "ours", ResourceId: "vpc-a", Status: "FAILED" }]);
  expect((await failed.force("vpc-a")).states).toEqual(["logs"]);
  const adopted = world(["vpc-a"], [config("ours", { tags: [] })], [{ ResolverQueryLogConfigId: "ours", ResourceId: "vpc-a", Status: "ACTIVE" }]);
  expect((await adopted.force("vpc-a")).states).toEqual(["logs"]);
  expect(adopted.configs[0]?.tags).toEqual(tag);
  const shared = world(["vpc-a"], [config("theirs", { OwnerId: "555555555555", DestinationArn: archive })]);
  await shared.force("vpc-a");
  expect(shared.configs).toHaveLength(2);
});

test("a VPC that is gone by now is normal; an unknown step is a bug", async () => {
  const step = { call: "AssociateResolverQueryLogConfig", why: "", input: { configId: "ours" } };
  const gone = world([], [config("ours")]);
  expect(await gone.adapter.apply({ id: "vpc-a", arn: "arn" }, step)).toBe(false);
  const { adapter } = world(["vpc-a"], [config("ours")]);
  const refusing = { ...step, call: "Unknown" };
  await expect(adapter.apply({ id: "vpc-a", arn: "arn" }, refusing)).rejects.toThrow("query logs have no step Unknown");
});
