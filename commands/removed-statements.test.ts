import { tiers } from "../infra/config/configuration";
import { configurationOf, synthesize, type GraphResource } from "../infra/program/synthesize";
import type { Statement } from "../policy-pack/evaluator/types";
import { listOf } from "../policy-pack/list-of";
import { documentsIn } from "../policy-pack/removals/documents";
import { analyzeAll, line } from "./policy";

/** The first document of each kind that has a statement to spare, less its first statement. */
async function lessOneEach(graph: readonly GraphResource[], configuration: Parameters<typeof documentsIn>[1]) {
  const documents = (await documentsIn(graph, configuration)).filter(({ subject, document }) => subject.resource.template === undefined && listOf(document.Statement).length > 1);
  const first = [...new Map(documents.map((one) => [one.subject.kind, one] as const).reverse()).values()];
  return first.map(({ name, subject, document }) => {
    const [removed, ...Statement] = listOf<Statement>(document.Statement);
    const without = (value: unknown): unknown =>
      typeof value !== "string" || !value.includes('"Statement"') || JSON.stringify(JSON.parse(value)) !== JSON.stringify(document) ? value : JSON.stringify({ ...document, Statement });
    const changed = graph.map((resource) =>
      resource.urn === subject.resource.urn ? { ...resource, props: Object.fromEntries(Object.entries(resource.props).map(([key, value]) => [key, without(value)])) } : resource);
    return { what: `${subject.kind} ${name} without ${removed!.Sid}`, name, changed };
  });
}

/** `policy-pack/removals` takes out everything there is, in process; here the pack is the one that a preview starts. */
test.each(tiers)("the pack stops a preview of %s when a document of any kind loses a statement, and names the document", async (tier) => {
  const configuration = configurationOf(tier, {});
  const graph = await synthesize(tier, { configuration });
  const less = await lessOneEach(graph, configuration);
  expect(less.length).toBeGreaterThan(1);
  const [before, ...after] = await analyzeAll([graph, ...less.map(({ changed }) => changed)], { configuration });
  const known = new Set(before!.map(line));
  const missed = less.filter(({ name }, index) => !after[index]!.some((finding) => finding.level === "mandatory" && finding.resource.endsWith(`::${name}`) && !known.has(line(finding))));
  expect(missed.map(({ what }) => what)).toEqual([]);
}, 600_000);
