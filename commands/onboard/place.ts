/** A place as the stack's graph has it: nothing here is said twice, so what is shown is what is deployed. */
import type { Configuration } from "../../infra/config/configuration";
import type { PlaceOfLogs } from "../../infra/config/logs";
import { classOf, placeObjects, placePrefix } from "../../infra/documents/places";
import type { PolicyDocument } from "../../infra/documents/policy";
import type { GraphResource } from "../../infra/program/graph";
import { namesFor } from "../../infra/names";

export interface ShownPlace {
  readonly uri: string;
  readonly bucket: string;
  readonly prefix: string;
  /** ARN of the key's alias; the key's own ends in an id that AWS gives. */
  readonly keyAlias: string;
  /** Statements of the bucket's policy that let somebody do something there: who, what. */
  readonly admitted: readonly { readonly sid: string; readonly actions: readonly string[]; readonly who: readonly string[] }[];
  /** The lifecycle rule that its keys are under; undefined where none is. */
  readonly lifecycle?: { readonly prefix: string; readonly archiveAfterDays?: number; readonly endsAfterDays: number };
  /** Where it is copied to, and how long each copy is locked. */
  readonly copies: readonly { readonly bucket: string; readonly lockedDays: number }[];
}

const list = (value: unknown): readonly string[] => (value === undefined ? [] : [value].flat().map(String));

interface Rule {
  readonly filter: { readonly prefix: string };
  readonly transitions: readonly { readonly days: number }[];
  readonly expiration: { readonly days: number };
}

/** Of a graph that has the place. */
export function shownPlace(config: Configuration, place: PlaceOfLogs, graph: readonly GraphResource[]): ShownPlace {
  const names = namesFor(config);
  const bucket = names.logBucket(classOf(place), place.region);
  const prefix = placePrefix(place);
  const setting = (type: string, of = bucket) => graph.find((resource) => resource.type.endsWith(`:${type}`) && resource.props.bucket === of)?.props;
  const policy = JSON.parse(String(setting("BucketPolicy")?.policy)) as PolicyDocument;
  const objects = placeObjects(names, place);
  const mine = policy.Statement.filter(({ Effect, Resource, Condition }) => Effect === "Allow" && (list(Resource).includes(objects) || list(Condition?.StringLike?.["s3:prefix"]).includes(`${prefix}*`)));
  const rule = ((setting("BucketLifecycleConfiguration")?.rules ?? []) as readonly Rule[]).find(({ filter }) => prefix.startsWith(filter.prefix));
  const copies = ((setting("BucketReplicationConfig")?.rules ?? []) as readonly { readonly destination: { readonly bucket: string } }[]).map(({ destination }) => destination.bucket.replace("arn:aws:s3:::", ""));
  const lockedDays = (of: string) => {
    const { rule: lock } = (setting("BucketObjectLockConfiguration", of) ?? {}) as { rule?: { defaultRetention: { days: number } } };
    return lock?.defaultRetention.days ?? 0;
  };
  return {
    uri: `s3://${bucket}/${prefix}`,
    bucket,
    prefix,
    keyAlias: `arn:aws:kms:${place.region}:${config.accounts.logArchive}:${place.pii ? names.piiKeyAlias : names.keyAlias}`,
    admitted: mine.map(({ Sid, Action, Principal, Condition }) => ({
      sid: Sid,
      actions: list(Action),
      who: Condition?.ArnLike ? list(Condition.ArnLike["aws:PrincipalArn"]) : [...list((Principal as { Service?: unknown }).Service), ...list(Condition?.StringEquals?.["aws:SourceAccount"]).map((account) => `for ${account}`)],
    })),
    ...(rule && {
      lifecycle: { prefix: rule.filter.prefix, ...(rule.transitions[0] && { archiveAfterDays: rule.transitions[0].days }), endsAfterDays: rule.expiration.days },
    }),
    copies: copies.map((copy) => ({ bucket: copy, lockedDays: lockedDays(copy) })),
  };
}
