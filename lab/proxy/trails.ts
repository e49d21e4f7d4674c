/**
 * What the trails record of objects: the selectors that the calls which make, narrow, stop and delete a trail have left.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html
 */
import type { Call, CloudTrailEvent } from "./types";

interface FieldSelector {
  readonly Field: string;
  readonly Equals?: readonly string[];
  readonly StartsWith?: readonly string[];
  readonly EndsWith?: readonly string[];
  readonly NotEquals?: readonly string[];
  readonly NotStartsWith?: readonly string[];
  readonly NotEndsWith?: readonly string[];
}

interface Trail {
  readonly selectors: readonly (readonly FieldSelector[])[];
  readonly logging: boolean;
}

export interface Trails {
  /** A call that was answered well: what it says of a trail is noted. */
  seen(call: Pick<Call, "operation" | "parameters">): void;
  /** Whether some trail logs data events at all. */
  readonly any: boolean;
  /** Whether some trail records this event on an object. */
  records(event: Pick<CloudTrailEvent, "detail">): boolean;
}

/** Every condition of the field holds; of a field that the event does not have, no condition that asks for something. */
function fieldHolds(value: string | undefined, { Equals, StartsWith, EndsWith, NotEquals, NotStartsWith, NotEndsWith }: FieldSelector): boolean {
  const asks = (list: readonly string[] | undefined, is: (one: string) => boolean) => list === undefined || list.length === 0 || (value !== undefined && list.some(is));
  const refuses = (list: readonly string[] | undefined, is: (one: string) => boolean) => value === undefined || !(list ?? []).some(is);
  return (
    asks(Equals, (one) => value === one) && asks(StartsWith, (one) => value!.startsWith(one)) && asks(EndsWith, (one) => value!.endsWith(one)) &&
    refuses(NotEquals, (one) => value === one) && refuses(NotStartsWith, (one) => value!.startsWith(one)) && refuses(NotEndsWith, (one) => value!.endsWith(one))
  );
}

/** The fields of an event on one object. */
function fieldsOf({ detail }: Pick<CloudTrailEvent, "detail">): Readonly<Record<string, string | undefined>> {
  const [object] = detail.resources as readonly { readonly ARN: string; readonly type: string }[];
  const { arn } = detail.userIdentity as { readonly arn?: string };
  return {
    eventCategory: String(detail.eventCategory),
    eventSource: detail.eventSource,
    eventName: detail.eventName,
    readOnly: String(detail.readOnly),
    "resources.type": object?.type,
    "resources.ARN": object?.ARN,
    "userIdentity.arn": arn,
  };
}

const nameOf = (parameters: Call["parameters"]) => String(parameters.TrailName ?? parameters.Name ?? "").split("/").at(-1)!;

export function makeTrails(): Trails {
  const trails = new Map<string, Trail>();
  const change = (name: string, to: Partial<Trail>) => trails.set(name, { selectors: [], logging: false, ...trails.get(name), ...to });
  return {
    seen({ operation, parameters }) {
      const name = nameOf(parameters);
      if (operation === "cloudtrail:PutEventSelectors") {
        const given = (parameters.AdvancedEventSelectors ?? []) as readonly { readonly FieldSelectors: readonly FieldSelector[] }[];
        change(name, { selectors: given.map(({ FieldSelectors }) => FieldSelectors) });
      }
      if (operation === "cloudtrail:StartLogging") change(name, { logging: true });
      if (operation === "cloudtrail:StopLogging") change(name, { logging: false });
      if (operation === "cloudtrail:DeleteTrail") trails.delete(name);
    },
    get any() {
      return [...trails.values()].some(({ selectors, logging }) => logging && selectors.some((fields) => fields.some(({ Field, Equals = [] }) => Field === "eventCategory" && Equals.includes("Data"))));
    },
    records(event) {
      const fields = fieldsOf(event);
      return [...trails.values()].some(({ selectors, logging }) => logging && selectors.some((all) => all.every((selector) => fieldHolds(fields[selector.Field], selector))));
    },
  };
}
