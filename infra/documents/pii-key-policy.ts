/** The policy of the key of personal data: writers encrypt and readers decrypt each in their place, copies are made with it, and no other reader is let in. */
import type { Configuration } from "../config/configuration";
import { keyAdministration } from "./key-statements";
import { placeKeyGrants, placesIn } from "./places";
import { document } from "./policy";
import type { PolicyDocument } from "./policy";
import { within } from "./quotas";
import { replicationDecrypts, replicationEncrypts } from "./replication-role";
import { copiedTo } from "./stores";

export const piiKeyPolicy = (config: Configuration, region: string): PolicyDocument =>
  within(
    "key policy",
    `the key policy of personal data in ${region}`,
    document([
      ...keyAdministration(config),
      ...placesIn(config, region, "pii").flatMap((place) => placeKeyGrants(config, place)),
      replicationDecrypts(config, region, "pii"),
      ...(copiedTo(config, region).length > 0 ? [replicationEncrypts(config, "replica", region, "pii")] : []),
    ]),
  );
