/**
 * The prover against the evaluator, on random policies of the full fragment: every hole is replayed, every `proved` is
 * attacked with requests near the edges of what the policies say, and in small universes with every request there is.
 *
 * `FALL_SEED=<number> npx jest policy-pack/prover/agreement` repeats a run; the seed is printed.
 */
import * as fc from "fast-check";
import { layerNames, type Layers } from "../evaluator";
import { makeProver } from "./index";
import { everyRequest } from "./testing/every-request";
import { diceOf } from "./testing/language";
import { grants, questions, smallQuestions, type Question } from "./testing/policies";
import { breaks } from "./testing/replay";
import { drawRequest, edgesOf, filledIn, policiesOf, strangeness } from "./testing/requests";
import type { Answer, Goal } from "./types";

const seed = Number(process.env["FALL_SEED"] ?? Date.now() % 2 ** 31);
const ATTACKS = 14;

/** How often each layer is asked; 20,000 policy sets at least in all. */
const RUNS: Readonly<Record<Goal["layer"], number>> = { scp: 3500, rcp: 1500, identity: 4000, boundary: 500, session: 500, resource: 3400, trust: 1500, decision: 2500 };
const SMALL = 1600;
const GRANTS = 2500;
const SEVERAL = 1000;

beforeAll(() => process.stdout.write(`FALL_SEED=${seed}\n`));

const prove = ({ layers, goal }: Question): Answer => makeProver(layers)(goal);

/** Whether a key of several values is tested without a qualifier, whose meaning AWS does not say: the only doubt that is made here. */
function doubtful(layers: Layers, { universe }: Goal): boolean {
  const several = (key: string) => universe.principals.some(({ kind }) => {
    const domain = universe.domain(key.toLowerCase(), kind);
    return domain.kind === "free" && domain.many;
  });
  return policiesOf(layers).some(({ document }) =>
    [document.Statement].flat().some((statement) =>
      Object.entries(statement.Condition ?? {}).some(([operator, block]) => !/^(for(all|any)value|null)/i.test(operator.replace("s:", ":")) && Object.keys(block).some(several))));
}

/** What the answer and the evaluator disagree on; undefined if they agree. */
function disagreement({ layers, goal }: Question, answer: Answer, dice: ReturnType<typeof diceOf>): unknown {
  const edges = edgesOf(layers);
  if (answer.verdict === "not-provable") return doubtful(layers, goal) ? undefined : answer.reason;
  if (answer.verdict === "hole") {
    const strange = strangeness(goal.universe, answer.hole);
    if (strange !== undefined) return { hole: answer.hole, strange };
    const filled = filledIn(answer.hole, goal.universe, edges, dice);
    return [answer.hole.request, filled].map((request) => (breaks(goal, request, layers) ? undefined : { request, holds: goal.demand })).find((found) => found !== undefined);
  }
  for (let attack = 0; attack < ATTACKS; attack++) {
    const request = drawRequest(goal.universe, edges, dice);
    if (!request) continue;
    if (answer.vacuous) return { request, vacuous: true };
    if (breaks(goal, request, layers)) return { request, breaks: goal.demand };
  }
  return undefined;
}

test.each(Object.entries(RUNS))("%s: %i policy sets, no disagreement", (layer, numRuns) => {
  const verdicts = { proved: 0, hole: 0, "not-provable": 0 };
  fc.assert(
    fc.property(questions(layer as Goal["layer"]), fc.integer(), (question, attack) => {
      const answer = prove(question);
      verdicts[answer.verdict]++;
      const found = disagreement(question, answer, diceOf(attack));
      if (found !== undefined) throw new Error(JSON.stringify({ layers: question.layers, goal: question.goal, answer, found }, null, 1));
    }),
    { seed, numRuns },
  );
  // A generator that makes nothing but holes would attack nothing.
  expect(verdicts.proved).toBeGreaterThan(numRuns / 10);
  expect(verdicts.hole).toBeGreaterThan(numRuns / 10);
  expect(verdicts["not-provable"]).toBeLessThan(numRuns / 4);
});

test.each([
  ["universes small enough to try every request", SMALL, smallQuestions],
  ["ways in which each layer grants or not", GRANTS, grants],
] as const)("%s: %i policy sets, proved if and only if no request breaks the goal", (_, numRuns, asked) => {
  fc.assert(
    fc.property(asked, (question) => {
      const answer = prove(question);
      const broken = everyRequest(question.goal.universe, edgesOf(question.layers)).find((request) => breaks(question.goal, request, question.layers));
      if (answer.verdict === "not-provable" ? !doubtful(question.layers, question.goal) : (answer.verdict === "hole") !== (broken !== undefined)) {
        throw new Error(JSON.stringify({ layers: question.layers, goal: question.goal, answer, broken }, null, 1));
      }
    }),
    { seed, numRuns },
  );
});

test(`${SEVERAL} goals of several actions: what holds of all of them holds of each`, () => {
  fc.assert(
    fc.property(fc.oneof(...layerNames.map((layer) => questions(layer))), ({ layers, goal }) => {
      const whole = makeProver(layers)(goal);
      const apart = goal.universe.actions.map((action) => makeProver(layers)({ ...goal, universe: { ...goal.universe, actions: [action] } }));
      const verdicts = apart.map(({ verdict }) => verdict);
      const expected = verdicts.includes("hole") ? "hole" : verdicts.includes("not-provable") ? "not-provable" : "proved";
      if (whole.verdict !== expected) throw new Error(JSON.stringify({ layers, goal, whole, apart }, null, 1));
    }),
    { seed, numRuns: SEVERAL },
  );
});

test("every layer is asked, and 20,000 policy sets at least", () => {
  expect(Object.keys(RUNS).sort()).toEqual([...layerNames, "decision"].sort());
  expect(Object.values(RUNS).reduce((sum, runs) => sum + runs, SMALL + GRANTS)).toBeGreaterThanOrEqual(20_000);
});
