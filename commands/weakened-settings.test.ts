import { tiers, type Configuration, type Tier } from "../infra/config/configuration";
import { readConfiguration } from "../infra/config/read";
import { synthesize, type GraphResource } from "../infra/program/synthesize";
import { isObligation } from "../policy-pack/obligation";
import { rules } from "../policy-pack/policies";
import { weakenings } from "../policy-pack/removals/weakenings";
import { plain } from "../policy-pack/subjects/plain";
import { subjectsIn } from "../policy-pack/subjects/read";
import type { Resource, Subject } from "../policy-pack/subjects/subject";

jest.setTimeout(600_000);

/** What a document says is `policy-pack/removals`' affair, where every statement of it is taken out and proven to be missed. */
const judged = rules.filter((rule) => !isObligation(rule));

/** Properties that no resource of ours has, and that would weaken it. */
const added = {
  "aws:cloudtrail/trail:Trail": { enableLogging: false, s3KeyPrefix: "elsewhere", eventSelectors: [{ readWriteType: "ReadOnly" }] },
  "aws:cloudwatch/eventRule:EventRule": { state: "DISABLED" },
  "aws:guardduty/detector:Detector": { enable: false },
  "aws:kms/key:Key": { isEnabled: false },
  "aws:s3/bucket:Bucket": { forceDestroy: true },
  "aws:s3/inventory:Inventory": { enabled: false },
};

/** What does not weaken, and why. A type is followed by what is done to it, as `weakenings` says it. */
const harmless: readonly (readonly [RegExp, string])[] = [
  [/ description: /, "it is for people"],
  [/^aws:glue\//, "tables hold no log: docs/decisions/0013"],
  [/^aws:athena\/workgroup:Workgroup (.*(bytesScannedCutoffPerQuery: is (less|more)|publishCloudwatchMetricsEnabled|forceDestroy): ?|configuration.bytesScannedCutoffPerQuery: is (less|more))/, "a workgroup holds no log; what a query may cost is the reader's"],
  [/^pulumi:providers:aws(-native)? (skip|region: )/, "each resource names its own Region, and what is not checked before a call is checked by it"],
  [/^pulumi:providers:aws assumeRoles: /, "without the role, or with another, the provider is not in its account, and refuses to work"],
  [/^pulumi:(providers:\S+|pulumi:Stack) is gone$/, "without it there is no deployment"],
  [/^aws:iam\/rolePolicy:RolePolicy name: /, "a role has one policy of ours, whatever it is called; what it says is proven"],
  [/ maxSessionDuration: is (left out|less)$/, "AWS IAM's own is an hour, which is also the least"],
  [/^aws:kms\/key:Key deletionWindowInDays: is left out$/, "AWS KMS's own is 30 days"],
  [/ (messageRetentionSeconds|retentionInDays): is more$/, "what is kept longer is not lost"],
  [/ targetId: /, "it is told from the rule's other targets by it, and there are none"],
  [/ rules\[\]\.bucketKeyEnabled: is left out$/, "Amazon S3's own is false"],
  [/^aws:guardduty\/detector:Detector enable: is left out$/, "Amazon GuardDuty's own is true"],
  [/ includeGlobalServiceEvents: is left out$/, "AWS CloudTrail's own is true"],
  [/ advancedEventSelectors\[\]\.name: /, "it is for people"],
  [/ enableDefaultStandards: /, "which standards are checked is the security team's"],
  [/BucketLifecycleConfiguration rules\[\]\.id: |Inventory name: /, "it is for people"],
  [/BucketReplicationConfig rules\[\]\.(id|priority): /, "no two rules of a bucket have the same destination, and so no order"],
  [/BucketReplicationConfig rules\[\]\.filter: is left out$/, "a rule without a filter is one of Amazon S3's first version, which has no deleteMarkerReplication: it is refused"],
  [/Inventory destination\.bucket\.encryption(\.sseS3)?: is left out$/, "the bucket that takes it says how it is encrypted"],
  [/Inventory optionalFields\[\]: /, "an ETag says nothing of how an object is kept"],
];

async function subjectsOf({ type, name, urn, props, dependencies, parent, protect, account }: GraphResource): Promise<readonly Subject[]> {
  const resource: Resource = { type, name, urn, props: (await plain(props)) as Resource["props"], dependencies, parent, protect, ...(account !== "" && { account }) };
  return subjectsIn(resource);
}

/** Violations that stop a preview, one after the other, as `rule: resource: sentence`. */
async function* violations(about: readonly Subject[], all: readonly Subject[], configuration: Configuration): AsyncGenerator<string> {
  for (const { id, judge } of judged)
    for (const subject of about) {
      const verdict = await judge(subject, all, { configuration, parameters: {} });
      if (typeof verdict === "object" && !verdict.advisory) for (const line of verdict.violations) yield `${id}: ${subject.resource.name}: ${line}`;
    }
}

/** What a resource is called: in the program, and in AWS or by what it is set on. */
function namesOf({ type, name, props }: GraphResource): readonly string[] {
  if (type === "aws:organizations/policyAttachment:PolicyAttachment") return [name, `${name.replace("-r-exam", "")} to r-exam`];
  const given = ["name", "bucket", "stackName", "analyzerName", "deliveryDestinationName", "servicePrincipal", "rule", "role", "url", "queueUrl"].map((key) => props[key]).filter((value) => typeof value === "string");
  // There is one a Region.
  return [name, ...(given.length > 0 ? given.map((value) => value.split("/").at(-1)!) : [` in ${String(props.region)}`])];
}

const configurationOf = (tier: Tier): Configuration => ({ ...readConfiguration(tier), phase: "lock", lock: { scpTargets: ["r-exam"], rcpTargets: ["r-exam"] } });

/** The delegated account's stack is other issues' but for the recorders, and how people are told. */
const about: Readonly<Record<Tier, RegExp>> = {
  management: /./,
  "log-archive": /./,
  delegated: /^aws:(accessanalyzer|cfg|cloudwatch\/event(Rule|Target)|guardduty|securityhub)/,
};

test.each(tiers)("a preview of %s, in which AWS has answered nothing yet, has no violation", async (tier) => {
  const configuration = configurationOf(tier);
  const all = (await Promise.all((await synthesize(tier, { configuration, preview: true })).map(subjectsOf))).flat();
  for await (const violation of violations(all, all, configuration)) throw new Error(violation);
});

const unused = new Set(harmless);

test.each(tiers)("whatever is weakened in %s is a violation that names it", async (tier) => {
  const configuration = configurationOf(tier);
  const graph = await synthesize(tier, { configuration });
  const read = await Promise.all(graph.map(subjectsOf));
  for await (const violation of violations(read.flat(), read.flat(), configuration)) throw new Error(`as it is: ${violation}`);
  const unnoticed = new Set<string>();
  const seen = new Set<string>();
  let noticed = 0;
  for (const [index, resource] of graph.entries()) {
    if (!about[tier].test(resource.type)) continue;
    // What is there in each Region is set alike by the same lines: its settings are weakened in one of them.
    const alike = `${resource.type} ${configuration.regions.reduce((name, region) => name.replace(region, ""), resource.name)}`;
    const isTwin = seen.has(alike);
    seen.add(alike);
    for (const { what, resource: weakened } of weakenings(resource, added, "999999999999").slice(0, isTwin ? 1 : undefined)) {
      const line = `${resource.type} ${what}`;
      const reasons = harmless.filter(([pattern]) => pattern.test(line));
      reasons.forEach((reason) => unused.delete(reason));
      if (reasons.length > 0) continue;
      const own = weakened === undefined ? [] : await subjectsOf(weakened);
      const all = read.flatMap((subjects, at) => (at === index ? own : subjects));
      const isNamed = async () => {
        for await (const violation of violations(all.filter((subject, at) => at === 0 || subject.resource.name === resource.name), all, configuration))
          if (namesOf(resource).some((name) => violation.includes(name))) return true;
        return false;
      };
      if (await isNamed()) noticed++;
      else unnoticed.add(`${line} (${resource.name})`);
    }
  }
  expect([...unnoticed]).toEqual([]);
  expect(noticed).toBeGreaterThan(100);
});

test("every reason is of something that is there", () => {
  expect([...unused]).toEqual([]);
});
