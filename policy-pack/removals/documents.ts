/** Every policy document of a tier's graph and of the templates in it. */
import type { Configuration } from "../../infra/config/configuration";
import type { GraphResource } from "../../infra/program/graph";
import type { PolicyDocument } from "../evaluator/types";
import { nameOf } from "../obligation";
import { isObject, plain } from "../subjects/plain";
import { subjectsIn, templateSubjects } from "../subjects/read";
import { isPolicy, type PolicySubject, type Subject } from "../subjects/subject";

export interface Deployed {
  /** Unique in its graph; a template's documents have the template's name in theirs. */
  readonly name: string;
  readonly subject: PolicySubject;
  readonly document: PolicyDocument;
  /** All of the same stack or template. */
  readonly siblings: readonly Subject[];
  readonly configuration: Configuration;
}

/** The documents of a graph; those of the same text, or of another Region alone, are one. */
export async function documentsIn(graph: readonly GraphResource[], configuration: Configuration): Promise<readonly Deployed[]> {
  const stack = (await Promise.all(graph.map(subjectsFrom))).flat();
  const sets = [stack, ...stack.flatMap(templateSubjects)];
  const all = sets.flatMap((siblings) =>
    siblings.filter(isPolicy).flatMap((subject): readonly Deployed[] => {
      if (!subject.document.known) return [];
      return [{ name: nameOf(subject), subject, siblings, configuration, document: subject.document.json as unknown as PolicyDocument }];
    }),
  );
  const seen = new Set<string>();
  return all.filter(({ subject, document }) => {
    const text = configuration.regions.reduce((left, region) => left.replaceAll(region, "${AWS::Region}"), JSON.stringify([subject.kind, document]));
    const first = !seen.has(text);
    seen.add(text);
    return first;
  });
}

async function subjectsFrom({ type, name, urn, props, dependencies, account, parent }: GraphResource): Promise<readonly Subject[]> {
  const known = await plain(props);
  return subjectsIn({
    type, name, urn, dependencies, protect: "unsaid",
    props: isObject(known) ? known : {},
    ...(account !== "" && { account }),
    ...(parent !== "" && { parent }),
  });
}
