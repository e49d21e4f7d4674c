/** The resource graph of a stack, as plain JSON. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";

/** One resource that the program declares. */
export interface GraphResource {
  /** `urn:pulumi:<stack>::fall::<parent types $ type>::<name>`, as the Pulumi engine builds it. */
  readonly urn: string;
  /** The type token: `aws:s3/bucket:Bucket`. */
  readonly type: string;
  /** The name in the program; the name in AWS is a property. */
  readonly name: string;
  /** What the program set, with references to other resources resolved; a file as `{path, hash}`. */
  readonly props: Readonly<Record<string, unknown>>;
  /** The parent's URN; "" for the stack itself. */
  readonly parent: string;
  /** URNs, sorted: what the program said and what follows from its references. */
  readonly dependencies: readonly string[];
  /** The id that AWS would give, or a stand-in of the same shape. */
  readonly id: string;
  /** URN of the provider; "" where there is none. */
  readonly provider: string;
  /** The account that the provider is pinned to; "" where there is no provider. */
  readonly account: string;
  /** Whether Pulumi refuses to delete it. */
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly ignoreChanges: readonly string[];
}

/** Stands for a value that is not known in a preview. */
export const UNKNOWN = pulumi.runtime.unknownValue;

const sha256 = (content: string | Buffer) => createHash("sha256").update(content).digest("hex");

function plainAsset(asset: Readonly<Record<string, unknown>>, root: string): unknown {
  if (typeof asset.text === "string") return { text: asset.text, hash: sha256(asset.text) };
  if (typeof asset.path !== "string") throw new Error(`an asset is neither text nor a file: ${Object.keys(asset).join(", ")}`);
  const path = resolve(root, asset.path);
  if (!existsSync(path)) throw new Error(`an asset's file does not exist: ${asset.path}`);
  return { path: relative(root, path), hash: sha256(readFileSync(path)) };
}

/**
 * What travels to the engine, as plain JSON: assets as `{path, hash}` or `{text, hash}`, secrets unwrapped.
 *
 * @param value a property as it is on the wire
 * @param root the folder that paths of files are relative to, so that the graph is the same on every machine
 */
export function plain(value: unknown, root: string): unknown {
  if (Array.isArray(value)) return value.map((item) => plain(item, root));
  if (typeof value !== "object" || value === null) return value;
  const map = value as Record<string, unknown>;
  const kind = map[pulumi.runtime.specialSigKey];
  if (kind === pulumi.runtime.specialSecretSig) return plain(map.value, root);
  if (kind === pulumi.runtime.specialAssetSig) return plainAsset(map, root);
  if (kind === pulumi.runtime.specialResourceSig) return map.urn;
  if (kind !== undefined) throw new Error(`a property of unknown kind on the wire: ${String(kind)}`);
  return Object.fromEntries(Object.keys(map).sort().map((key) => [key, plain(map[key], root)]));
}

/** In the order of their URNs, so that the same program gives the same bytes. */
export function sorted(resources: readonly GraphResource[]): readonly GraphResource[] {
  return [...resources].sort((one, other) => (one.urn < other.urn ? -1 : one.urn > other.urn ? 1 : 0));
}
