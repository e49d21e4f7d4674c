/** On the project's own graphs, without an emulator: what is in force is what was synthesized. */
import { tiers } from "../../infra/config/configuration";
import { configurationOf, synthesize } from "../../infra/program/synthesize";
import type { PolicyDocument } from "../../policy-pack/evaluator";
import { replay, type InForce } from "./near-misses";
import { proveApart, type Proven, type Stack } from "./proofs";

let stacks: readonly Stack[];
let found: Proven;

const inForceIn = (graphs: readonly Stack[]): InForce =>
  Object.fromEntries(graphs.flatMap(({ graph }) => graph)
    .filter(({ type, props }) => type === "aws:organizations/policy:Policy" && String(props["type"]).endsWith("_CONTROL_POLICY"))
    .map(({ props }) => [String(props["name"]), JSON.parse(String(props["content"])) as PolicyDocument]));

beforeAll(async () => {
  stacks = await Promise.all(tiers.map(async (tier) => ({ graph: await synthesize(tier), configuration: configurationOf(tier, {}) })));
  found = await proveApart(stacks);
}, 120_000);

test("each denying statement has a near miss, and denies it", () => {
  const { nearMisses, checks } = replay(found, inForceIn(stacks));
  expect(nearMisses.filter(({ ok }) => !ok)).toEqual([]);
  expect(checks.map(({ ok }) => ok)).toEqual([true, true]);
  const kinds = new Set(nearMisses.map(({ obligation }) => obligation));
  expect([...kinds].sort()).toEqual(expect.arrayContaining(["code-buckets-kept", "exemptions-closed", "keys-indestructible", "log-buckets-kept", "outsiders-refused", "owned-resources-denied", "queues-fed-by-our-rules", "side-doors-closed"]));
});

test("every obligation that has something to prove is in the summary, proved", () => {
  expect(found.proofs.filter(({ goals, proved }) => goals !== proved)).toEqual([]);
  expect(found.proofs.map(({ obligation }) => obligation)).toEqual(expect.arrayContaining(["owned-resources-denied", "outsiders-refused", "keys-used-apart", "roles-permitted"]));
});

test("a statement that is not in force lets its near miss slip, and no other's", () => {
  const inForce = inForceIn(stacks);
  const [name = ""] = Object.keys(inForce).filter((one) => one.startsWith("fall-lock-1"));
  const document = inForce[name]!;
  const [gone, ...rest] = [document.Statement].flat();
  const { nearMisses, checks } = replay(found, { ...inForce, [name]: { ...document, Statement: rest } });
  expect(nearMisses.filter(({ ok }) => !ok).map(({ sid }) => sid)).toEqual([gone?.Sid]);
  expect(checks.map(({ ok }) => ok)).toEqual([true, false]);
});
