/** What the obligations make of a document less one thing. */
import type { Layers } from "../evaluator/types";
import type { Question } from "../obligation";
import { readDocument } from "../subjects/document";
import { isControlPolicy, isPolicy, type PolicySubject } from "../subjects/subject";
import { askedOf, obligations } from "./asked";
import { broken, type Asked, type Broken } from "./broken";
import type { Deployed } from "./documents";
import { removals, type Removal } from "./removals";

/** A removal from a document, and what it breaks; `by` is undefined where every obligation still holds. */
export interface Judged {
  readonly deployed: Deployed;
  readonly removal: Removal;
  /** `documents-known` refuses what is left where it is no policy any more. */
  readonly by: Broken | "documents-known" | undefined;
}

/** Judges every removal from a document, the other documents of its stack as they are. */
export async function judged(deployed: Deployed, which: (removal: Removal) => boolean = () => true): Promise<readonly Judged[]> {
  const asked = await askedOf(deployed);
  const wanted = removals(deployed.document).filter(which);
  // What is asked of a control policy follows from the configuration; of another document, also from what it says itself.
  const judge = isControlPolicy(deployed.subject) ? inPlace(deployed, asked) : anew(deployed, [...new Set(asked.map(({ obligation }) => obligation))]);
  return Promise.all(wanted.map(async (removal) => ({ deployed, removal, by: await judge(removal) })));
}

const inPlace = ({ name }: Deployed, asked: readonly Asked[]) => (removal: Removal): Judged["by"] =>
  broken(removal, asked.map((one) => ({ ...one, question: less(one.question, name, removal) })));

/** The question with a control policy as the removal leaves it. */
function less({ layers, ...question }: Question, policy: string, { document }: Removal): Question {
  const changed = (levels: NonNullable<Layers["scp"]>) => levels.map((level) => level.map((one) => (one.name === policy ? { ...one, document } : one)));
  return { ...question, layers: { ...layers, ...(layers.scp && { scp: changed(layers.scp) }), ...(layers.rcp && { rcp: changed(layers.rcp) }) } };
}

const anew = ({ subject, siblings, configuration }: Deployed, about: readonly string[]) => async (removal: Removal): Promise<Judged["by"]> => {
  const document = readDocument(JSON.stringify(removal.document));
  if (!document.known) return "documents-known";
  const changed: PolicySubject = { ...subject, document };
  // Other documents are not judged beside it, and only what is about it is asked.
  const others = siblings.filter((one) => !isPolicy(one) || (one !== subject && one.resource === subject.resource));
  for (const { id, questions } of obligations.filter((one) => about.includes(one.id))) {
    const asked = (await questions(configuration, [...others, changed])).filter(({ subjects }) => subjects.includes(changed));
    const found = broken(removal, asked.map((question) => ({ obligation: id, question })));
    if (found) return found;
  }
  return undefined;
};
