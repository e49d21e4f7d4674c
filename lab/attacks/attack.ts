/** The attacks on what the project owns: a table, each row one call of an AWS service by somebody who should not. */
import type { Names } from "../../infra/names";
import type { Caller } from "../../functions/sources/exercise";

/** The layer that must refuse the call by itself, whatever the others say. */
export type Layer = "scp" | "rcp" | "resource" | "trust";

/** Whose account the target is in. */
export type Tier = "member" | "log-archive" | "delegated" | "backup";

/** What an attack needs to know: names are computed, ids are those of the local organization. */
export interface Target {
  readonly names: Names;
  /** The account attacked. */
  readonly account: string;
  readonly region: string;
  /** A Region that is not governed. */
  readonly closedRegion: string;
  /** The id of a key that the archive's logs are encrypted with, in `region`. */
  readonly keyId: string;
  /** Where the backup account's copies lie, and the id of the key there. */
  readonly backupRegion: string;
  readonly backupKeyId: string;
  /** A role, function and queue of the account's own, to attack with. */
  readonly ownRoleArn: string;
  /** A stack instance's id (ARN) and the StackSets execution role's name in this account. */
  readonly stackArn: string;
  readonly executionRole: string;
  /** The event source mapping that feeds the notifier. */
  readonly mappingId: string;
}

/** Sends a command of an SDK client; a command of another service's client fails at the first run. */
type Send = (client: new (configuration: never) => unknown, command: { readonly input: object }) => Promise<unknown>;

export interface OwnedAttack {
  readonly name: string;
  readonly layer: Layer;
  readonly on: Tier;
  run(send: Send, target: Target): Promise<unknown>;
}

/** Sends commands as a caller. */
export const sender =
  (caller: Caller): Send =>
  (client, command) =>
    (caller.client(client as never) as { send(command: object): Promise<unknown> }).send(command);

/** A table's rows, all on one layer of one tier. */
export const attacks = (layer: Layer, on: Tier, rows: Readonly<Record<string, OwnedAttack["run"]>>): OwnedAttack[] =>
  Object.entries(rows).map(([name, run]) => ({ name, layer, on, run }));
