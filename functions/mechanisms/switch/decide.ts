/**
 * A classic logging switch - a few attributes of the resource itself - against what it should say: pure.
 *
 * A switch has one target, so ours cannot be added beside a stranger's: it takes its place, and the report says whose.
 * No call that edits attributes can be locked without blocking ordinary edits: a switch is repaired.
 */
import type { Finding, Step } from "../../enforcer/adapter";

export interface Switch {
  /** As a person says it: "access logs". */
  readonly title: string;
  /** The attributes as they should be, all of them. */
  readonly desired: Readonly<Record<string, string>>;
  /** Which of them says whether it is on ("true"), and which names the bucket. */
  readonly enabled: string;
  readonly bucket: string;
}

/**
 * Decides about one switch.
 *
 * @param actual the attributes as they are; one that is absent counts as ""
 * @param call the API operation that sets attributes; its step's input is `{attributes}`, all of them, since AWS checks
 *   the bucket of a switch together with whether it is on
 * @returns "weakened" where the switch holds our bucket and something else differs, "missing" where it does not
 */
export function decideSwitch(
  { title, desired, enabled, bucket }: Switch,
  actual: Readonly<Record<string, string | undefined>>,
  call: string,
): Pick<Finding, "state" | "steps"> {
  const differing = Object.keys(desired).filter((name) => (actual[name] ?? "") !== desired[name]);
  if (differing.length === 0) return { state: "logs", steps: [] };
  const before = actual[bucket] ?? "";
  const ours = before === desired[bucket];
  const foreign = actual[enabled] === "true" && !ours;
  const why = foreign
    ? `turn ${title} to the archive; they went to ${before}, and a switch has one target`
    : ours
      ? `restore ${title}: ${differing.map((name) => `${name} was ${JSON.stringify(actual[name] ?? "")}`).join(", ")}`
      : `turn ${title} on, to the archive`;
  const step: Step = { call, why, input: { attributes: desired } };
  return { state: ours ? "weakened" : "missing", steps: [step] };
}

/**
 * A switch of an Application or Network Load Balancer that writes to the root of an S3 bucket.
 *
 * @param attributes what its attributes begin with: `access_logs.s3`
 */
export function loadBalancerSwitch(title: string, attributes: string, bucket: string): Switch {
  const [enabled, target] = [`${attributes}.enabled`, `${attributes}.bucket`];
  return { title, enabled, bucket: target, desired: { [enabled]: "true", [target]: bucket, [`${attributes}.prefix`]: "" } };
}
