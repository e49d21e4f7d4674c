/**
 * Every removal there is, from every document of the three stacks and of the templates in them: no sample. Each document is
 * judged alone. Documents of the same text, or of another Region alone, are judged once.
 */
import { configurationOf, synthesize } from "../../infra/program/synthesize";
import { tiers } from "../../infra/config/configuration";
import { adopted, kept, peopled } from "../../infra/documents/configurations-for-tests";
import { subjects } from "../cases/case";
import type { PolicyDocument } from "../evaluator/types";
import { lock } from "../lock-for-tests";
import { makeProver } from "../prover";
import { isPolicy } from "../subjects/subject";
import { asked } from "./asked";
import { documentsIn, type Deployed } from "./documents";
import { judged } from "./judged";
import { removals, type Removal } from "./removals";
import { reasonFor } from "./survivors";

/** What survives without a reason, and what fails for want of understanding, which says nothing about what was removed. */
async function unnoticed(documents: readonly Deployed[], which?: (removal: Removal) => boolean): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const deployed of documents)
    for (const one of await judged(deployed, which)) {
      const notProvable = typeof one.by === "object" && one.by.answer.verdict === "not-provable";
      if (notProvable || (one.by === undefined && (await reasonFor(one)) === undefined)) lines.push(`${deployed.name}: ${one.removal.what}${notProvable ? " (not provable)" : ""}`);
    }
  return lines;
}

/** Goals that are broken as it is: whatever is removed would seem to break them. */
async function brokenBefore(documents: readonly Deployed[]): Promise<readonly string[]> {
  const sets = new Map(documents.map(({ siblings, configuration }) => [siblings, configuration]));
  const all = await Promise.all([...sets].map(([siblings, configuration]) => asked(configuration, siblings)));
  return all.flat().flatMap(({ question: { layers, goals } }) => {
    const prove = makeProver(layers);
    return goals.filter((goal) => prove(goal).verdict !== "proved").map(({ id }) => id);
  });
}

test.each(tiers)("an obligation misses whatever is removed from a document of %s", async (tier) => {
  const documents = await documentsIn(await synthesize(tier), configurationOf(tier, {}));
  expect(documents.flatMap(({ document }) => removals(document)).length).toBeGreaterThan(100);
  expect(await brokenBefore(documents)).toEqual([]);
  expect(await unnoticed(documents)).toEqual([]);
}, 900_000);

/** What the project's own configuration has none of: a vendor that reads from outside, an auditor, people by SAML. */
test("an obligation misses whatever is removed from the boundary, and every statement of the lock, with every kind of person", async () => {
  const configuration = { ...peopled, accounts: kept.accounts, archive: kept.archive };
  const documents = (await Promise.all((["rcp", "scp"] as const).map(async (layer) => {
    const siblings = await subjects(lock(layer, undefined, configuration));
    return siblings.filter(isPolicy).flatMap((subject): readonly Deployed[] => {
      if (!subject.document.known) return [];
      return [{ name: subject.resource.name, subject, siblings, configuration, document: subject.document.json as unknown as PolicyDocument }];
    });
  }))).flat();
  expect(await brokenBefore(documents)).toEqual([]);
  const boundary = documents.filter(({ subject: { kind } }) => kind === "resource-control-policy");
  expect(await unnoticed(boundary)).toEqual([]);
  expect(await unnoticed(documents, ({ element }) => element === "statement")).toEqual([]);
}, 900_000);

test("an obligation misses whatever is removed from what guards an adopted trail and its bucket", async () => {
  const siblings = await subjects(lock("scp", undefined, adopted));
  const documents = siblings.filter(isPolicy).flatMap((subject): readonly Deployed[] => {
    if (!subject.document.known) return [];
    return [{ name: subject.resource.name, subject, siblings, configuration: adopted, document: subject.document.json as unknown as PolicyDocument }];
  });
  const guarding = ({ statement: { Sid } }: Removal) => Sid === "CloudTrailEnabled" || Sid === "BucketChangesForbidden";
  expect(documents.flatMap(({ document }) => removals(document)).filter(guarding).length).toBeGreaterThan(20);
  expect(await brokenBefore(documents)).toEqual([]);
  expect(await unnoticed(documents, guarding)).toEqual([]);
}, 900_000);

test("a statement that no obligation knows survives, unexplained", async () => {
  const graph = await synthesize("management");
  const idle = { Sid: "Idle", Effect: "Deny", Action: "snowball:CancelJob", Resource: "*", Condition: { StringEquals: { "aws:PrincipalTag/never": "there" } } };
  const changed = graph.map((resource) => {
    if (!String(resource.props["name"]).startsWith("fall-lock-3")) return resource;
    const document = JSON.parse(String(resource.props["content"])) as { Statement: readonly object[] };
    return { ...resource, props: { ...resource.props, content: JSON.stringify({ ...document, Statement: [...document.Statement, idle] }) } };
  });
  const lock = (await documentsIn(changed, configurationOf("management", {}))).find(({ name }) => name.startsWith("fall-lock-3"));
  expect(removals(lock!.document).some(({ what }) => what === "Idle")).toBe(true);
  const [found] = await judged(lock!, ({ what }) => what === "Idle");
  expect(found?.by).toBeUndefined();
  expect(await reasonFor(found!)).toBeUndefined();
}, 900_000);
