import { type Phase, type Tier, tiers } from "../config/configuration";
import { readConfiguration } from "../config/read";
import { accountOf } from "../documents/trust-policies";
import { type GraphResource, UNKNOWN } from "./graph";
import { synthesize } from "./synthesize";

jest.setTimeout(300_000);

const config = readConfiguration("management");
const graphs: Partial<Record<string, readonly GraphResource[]>> = {};

async function graphOf(tier: Tier, phase: Phase = "lock", preview = false): Promise<readonly GraphResource[]> {
  const key = `${tier} ${phase} ${preview}`;
  return (graphs[key] ??= await synthesize(tier, { phase, preview }));
}

const urns = (graph: readonly GraphResource[]) => graph.map(({ urn }) => urn);
const ours = (graph: readonly GraphResource[]) => graph.filter(({ type }) => /^aws(-native)?:/.test(type));
/** Services without a Region of their own. */
const isGlobal = (type: string) => /^aws:(iam|organizations)\//.test(type);

describe.each(tiers)("%s", (tier) => {
  test("is bound to its accounts, and every regional resource to a governed Region", async () => {
    const graph = await graphOf(tier);
    const { backup } = config.accounts;
    const allowed = tier === "management" ? Object.values(config.accounts) : tier === "log-archive" ? [accountOf(config, tier), backup] : [accountOf(config, tier)];
    for (const { type, urn, account, props, provider } of ours(graph)) {
      expect([urn, allowed.includes(account)]).toEqual([urn, true]);
      if (type.startsWith("aws:") && !isGlobal(type)) expect([urn, config.regions.includes(props.region as string)]).toEqual([urn, true]);
      expect(graph.some((other) => other.urn === provider)).toBe(true);
    }
  });

  test("refers only to what it declares, and never to the organization as a whole", async () => {
    const graph = await graphOf(tier);
    const declared = new Set(urns(graph));
    for (const { urn, parent, dependencies } of graph) {
      const missing = [parent, ...dependencies].filter((other) => other !== "" && !declared.has(other));
      expect([urn, missing]).toEqual([urn, []]);
    }
    expect(graph.map(({ type }) => type)).not.toContain("aws:organizations/organization:Organization");
  });

  test("has every document and template whole in a preview, where AWS has answered nothing", async () => {
    const preview = await graphOf(tier, "lock", true);
    const documents = ours(preview).flatMap(({ urn, props }) =>
      Object.entries(props)
        .filter(([key]) => ["policy", "content", "assumeRolePolicy", "deliveryDestinationPolicy", "templateUrl", "eventPattern"].includes(key))
        .map(([key, value]) => [urn, key, typeof value === "string" && !value.includes(UNKNOWN)]),
    );
    expect(documents.length).toBeGreaterThan(5);
    expect(documents.filter(([, , known]) => !known)).toEqual([]);
    // Without this the test could pass because nothing is unknown at all.
    expect(JSON.stringify(preview)).toContain(UNKNOWN);
    expect(urns(preview)).toEqual(urns(await graphOf(tier)));
  });
});

test("the same program gives the same bytes", async () => {
  expect(JSON.stringify(await synthesize("delegated"))).toBe(JSON.stringify(await graphOf("delegated")));
});

test("what an earlier phase made stays in the later ones", async () => {
  const previews = await Promise.all((["prepare", "force"] as const).map((phase) => graphOf("management", phase, true)));
  const [prepared, forced] = previews.map(urns);
  expect(forced).toEqual(expect.arrayContaining(prepared!));
  expect(forced!.length).toBeGreaterThan(prepared!.length);
  expect(urns(await graphOf("management"))).toEqual(expect.arrayContaining(forced!));
  const delegated = urns(await graphOf("delegated", "prepare", true));
  expect(urns(await graphOf("delegated"))).toEqual(expect.arrayContaining(delegated));
  expect(delegated.filter((urn) => /StackSet|lambda.*::watcher$/.test(urn))).toEqual([]);
});

test("only the lock phase locks, and one write to AWS Organizations waits for the one before", async () => {
  const isWrite = ({ type }: GraphResource) => /^aws:organizations\/policy/.test(type);
  // GuardDuty's policy locks nothing: it switches detection on.
  const locks = (await graphOf("management", "force", true)).filter((one) => isWrite(one) && !/::fall-guardduty/.test(one.urn));
  expect(locks).toEqual([]);
  const writes = (await graphOf("management")).filter(isWrite);
  const waitsFor = (urn: string): number => 1 + Math.max(0, ...writes.find((one) => one.urn === urn)!.dependencies.filter((other) => writes.some((one) => one.urn === other)).map(waitsFor));
  expect(writes.length).toBeGreaterThan(3);
  expect(writes.map(({ urn }) => waitsFor(urn)).sort((one, other) => one - other)).toEqual(writes.map((_, index) => index + 1));
});

test("logs, keys and what leads to them can't be deleted by a deployment", async () => {
  const archive = ours(await graphOf("log-archive"));
  // Who reads comes and goes with the configuration, and tables are ways of reading; what is read, and how it is kept, stays.
  const passing = /::(reader-|siem-|config-aggregator|organization$)|aws:(glue|athena)\//;
  expect(archive.filter(({ protect, urn }) => !protect && !passing.test(urn)).map(({ urn }) => urn)).toEqual([]);
  const stores = archive.filter(({ type }) => /^aws:(s3\/bucket|kms\/key):/.test(type));
  expect(stores.filter(({ retainOnDelete }) => !retainOnDelete)).toEqual([]);
  // Five classes and their copies with two keys in each Region; five backups, their records and key; the trail's key.
  expect(stores.length).toBe((5 + 5 + 2) * config.regions.length + (5 + 1 + 1) + 1);
});

test("uploads lie under their hash, and leave the program when they are no longer used", async () => {
  const uploads = (await graphOf("delegated")).filter(({ type }) => type === "aws:s3/bucketObjectv2:BucketObjectv2");
  for (const { props, protect, retainOnDelete } of uploads) {
    expect([props.key, protect, retainOnDelete || props.key === "exclusions.json"]).toEqual([props.key, false, true]);
    const { hash } = (props.source ?? {}) as { hash?: string };
    if (hash) expect(props.key).toContain(hash);
  }
});

test("an organizational unit that is only observed becomes its accounts", async () => {
  const sources = { ...config.sources, alb: { via: "delivery", mode: "force", observeIn: ["ou-exam-observed1"] }, s3: { via: "delivery", mode: "observe", observeIn: [] } } as const;
  const graph = await synthesize("delegated", {
    phase: "prepare",
    configuration: { ...config, sources },
    accountsByOu: { "ou-exam-observed1": ["666666666666", "555555555555"] },
  });
  const lists = graph.filter(({ props }) => props.key === "exclusions.json").map(({ props }) => JSON.parse(props.content as string) as unknown);
  expect(lists).toHaveLength(config.regions.length);
  expect(lists[0]).toEqual({
    exclusions: [],
    observe: [
      { source: "alb", account: "555555555555" },
      { source: "alb", account: "666666666666" },
      { source: "s3", account: "*" },
    ],
  });
});

test("a program that fails says why", async () => {
  const broken = { ...config, force: { rollout: "canary" } } as const;
  await expect(synthesize("delegated", { configuration: broken })).rejects.toThrow(/fall:force\.canary is missing/);
});
