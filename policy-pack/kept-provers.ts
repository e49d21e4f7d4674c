/** Provers of the documents that were asked about last: a dozen obligations ask of the same control policies, one after the other. */
import type { Layers } from "./evaluator/types";
import { makeProver } from "./prover";
import type { Answer, Goal } from "./prover/types";

type Prove = (goal: Goal) => Answer;

/** What a prover has compiled and learnt takes megabytes. */
const MOST = 4;

const numbers = new WeakMap<object, number>();
let count = 0;

/** Documents are never changed, so the very same object says the same. */
function numberOf(document: object): number {
  const known = numbers.get(document) ?? count++;
  numbers.set(document, known);
  return known;
}

/** Most recently used last. */
const kept = new Map<string, Prove>();

/** As `makeProver`, and like it pure: what a prover has learnt changes none of its answers. */
export function proverOf(layers: Layers): Prove {
  const key = JSON.stringify(layers, (name, value: unknown) => (name === "document" ? numberOf(value as object) : value));
  const prove = kept.get(key) ?? makeProver(layers);
  kept.delete(key);
  kept.set(key, prove);
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST) break;
    kept.delete(oldest);
  }
  return prove;
}
