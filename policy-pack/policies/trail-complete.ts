/** A trail that leaves something out, or writes elsewhere, is taken for one that records everything. */
import type { Configuration } from "../../infra/config/configuration";
import { hasReached } from "../../infra/config/configuration";
import { archiveBuckets } from "../../infra/documents/trail-selectors";
import { namesFor } from "../../infra/names";
import { list, pick, type Plain } from "../subjects/plain";
import { absent, atLeast, orAbsent, wantedThere, type Demand, type Wanted } from "../wanted";

/** By field, what a selector asks of an event: `equals Management`, `notStartsWiths arn:...`. */
type Narrowing = Readonly<Record<string, readonly string[]>>;

const narrowings = (selector: Plain): Narrowing =>
  Object.fromEntries(
    list(pick(selector, "fieldSelectors")).map((one) => [
      String(pick(one, "field")),
      ["equals", "notEquals", "startsWiths", "notStartsWiths", "endsWiths", "notEndsWiths"].flatMap((how) => list(pick(one, how)).map((value) => `${how} ${String(value)}`)),
    ]),
  );

/** A selector of no less, and of no more: what is delivered into the archive would be recorded, and delivered, for ever. */
function takesIn(is: string, wanted: Narrowing): Demand {
  const inOrder = (narrowing: Narrowing) => JSON.stringify(Object.entries(narrowing).map(([field, tests]) => [field, ...[...tests].sort()].join(" ")).sort());
  return { is: `a selector of ${is}, narrowed by ${JSON.stringify(wanted)},`, holds: (found) => list(found).some((selector) => inOrder(narrowings(selector)) === inOrder(wanted)) };
}

function selectors(config: Configuration): Readonly<Record<string, Demand>> {
  const { prefix, services: { trail: { dataEvents, exceptBuckets } }, accounts } = config;
  const data = (type: string) => ({ eventCategory: ["equals Data"], "resources.type": [`equals ${type}`] });
  const archive = archiveBuckets(config);
  const places = `arn:aws:s3:::aws-${prefix}-places-`;
  const copying = [accounts.logArchive, accounts.backup].filter((id) => id !== undefined).map((id) => `notStartsWiths arn:aws:sts::${id}:assumed-role/${namesFor(config).roleName.replication}/`);
  return {
    "management events": takesIn("every management event", { eventCategory: ["equals Management"] }),
    ...(dataEvents.includes("s3") && {
      "events of objects": takesIn("every object but the archive's", {
        ...data("AWS::S3::Object"),
        "resources.ARN": [...archive, places, ...exceptBuckets.map((bucket) => `arn:aws:s3:::${bucket}/`)].map((arn) => `notStartsWiths ${arn}`),
      }),
    }),
    ...(dataEvents.includes("lambda") && { "events of functions": takesIn("every invocation", data("AWS::Lambda::Function")) }),
    "events of the archive's objects": takesIn("the archive's objects, its deliveries apart", {
      ...data("AWS::S3::Object"), "resources.ARN": archive.map((arn) => `startsWiths ${arn}`), "userIdentity.arn": ["startsWiths arn:aws:", ...copying],
    }),
    "events of workloads' own logs": takesIn("what workloads log, its writing apart", { ...data("AWS::S3::Object"), "resources.ARN": [`startsWiths ${places}`], eventName: ["notEquals PutObject"] }),
  };
}

function wanted(config: Configuration): readonly Wanted[] {
  const { tier, homeRegion: region, accounts, services: { trail } } = config;
  if (tier !== "management" || !hasReached(config, "force") || trail.use !== "create") return [];
  const names = namesFor(config);
  const type = "cloudtrail:trail";
  const by = { name: names.trail };
  const key = `arn:aws:kms:${region}:${accounts.logArchive}:`;
  return [
    {
      type, by, what: `The trail ${names.trail}`,
      settings: {
        region,
        isOrganizationTrail: true,
        isMultiRegionTrail: true,
        includeGlobalServiceEvents: orAbsent(true),
        enableLogging: orAbsent(true),
        enableLogFileValidation: true,
        s3BucketName: names.logBucket("kms", region),
        s3KeyPrefix: absent,
        // By its alias as it is made; AWS answers with the key's own id.
        kmsKeyId: { is: `${key}${names.trailKeyAlias}`, holds: (found) => typeof found === "string" && (found === `${key}${names.trailKeyAlias}` || found.startsWith(`${key}key/`)) },
        eventSelectors: absent,
        ...(trail.insights.length > 0 && { insightSelectors: { is: trail.insights.join(" and "), holds: (found) => trail.insights.every((insight) => list(found).some((one) => pick(one, "insightType") === insight)) } }),
        ...(trail.streamDays > 0 && {
          cloudWatchLogsGroupArn: `arn:aws:logs:${region}:${accounts.management}:log-group:${names.trailLogGroup}:*`,
          cloudWatchLogsRoleArn: names.roleArn(names.roleName.trailStream, accounts.management),
        }),
      },
    },
    ...Object.entries(selectors(config)).map(([what, advancedEventSelectors]): Wanted => ({ type, by, what: `The trail's ${what}`, settings: { advancedEventSelectors } })),
    ...(trail.streamDays > 0 ? [{ type: "logs:loggroup", by: { name: names.trailLogGroup }, what: `The log group ${names.trailLogGroup}`, settings: { region, retentionInDays: atLeast(trail.streamDays), logGroupClass: orAbsent("STANDARD") } }] : []),
  ];
}

export const rule = wantedThere({
  requirement: "The organization's trail records what the configuration says, of every account and Region, validated and with its own key, into the archive and, where it is streamed, into CloudWatch Logs.",
  wanted,
});
