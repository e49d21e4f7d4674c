/** The log archive: stores, keys and destinations, one set a governed Region. Nothing here waits for a later phase. */
import type { Stack } from "../stack";
import { deliveryDestinations } from "./delivery-destinations";
import { logBuckets } from "./log-buckets";
import { logKey } from "./log-key";

export function declareLogArchive(stack: Stack): void {
  for (const region of stack.config.regions) {
    const key = logKey(stack, region);
    const policies = logBuckets(stack, region, key);
    deliveryDestinations(stack, region, policies);
  }
}
