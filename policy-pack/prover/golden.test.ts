/** Every case of `golden/`: its verdict, what its hole must show, and the evaluator's word on both. */
import { readFileSync } from "node:fs";
import { globMatches } from "../evaluator";
import { makeProver, sentence } from "./index";
import { ANSWERS, answers, cases, casesOf, features } from "./testing/cases";
import { diceOf } from "./testing/language";
import { breaks } from "./testing/replay";
import { drawRequest, edgesOf, filledIn, strangeness } from "./testing/requests";

const ATTACKS = 200;

/** The features that must have a case; more are welcome. */
const required = [
  "action-names", "allow-lists", "arn", "binary", "bool", "cross-account", "date", "decision", "duplicate-keys", "empty-sets", "for-all-values", "for-any-value", "if-exists",
  "ip-address", "key-policy", "member-made-role", "multi-valued", "not-action", "not-principal", "not-resource", "null", "numeric",
  "partition", "paths-with-colons", "pathological-patterns", "policy-variables", "principal-tags", "principals", "question-mark", "resource-control",
  "root", "several-actions", "string", "trust-policy",
];

test("each feature has cases", () => {
  expect(required.filter((feature) => !features.includes(feature))).toEqual([]);
  expect(features.filter((feature) => casesOf(feature).length === 0)).toEqual([]);
});

test("golden/ANSWERS.md is what the prover answers", () => {
  expect(readFileSync(ANSWERS, "utf8")).toBe(answers());
});

test.each(cases)("$id", ({ goal, layers, expected }) => {
  const answer = makeProver(layers, expected.budget === undefined ? {} : { budget: expected.budget })(goal);
  const edges = edgesOf(layers);
  const said = sentence(answer);
  expect(said).not.toContain("\n");
  if (answer.verdict !== expected.verdict) throw new Error(`expected ${expected.verdict}, was ${answer.verdict}: ${said}`);
  if (expected.budget !== undefined) expect(answer.states).toBeLessThanOrEqual(expected.budget);

  if (answer.verdict === "hole") {
    const { request, absent, trail } = answer.hole;
    expect({ request, strange: strangeness(goal.universe, answer.hole) }).toEqual({ request, strange: undefined });
    expect({ request, breaks: breaks(goal, request, layers) }).toEqual({ request, breaks: true });
    const filled = filledIn(answer.hole, goal.universe, edges, diceOf(1));
    expect({ filled, breaks: breaks(goal, filled, layers) }).toEqual({ filled, breaks: true });
    if (expected.absent) expect(absent.map((key) => key.toLowerCase()).sort()).toEqual(expected.absent.map((key) => key.toLowerCase()).sort());
    for (const part of ["action", "resource"] as const) expect(request[part]).toEqual(like(expected[part]));
    expect(request.principal.arn).toEqual(like(expected.principal));
    const lower = Object.fromEntries(Object.entries(request.context).map(([key, value]) => [key.toLowerCase(), value]));
    for (const [key, wanted] of Object.entries(expected.context ?? {})) {
      const value = lower[key.toLowerCase()];
      if (typeof wanted === "string") expect({ [key]: value }).toEqual({ [key]: like(wanted) });
      else expect({ [key]: value }).toEqual({ [key]: wanted.map(like) });
    }
    const passed = trail.filter(({ matched }) => !matched).map(({ policy, sid }) => `${policy}/${sid}`);
    for (const step of expected.past ?? []) expect(passed).toContain(step);
  }
  if (answer.verdict === "not-provable" && expected.reason !== undefined) expect(answer.reason).toContain(expected.reason);
  if (answer.verdict === "proved") {
    const dice = diceOf(1);
    let attacks = 0;
    for (let each = 0; each < ATTACKS; each++) {
      const request = drawRequest(goal.universe, edges, dice);
      if (!request) continue;
      attacks++;
      if (breaks(goal, request, layers)) throw new Error(`proved, but ${JSON.stringify(request)} breaks it`);
    }
    expect(attacks).toBeGreaterThan(ATTACKS / 10);
  }
});

/** Equal to every text that the glob stands for. */
function like(glob: string | undefined): unknown {
  return { asymmetricMatch: (text: unknown) => glob === undefined || (typeof text === "string" && globMatches(glob, text)), toString: () => `like ${glob}`, toAsymmetricMatcher: () => `like ${glob}` };
}
