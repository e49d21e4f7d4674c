/** What the obligations ask of documents. */
import type { Configuration } from "../../infra/config/configuration";
import { isObligation } from "../obligation";
import { rules } from "../policies";
import type { Subject } from "../subjects/subject";
import type { Asked } from "./broken";
import type { Deployed } from "./documents";

export const obligations = rules.filter(isObligation);

/** The documents of a stack are asked about together. */
const made = new WeakMap<readonly Subject[], Promise<readonly Asked[]>>();

/** Every question about the subjects of one stack or one template. */
export function asked(configuration: Configuration, siblings: readonly Subject[]): Promise<readonly Asked[]> {
  const known = made.get(siblings) ?? ask(configuration, siblings);
  made.set(siblings, known);
  return known;
}

async function ask(configuration: Configuration, siblings: readonly Subject[]): Promise<readonly Asked[]> {
  const all = await Promise.all(obligations.map(async ({ id, questions }) => (await questions(configuration, siblings)).map((question) => ({ obligation: id, question }))));
  return all.flat();
}

/** Every question about the stacks and templates that these documents stand in. */
export async function askedOfAll(documents: readonly Deployed[]): Promise<readonly Asked[]> {
  const sets = new Map(documents.map(({ siblings, configuration }) => [siblings, configuration]));
  return (await Promise.all([...sets].map(([siblings, configuration]) => asked(configuration, siblings)))).flat();
}

/** Those about one document. */
export async function askedOf({ subject, siblings, configuration }: Deployed): Promise<readonly Asked[]> {
  return (await asked(configuration, siblings)).filter(({ question }) => question.subjects.includes(subject));
}
