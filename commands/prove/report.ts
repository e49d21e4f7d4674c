/** A question's answer, as JSON and as text. */
import type { Answer, Step } from "../../policy-pack/prover/types";
import { globalKeys, isKey } from "../../policy-pack/universe";
import type { Question } from "./goals";

export interface Verdict {
  readonly id: string;
  readonly action: string;
  readonly resource: string;
  readonly verdict: Answer["verdict"];
  readonly request?: {
    /** The ARN; a service's name, "anonymous" for a caller without credentials. */
    readonly principal: string;
    readonly action: string;
    readonly resource: string;
    /** Condition keys that are present, aws:PrincipalArn among them. */
    readonly context: Readonly<Record<string, string | readonly string[]>>;
    /** Condition keys that matter and are absent. */
    readonly absent: readonly string[];
  };
  /** Statements that the request walked past. */
  readonly trail?: readonly Step[];
  /** Why it can't be proven. */
  readonly reason?: string;
}

export interface Summary {
  readonly goals: number;
  readonly proved: number;
  readonly holes: number;
  readonly notProvable: number;
}

/**
 * The answers to the parts of a question as one verdict: a hole in any part is one, and all must be proved.
 *
 * @param named condition keys as the policies write them
 */
export function verdictOf({ id, entry }: Question, answers: readonly Answer[], named: readonly string[]): Verdict {
  const worst = answers.find((one) => one.verdict === "hole") ?? answers.find((one) => one.verdict === "not-provable");
  const base = { id, action: entry.facts.name, resource: entry.resource };
  if (worst?.verdict === "not-provable") return { ...base, verdict: "not-provable", reason: worst.reason };
  if (worst?.verdict !== "hole") return { ...base, verdict: "proved" };
  const { request, absent, trail } = worst.hole;
  const { principal } = request;
  const spell = (key: string) => spelt(key, [...entry.facts.keys, ...entry.facts.types.flatMap(({ keys }) => keys)], named);
  const context = Object.fromEntries(Object.entries(request.context).map(([key, value]) => [spell(key), value]));
  const arn: Record<string, string> = ["role", "user", "root", "federated-user"].includes(principal.kind) ? { "aws:PrincipalArn": principal.arn } : {};
  return {
    ...base,
    verdict: "hole",
    request: {
      principal: principal.arn === "" ? principal.kind : principal.arn,
      action: request.action,
      resource: request.resource,
      context: { ...arn, ...context },
      absent: absent.map(spell),
    },
    trail,
  };
}

/** A key as AWS writes it, and its tag's key, if it has one, as a policy does. */
export function spelt(key: string, own: readonly string[], named: readonly string[]): string {
  const written = named.find((one) => one.toLowerCase() === key.toLowerCase()) ?? key;
  const templates = [...globalKeys.map((one) => one.key.replace(/\*$/, "${TagKey}")), "aws:TagKeys", "aws:RequestTag/${TagKey}", "aws:ResourceTag/${TagKey}", "aws:ResourceAccount", ...own];
  const template = templates.find((one) => isKey(one, key));
  if (template === undefined) return written;
  const fixed = template.split(/\$\{|</)[0] ?? "";
  return fixed === template ? template : fixed + written.slice(fixed.length);
}

export function summaryOf(verdicts: readonly Verdict[]): Summary {
  const count = (verdict: Verdict["verdict"]) => verdicts.filter((one) => one.verdict === verdict).length;
  return { goals: verdicts.length, proved: count("proved"), holes: count("hole"), notProvable: count("not-provable") };
}

/** 0 all proved, 1 a hole, 3 something that can't be proven and no hole. */
export const exitCodeOf = ({ holes, notProvable }: Summary): number => (holes > 0 ? 1 : notProvable > 0 ? 3 : 0);

/** `hole          scp  ec2:DeleteFlowLogs  *`, and under it the request and the statements it walked past. */
export function textOf({ verdict, id, action, resource, request, trail = [], reason }: Verdict): string {
  const asked = id.slice(0, id.length - ` ${action} ${resource}`.length);
  const lines = [[verdict.padEnd(12), asked, action, resource].join("  ")];
  if (reason !== undefined) lines.push(`    ${reason}`);
  if (request) lines.push(`    ${requestText(request)}`);
  for (const { policy, sid, effect, matched, because } of trail) lines.push(`    ${matched ? "met" : "past"} ${effect} ${sid} of ${policy}: ${because}`);
  return lines.join("\n");
}

function requestText({ principal, action, resource, context, absent }: NonNullable<Verdict["request"]>): string {
  const keys = Object.entries(context).filter(([key]) => key !== "aws:PrincipalArn").map(([key, value]) => `${key}=${typeof value === "string" ? value : `[${value.join(", ")}]`}`);
  return [
    `${principal} calls ${action} on ${resource}`,
    ...(keys.length > 0 ? [`with ${keys.join(", ")}`] : []),
    ...(absent.length > 0 ? [`without ${absent.join(", ")}`] : []),
  ].join(" ");
}

export const summaryText = ({ goals, proved, holes, notProvable }: Summary): string =>
  `${goals} ${goals === 1 ? "goal" : "goals"}: ${proved} proved, ${holes} with a hole, ${notProvable} not provable`;
