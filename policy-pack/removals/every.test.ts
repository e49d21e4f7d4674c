/**
 * Every removal there is, from every document of the three stacks and of the templates in them: no sample. Each document is
 * judged alone. Documents that differ in their Region or their template's resource alone are judged once.
 */
import { configurationOf, synthesize } from "../../infra/program/synthesize";
import { tiers, type Tier } from "../../infra/config/configuration";
import { documentsIn } from "./documents";
import { judged, type Judged } from "./judged";
import { removals } from "./removals";
import { reasonFor } from "./survivors";

async function allOf(tier: Tier): Promise<readonly Judged[]> {
  const configuration = configurationOf(tier, {});
  const all: Judged[] = [];
  for (const deployed of await documentsIn(await synthesize(tier), configuration)) all.push(...(await judged(deployed)));
  return all;
}

test.each(tiers)("an obligation misses whatever is removed from a document of %s", async (tier) => {
  const all = await allOf(tier);
  expect(all.length).toBeGreaterThan(100);
  const unexplained: string[] = [];
  for (const one of all.filter(({ by }) => by === undefined)) if ((await reasonFor(one)) === undefined) unexplained.push(`${one.deployed.name}: ${one.removal.what}`);
  expect(unexplained).toEqual([]);
  // What fails for want of understanding says nothing about what was removed.
  const notProvable = all.filter(({ by }) => typeof by === "object" && by.answer.verdict === "not-provable").map(({ deployed, removal }) => `${deployed.name}: ${removal.what}`);
  expect(notProvable).toEqual([]);
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
}, 120_000);
