/**
 * What a log source states about itself: the one table that everything else is derived from.
 *
 * `functions/sources/<name>/source.ts` exports one `LogSource` as `source`: pure facts, no AWS client. From it come
 * the event rules, the enforcer's role, the archive's bucket, key and destination policies, the service control
 * policy statements, the proof obligations, the lab's expectations and the table in the documentation.
 * `enforce.ts` beside it does the work.
 */
import type { NamingClass, Names, StoreClass } from "../../infra/names";

/** One statement's condition block, as IAM writes it: operator -> key -> values. */
export type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** What the enforcer's role may do: the actions, on what, if what. */
export interface Permission {
  readonly actions: readonly string[];
  /** ARNs or ARN patterns; "*" only where every action named takes no resource (a rule of the pack). */
  readonly resources: readonly string[];
  readonly condition?: Condition;
}

/** CloudTrail events that say "look again". Event names match by prefix: some carry a date suffix. */
export interface Trigger {
  /** For example `ec2.amazonaws.com`. */
  readonly eventSource: string;
  readonly eventNames: readonly string[];
}

/** One kind of log that lands in the archive. */
export interface LogKind {
  /** Lower case with hyphens, unique among all sources; names the delivery destination. */
  readonly kind: string;
  readonly store: StoreClass;
  readonly naming?: NamingClass;
  /** The service principal that writes, for example `delivery.logs.amazonaws.com`. */
  readonly writer: string;
  /**
   * Keys that the writer uses, as a glob in which `{account}` stands for the account that owns the resource:
   * `AWSLogs/{account}/vpcflowlogs/*`.
   */
  readonly keys: string;
  /** aws:SourceArn of the writing request, as a pattern with any account: `arn:aws:logs:*:????????????:*`. */
  readonly sourceArn: string;
  /** Set where the log travels by a vended delivery; the log type and format of its PutDeliverySource / destination. */
  readonly delivery?: { readonly logType: string; readonly outputFormat: "json" | "plain" | "w3c" | "parquet" };
  /** The service speaks of it in this document. */
  readonly reference: string;
}

/** An API call that weakens this source's logging, and what the product does about it. */
export type WeakeningCall =
  | {
      readonly how: "denied";
      /** IAM actions, exact names. */
      readonly actions: readonly string[];
      readonly resources: readonly string[];
      /** Narrows the denial; the exempt principals are added by the builder. */
      readonly condition?: Condition;
      /** One sentence: what the call would do to the logs. */
      readonly why: string;
    }
  | {
      readonly how: "repaired";
      readonly actions: readonly string[];
      /** One sentence: why AWS offers no way to deny it without blocking ordinary work. */
      readonly why: string;
    };

/** How logging is turned on where AWS offers two ways. */
export type Via = "delivery" | "switch";

export interface LogSource {
  /** The folder's name (checked when the table is read). */
  readonly name: string;
  /** As a person says it: "VPC flow logs". */
  readonly title: string;
  /** A global source is enforced in us-east-1 only, where its API and its events live. */
  readonly scope: "regional" | "global";
  /** The first is the default. */
  readonly via: readonly Via[];
  readonly triggers: readonly Trigger[];
  readonly kinds: (via: Via) => readonly LogKind[];
  readonly permissions: (names: Names, via: Via) => readonly Permission[];
  readonly weakening: (names: Names, via: Via) => readonly WeakeningCall[];
  /** IAM actions that bring a resource of this source into being: denied in Regions that are not governed. */
  readonly creating: readonly string[];
  /**
   * The condition key by which such a call may name another Region than the one it is sent to (`s3:LocationConstraint`);
   * undefined where it can't.
   */
  readonly creatingRegionKey?: string;
  /**
   * The calls that can set the exclusion tag, each lockable by `aws:TagKeys`; undefined where one of them is not
   * (Amazon S3's PutBucketTagging), so that the tag is not honoured and only the central list counts.
   */
  readonly exclusionTaggers?: readonly string[];
  /** The AWS page that the behaviour comes from. */
  readonly reference: string;
}
