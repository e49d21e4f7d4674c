/** What findings call things by, so that a symptom finds what it rests on. */
import type { LogSource } from "../../functions/sources";
import type { Configuration } from "../../infra/config/configuration";
import { namesFor } from "../../infra/names";
import type { Place } from "./check";

/** By its alias, which is known beforehand; its ARN is generated. */
export const keyNameOf = (config: Configuration, alias: string, region: string): string => `arn:aws:kms:${region}:${config.accounts.logArchive}:${alias}`;

export const stackInstanceOf = (stackSet: string, { account, region }: Place): string => `stack instance of ${stackSet} in ${account} ${region}`;

/** What an enforcer is made of. */
export function enforcerNodes(config: Configuration, source: string, { account, region }: Place) {
  const names = namesFor(config);
  const ruleArn = (name: string) => `arn:aws:events:${region}:${account}:rule/${name}`;
  return {
    function: `arn:aws:lambda:${region}:${account}:function:${names.enforcerFunction(source)}`,
    events: ruleArn(names.eventRule(source)),
    sweep: ruleArn(names.sweepRule(source)),
    role: names.roleArn(names.roleName.enforcer(source), account),
    regional: stackInstanceOf(names.regionalStackSet, { account, region }),
    global: stackInstanceOf(names.globalStackSet, { account, region: config.homeRegion }),
  };
}

/** Where a source's logs of a Region go through and end. */
export function pathNodes(config: Configuration, source: LogSource, region: string): readonly string[] {
  const names = namesFor(config);
  return source.kinds(config.sources[source.name]!.via).flatMap(({ kind, store, naming, delivery }) => [
    names.logBucketArn(store, region, naming),
    ...(store === "kms" ? [keyNameOf(config, names.keyAlias, region)] : []),
    ...(delivery ? [names.deliveryDestinationArn(kind, region)] : []),
  ]);
}
