/** The policy of the key in the backup account: the archive's replication encrypts with it, and nobody decrypts. */
import type { Configuration } from "../config/configuration";
import { keyAdministration } from "./key-statements";
import { document } from "./policy";
import type { PolicyDocument } from "./policy";
import { within } from "./quotas";
import { replicationEncrypts } from "./replication-role";

/**
 * Whoever needs the backup is let in then, by a deployment: a copy that somebody can read every day is one more to watch.
 *
 * @param region of the backup
 */
export const backupKeyPolicy = (config: Configuration, region: string): PolicyDocument =>
  within("key policy", "the backup's key policy", document([...keyAdministration(config, "backup"), replicationEncrypts(config, "backup", region)]));
