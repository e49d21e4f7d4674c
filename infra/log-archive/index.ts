/** The log archive: stores, keys, copies and destinations, one set a governed Region. Nothing here waits for a later phase. */
import * as pulumi from "@pulumi/pulumi";
import type { Configuration } from "../config/configuration";
import { configAggregator } from "../config-aggregator";
import { logKeyPolicy } from "../documents/log-key-policy";
import { piiKeyPolicy } from "../documents/pii-key-policy";
import { hasPlaces } from "../documents/stores";
import type { Stack } from "../stack";
import { audit } from "./audit";
import { backup } from "./backup";
import { deliveryDestinations } from "./delivery-destinations";
import type { KeptBucket } from "./kept-bucket";
import { logBuckets } from "./log-buckets";
import { logKey } from "./log-key";
import { readers } from "./readers";
import { replication } from "./replication";
import type { CopyBucket } from "./replication";
import { siemNotices } from "./siem-notices";
import { tables } from "./tables";
import { trailKey } from "./trail-key";

/** What nobody can take back is said each time before it is done. */
function warnOfCompliance({ archive }: Configuration): void {
  for (const [store, { mode, days }] of Object.entries(archive.objectLock))
    if (mode === "compliance")
      void pulumi.log.warn(`fall:archive.objectLock.${store}.mode is "compliance": for ${days} days from its writing nobody, AWS included, can delete a log of this class or undo this`);
}

export function declareLogArchive(stack: Stack): void {
  trailKey(stack);
  readers(stack);
  tables(stack);
  if (stack.config.services.config.use === "create" && stack.config.services.config.aggregator === "log-archive") configAggregator(stack);
  const { config } = stack;
  warnOfCompliance(config);
  const copies: CopyBucket[] = [];
  const stores: KeptBucket[] = [];
  for (const region of config.regions) {
    const alias = logKey(stack, region, "log-storage", logKeyPolicy(config, region));
    const personal = hasPlaces(config) ? logKey(stack, region, "log-pii", piiKeyPolicy(config, region), stack.names.piiKeyAlias) : alias;
    const buckets = logBuckets(stack, region, (store) => (store === "pii" ? personal : alias));
    const written = buckets.filter(({ part }) => part === "storage");
    stores.push(...written);
    copies.push(...buckets.filter(({ part }) => part !== "storage"));
    audit(stack, region, written.find(({ store }) => store === "audit")!, buckets);
    deliveryDestinations(stack, region, written.map(({ policy }) => policy));
    siemNotices(stack, region, written.map(({ policy }) => policy));
  }
  const further = backup(stack);
  if (further) copies.push(...further.buckets.map((bucket) => ({ ...bucket, alias: further.alias })));
  replication(stack, stores, copies);
}
