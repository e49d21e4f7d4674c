/**
 * Whether what a resource refers to has been deployed already: each phase may point only to what an earlier one made.
 *
 * Pure. What we own is recognised by its name; a condition of a policy is not a reference (it may name what is not yet
 * there), the principal of a policy is (AWS refuses a role that does not exist).
 */
import type { Names } from "../../infra/names";

type Plain = Readonly<Record<string, unknown>>;

/** The identity of the right to run StackSets for the organization. */
export const administratorIdentity = (account: string) => `stacksets-administrator/${account}`;

const isMap = (value: unknown): value is Plain => typeof value === "object" && value !== null && !Array.isArray(value);

const at = (service: string, kind: string) => (name: unknown, account: string, region: string) => [`arn:aws:${service}:${region}:${account}:${kind}${String(name)}`];

const makers: Readonly<Record<string, (props: Plain, account: string, region: string) => readonly string[]>> = {
  "aws:iam/role:Role": ({ name, path = "/" }, account) => [`arn:aws:iam::${account}:role${String(path)}${String(name)}`],
  "AWS::IAM::Role": ({ RoleName, Path = "/" }, account) => [`arn:aws:iam::${account}:role${String(Path)}${String(RoleName)}`],
  "aws:s3/bucket:Bucket": ({ bucket }) => [`arn:aws:s3:::${String(bucket)}`],
  "aws:s3/bucketObjectv2:BucketObjectv2": ({ bucket, key }) => [`arn:aws:s3:::${String(bucket)}/${String(key)}`],
  "aws:sqs/queue:Queue": ({ name }, account, region) => at("sqs", "")(name, account, region),
  "AWS::SQS::Queue": ({ QueueName }, account, region) => at("sqs", "")(QueueName, account, region),
  "aws:lambda/function:Function": ({ name }, account, region) => at("lambda", "function:")(name, account, region),
  "AWS::Lambda::Function": ({ FunctionName }, account, region) => at("lambda", "function:")(FunctionName, account, region),
  "aws:cloudwatch/eventBus:EventBus": ({ name }, account, region) => at("events", "event-bus/")(name, account, region),
  "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": ({ name }, account, region) => at("logs", "delivery-destination:")(name, account, region),
  "aws:kms/alias:Alias": ({ name }, account, region) => at("kms", "")(name, account, region),
  "aws:dynamodb/table:Table": ({ name }, account, region) => at("dynamodb", "table/")(name, account, region),
  "aws:organizations/delegatedAdministrator:DelegatedAdministrator": ({ accountId }) => [administratorIdentity(String(accountId))],
};

/** What a resource is known as once it is deployed; empty for what nothing refers to. */
export function identitiesOf(type: string, props: Plain, account: string, region: string): readonly string[] {
  return makers[type]?.(props, account, region) ?? [];
}

/** Says who may or what matches, not what is there; an object's content is only read when it is used. */
const notReferences = ["content", "eventPattern", "EventPattern", "redriveAllowPolicy", "RedriveAllowPolicy"];

function patternsFor(prefix: string): readonly RegExp[] {
  const name = "[^*?:/]+";
  return [
    new RegExp(`^arn:aws:iam::\\d{12}:role/${prefix}/${name}$`),
    new RegExp(`^arn:aws:(sqs|lambda|events|logs|kms|dynamodb):[a-z0-9-]+:\\d{12}:(function:|event-bus/|delivery-destination:|alias/|table/)?${prefix}-${name}$`),
    new RegExp(`^arn:aws:s3:::(aws-|aws-waf-logs-)?${prefix}-(log-storage|log-replica|log-backup|log-records|places|code)-[^*?/]+$`),
  ];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * The identities that a resource's properties refer to, among what the project owns; its own left out.
 *
 * @param props as deployed: documents as objects or as JSON text, intrinsic functions resolved
 */
export function referencesOf(type: string, props: Plain, account: string, region: string, { prefix }: Pick<Names, "prefix">): readonly string[] {
  const patterns = patternsFor(prefix);
  const bucketPattern = patterns[2]!;
  const found = new Set<string>();
  const take = (identity: string) => patterns.some((pattern) => pattern.test(identity)) && found.add(identity);

  function inPrincipal(value: unknown): void {
    if (typeof value === "string") take(value);
    else if (Array.isArray(value)) value.forEach(inPrincipal);
    else if (isMap(value)) Object.values(value).forEach(inPrincipal);
  }
  function inText(text: string): void {
    const document = text.startsWith("{") ? parsed(text) : undefined;
    if (document !== undefined) return visit(document);
    take(text);
    take(`arn:aws:s3:::${text}`);
    const [, bucket, key] = /^https:\/\/([^./]+)\.s3\.[a-z0-9-]+\.amazonaws\.com\/(.+)$/.exec(text) ?? [];
    if (bucket !== undefined && bucketPattern.test(`arn:aws:s3:::${bucket}`)) found.add(`arn:aws:s3:::${bucket}/${key}`);
  }
  function visit(value: unknown): void {
    if (typeof value === "string") return inText(value);
    if (Array.isArray(value)) return value.forEach(visit);
    if (!isMap(value)) return;
    if (Array.isArray(value.Statement)) {
      for (const statement of value.Statement) inPrincipal((statement as Plain).Principal);
      return;
    }
    const [bucket, key] = [value.s3Bucket ?? value.S3Bucket, value.s3Key ?? value.S3Key];
    if (typeof bucket === "string" && typeof key === "string" && bucketPattern.test(`arn:aws:s3:::${bucket}`)) found.add(`arn:aws:s3:::${bucket}/${key}`);
    for (const [name, item] of Object.entries(value)) if (!notReferences.includes(name)) visit(item);
  }

  visit(props);
  if (props.callAs === "DELEGATED_ADMIN") found.add(administratorIdentity(account));
  const own = identitiesOf(type, props, account, region);
  return [...found].filter((identity) => !own.includes(identity)).sort();
}

/** What has been deployed. */
export interface Inventory {
  add(identities: readonly string[]): void;
  remove(identities: readonly string[]): void;
  has(identity: string): boolean;
  /** @throws Error naming who refers to what, where something is not deployed yet */
  require(who: string, references: readonly string[]): void;
}

export function makeInventory(): Inventory {
  const there = new Set<string>();
  return {
    add: (identities) => identities.forEach((identity) => there.add(identity)),
    remove: (identities) => identities.forEach((identity) => there.delete(identity)),
    has: (identity) => there.has(identity),
    require(who, references) {
      const missing = references.filter((identity) => !there.has(identity));
      if (missing.length > 0) throw new Error(`${who} refers to what is not deployed yet: ${missing.join(", ")}`);
    },
  };
}
