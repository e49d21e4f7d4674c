/** The archive's delivery destinations: there, leading to the archive's bucket, and open to the enforcers. */
import { CloudWatchLogsClient, GetDeliveryDestinationCommand, GetDeliveryDestinationPolicyCommand } from "@aws-sdk/client-cloudwatch-logs";
import type { LogKind } from "../../../functions/sources";
import type { PolicyDocument, Request } from "../../../policy-pack/evaluator";
import { cause, regionsOf, type Check, type Ground } from "../check";
import { asRole, refusalOf } from "../requests";

export interface DestinationReading {
  readonly source: string;
  readonly kind: LogKind;
  readonly region: string;
  readonly accounts: readonly string[];
  /** ARN of the bucket that it leads to; null where there is no such destination. */
  readonly leadsTo: string | null | undefined;
  readonly policy: PolicyDocument | null | undefined;
}

async function read({ access, config, names, accounts }: Ground, source: string, kind: LogKind, region: string): Promise<DestinationReading> {
  const place = { account: config.accounts.logArchive, region };
  const name = names.deliveryDestination(kind.kind);
  const ask = <T>(action: string, work: (client: CloudWatchLogsClient) => Promise<T>) => access.attempt(place, action, (entered) => work(entered.client(CloudWatchLogsClient, region)), ["ResourceNotFoundException"]);
  const [leadsTo, text] = await Promise.all([
    ask("logs:GetDeliveryDestination", async (client) => (await client.send(new GetDeliveryDestinationCommand({ name }))).deliveryDestination?.deliveryDestinationConfiguration?.destinationResourceArn ?? ""),
    ask("logs:GetDeliveryDestinationPolicy", async (client) => (await client.send(new GetDeliveryDestinationPolicyCommand({ deliveryDestinationName: name }))).policy?.deliveryDestinationPolicy ?? null),
  ]);
  return { source, kind, region, accounts, leadsTo, policy: typeof text === "string" && text !== "" ? (JSON.parse(text) as PolicyDocument) : text === "" ? null : (text as null | undefined) };
}

const DEPLOY = "pulumi up of the stack log-archive";

export const check: Check<DestinationReading> = {
  looksAt: "the archive's delivery destinations and their policies",
  causes: {
    "destination-missing": { symptom: "new resources of a source are not logged: the enforcer fails at CreateDelivery", cause: "the archive's delivery destination is gone" },
    "destination-elsewhere": { symptom: "deliveries are healthy, and nothing arrives", cause: "the delivery destination leads to another bucket" },
    "destination-policy": { symptom: "new resources of a source are not logged: CreateDelivery is refused", cause: "the destination's policy does not admit the enforcers" },
  },
  read(ground) {
    const { config, scope } = ground;
    const wanted = scope.sources.flatMap((source) =>
      source.kinds(config.sources[source.name]!.via).filter(({ delivery }) => delivery).flatMap((kind) => regionsOf(ground, source).map((region) => ({ source: source.name, kind, region }))),
    );
    return Promise.all(wanted.map(({ source, kind, region }) => read(ground, source, kind, region)));
  },
  judge({ source, kind, region, accounts, leadsTo, policy }, { config, names }) {
    const arn = names.deliveryDestinationArn(kind.kind, region);
    const where = { account: config.accounts.logArchive, region, source };
    const bucket = names.logBucketArn(kind.store, region, kind.naming);
    if (leadsTo === null) return [cause("destination-missing", arn, where, "there is none of this name", DEPLOY)];
    if (leadsTo !== undefined && leadsTo !== bucket) return [cause("destination-elsewhere", arn, where, `it leads to ${leadsTo || "nothing"}, and not to ${bucket}`, DEPLOY)];
    if (policy === undefined) return [];
    return accounts.flatMap((account) => {
      const { principal, context } = asRole(names.roleArn(names.roleName.enforcer(source), account), { organizationId: config.organizationId, region });
      const request: Request = { principal, action: "logs:CreateDelivery", resource: arn, resourceAccount: config.accounts.logArchive, context };
      // The role's own policy is another check's; here it may do everything.
      const own = { name: "its own policy", document: { Statement: { Effect: "Allow" as const, Action: "*", Resource: "*" } } };
      const refusal = account === config.accounts.logArchive ? undefined : refusalOf(request, { identity: [own], resource: [{ name: "the destination's policy", document: policy ?? { Statement: [] } }] });
      return refusal ? [cause("destination-policy", arn, where, `the enforcer of ${source} in ${account} may not deliver there: ${refusal.words}`, DEPLOY)] : [];
    });
  },
};
