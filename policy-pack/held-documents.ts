/** An obligation about every document of one kind: each is held to what it is meant to say; one that nobody knows is refused. */
import type { Configuration } from "../infra/config/configuration";
import { heldTo, says, type Meaning, type Place } from "./meaning";
import { nameOf, obligation, type Obligation, type ObligationFacts, type Question } from "./obligation";
import { placesOf } from "./place";
import { isPolicy, type PolicyKind, type PolicySubject, type Subject } from "./subjects/subject";

/** What one document is meant to say, where it stands. */
export type Meant = Pick<Meaning, "on" | "grants"> & Partial<Pick<Meaning, "refusals" | "passing">>;

interface Facts extends Pick<ObligationFacts, "requirement" | "universe" | "notCovered"> {
  readonly kind: PolicyKind;
  readonly layer: Meaning["layer"];
  /**
   * Undefined for a document that nobody has said anything of.
   *
   * @param siblings all subjects of the stack or template
   */
  readonly meant: (config: Configuration, subject: PolicySubject, place: Place, siblings: readonly Subject[]) => Meant | undefined | Promise<Meant | undefined>;
}

export function heldDocuments({ kind, layer, meant, ...said }: Facts): Obligation {
  const documents = (subjects: readonly Subject[]) =>
    subjects.filter((subject): subject is PolicySubject => subject.kind === kind && isPolicy(subject) && subject.document.known);
  const meanings = async (config: Configuration, subjects: readonly Subject[]) =>
    Promise.all(documents(subjects).flatMap((subject) =>
      placesOf(config, subject).map(async (place) => ({ subject, place, means: await meant(config, subject, place, subjects) }))));
  return obligation({
    ...said,
    about: (subject) => subject.kind === kind,
    questions: async (config, subjects) => {
      const asked = (await meanings(config, subjects)).map(async ({ subject, place, means }): Promise<readonly Question[]> => {
        if (!means) return [];
        const passing = { "aws:principalorgid": says([config.organizationId]), ...means.passing };
        return heldTo({ subject, layer, place, refusals: [], ...means, passing });
      });
      return (await Promise.all(asked)).flat();
    },
    also: async (config, subjects) => {
      const unknown = (await meanings(config, subjects)).filter(({ means }) => !means).map(({ subject }) => nameOf(subject));
      return [...new Set(unknown)].map((name) => `Nobody has said what the ${kind.replaceAll("-", " ")} of ${name} is meant to allow.`);
    },
  });
}
