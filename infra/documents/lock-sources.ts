/** The lock on each source's own logging: the calls that its facts say are denied. */
import { sources } from "../../functions/sources";
import type { LogSource, WeakeningCall } from "../../functions/sources/log-source";
import { type Configuration, viaOf } from "../config/configuration";
import { namesFor } from "../names";
import { exemptPrincipals, unless } from "./exempt";
import { globsPattern } from "./glob-pattern";
import { deny } from "./lock";
import type { Lock } from "./lock";
import { pascal } from "./lock-organization";
import { archiveArns, delegatedArns, memberArns } from "./owned-arns";

type Denied = Extract<WeakeningCall, { readonly how: "denied" }>;

/** Whether every ARN that the first pattern matches is matched by the second; says no where it can't tell. */
export const isWithin = (inner: string, outer: string): boolean => globsPattern(outer).test(inner);

/** Sources that share a mechanism state the same call: it is one statement that exempts each one's enforcer. */
interface Shared {
  readonly call: Denied;
  readonly sources: string[];
}

function shared(config: Configuration, table: readonly LogSource[]): readonly Shared[] {
  const names = namesFor(config);
  const owned = [memberArns(config), delegatedArns(config), archiveArns(config)].flatMap((arns) => Object.values(arns).flat());
  const ourTag = JSON.stringify({ "ForAnyValue:StringEquals": { "aws:TagKeys": names.tagKey } });
  const all: Shared[] = [];
  for (const source of table) {
    for (const call of source.weakening(names, viaOf(config, source))) {
      if (call.how !== "denied") continue;
      // Denied already: what names our tag (`OurTagIsOurs`), and what is ours by name (`lock-owned.ts`).
      if (call.condition && JSON.stringify(call.condition) === ourTag) continue;
      const resources = call.resources.filter((resource) => !owned.some((arn) => isWithin(resource, arn)));
      if (resources.length === 0) continue;
      const { actions, condition } = call;
      const same = all.find(({ call: other }) => JSON.stringify([other.actions, other.resources, other.condition]) === JSON.stringify([actions, resources, condition]));
      if (same) same.sources.push(source.name);
      else all.push({ call: { ...call, resources }, sources: [source.name] });
    }
  }
  return all;
}

/** Named after the first call and whose it is: `AlbDeleteDelivery`; calls alike of one source are numbered. */
function sid({ call, sources: whose }: Shared, earlier: readonly string[]): string {
  const [service, action] = call.actions[0]!.split(":") as [string, string];
  const base = `${pascal(whose.length === 1 ? whose[0]! : service)}${pascal(action)}`;
  const count = earlier.filter((other) => other.replace(/\d+$/, "") === base).length;
  return count === 0 ? base : `${base}${count + 1}`;
}

export function lockSources(config: Configuration, table: readonly LogSource[] = sources): readonly Lock[] {
  const exempt = exemptPrincipals(config);
  const sids: string[] = [];
  return shared(config, table).map((one) => {
    const name = sid(one, sids);
    sids.push(name);
    const { actions, resources, condition, why } = one.call;
    return deny(name, why, { actions }, resources, condition ?? {}, unless([...one.sources.map(exempt.enforcer), ...exempt.lastResort]));
  });
}
