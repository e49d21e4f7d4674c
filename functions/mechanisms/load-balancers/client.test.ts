import type { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { namesFor } from "../../../infra/names";
import type { Resource, Settings } from "../../enforcer/adapter";
import { loadBalancerSwitch } from "../switch/decide";
import { loadBalancerSwitches, loadBalancers } from "./client";

const names = namesFor({
  prefix: "fall",
  accounts: { management: "000000000000", logArchive: "222222222222", delegated: "333333333333" },
  homeRegion: "us-east-1",
});
const settings: Settings = { names, account: "111111111111", region: "eu-west-1", via: "switch", busArn: names.busArn };
const arnOf = (path: string, name: string) => `arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/${path}/${name}/0`;
const notFound = () => Object.assign(new Error("not found"), { name: "LoadBalancerNotFoundException" });

/** Elastic Load Balancing with these load balancers, two to a page; attributes are kept by ARN. */
function fakeElb(balancers: { LoadBalancerArn: string; Type: string }[]) {
  const calls: string[] = [];
  const attributes: Record<string, Record<string, string>> = Object.fromEntries(balancers.map((one) => [one.LoadBalancerArn, {}]));
  const known = (arn: string) => {
    if (!(arn in attributes)) throw notFound();
    return attributes[arn] ?? {};
  };
  const send = async ({ constructor, input }: { constructor: { name: string }; input: Record<string, never> }) => {
    calls.push(constructor.name.replace("Command", ""));
    const { LoadBalancerArns, ResourceArns, LoadBalancerArn, Attributes, Marker } = input as Record<string, unknown>;
    switch (calls.at(-1)) {
      case "DescribeLoadBalancers": {
        if (LoadBalancerArns !== undefined) {
          (LoadBalancerArns as string[]).forEach(known);
          return { LoadBalancers: balancers.filter((one) => (LoadBalancerArns as string[]).includes(one.LoadBalancerArn)) };
        }
        const start = Number(Marker ?? 0);
        return { LoadBalancers: balancers.slice(start, start + 2), NextMarker: start + 2 < balancers.length ? String(start + 2) : undefined };
      }
      case "DescribeTags":
        if ((ResourceArns as string[]).length > 20) throw new Error("20 at most");
        return { TagDescriptions: (ResourceArns as string[]).map((ResourceArn) => ({ ResourceArn, Tags: [{ Key: "team", Value: "web" }] })) };
      case "DescribeLoadBalancerAttributes":
        return { Attributes: Object.entries(known(LoadBalancerArn as string)).map(([Key, Value]) => ({ Key, Value })) };
      case "ModifyLoadBalancerAttributes":
        for (const { Key, Value } of Attributes as { Key: string; Value: string }[]) known(LoadBalancerArn as string)[Key] = Value;
        return {};
    }
    throw new Error(`unexpected ${calls.at(-1)}`);
  };
  return { calls, attributes, client: { send } as unknown as ElasticLoadBalancingV2Client };
}

test("discover follows every page, keeps one type, and reads its tags", async () => {
  const fake = fakeElb(["a", "b", "c"].flatMap((name) => [
    { LoadBalancerArn: arnOf("app", name), Type: "application" },
    { LoadBalancerArn: arnOf("net", name), Type: "network" },
  ]));
  const found: Resource[] = [];
  for await (const page of loadBalancers(fake.client, settings, "network", "net").discover()) found.push(...page);
  expect(found).toEqual(["a", "b", "c"].map((name) => ({ arn: arnOf("net", name), id: arnOf("net", name), tags: { team: "web" } })));
});

test("find leaves out what is gone, of another type, Region or account, or no ARN at all", async () => {
  const many = Array.from({ length: 25 }, (_, index) => arnOf("app", `lb${index}`));
  const fake = fakeElb(many.map((LoadBalancerArn) => ({ LoadBalancerArn, Type: "application" })));
  const { find } = loadBalancers(fake.client, settings, "application", "app");
  const strange = [arnOf("app", "gone"), arnOf("net", "x"), many[0]?.replace("eu-west-1", "us-east-1") ?? "", "nonsense"];
  expect((await find([...strange, ...many])).map(({ id }) => id)).toEqual(many);
  fake.calls.length = 0;
  expect(await find([arnOf("app", "gone")])).toEqual([]);
  expect(await find([])).toEqual([]);
  expect(fake.calls).toEqual(["DescribeLoadBalancers"]);
});

test("switches are turned once, and a load balancer that goes meanwhile is no error", async () => {
  const arn = arnOf("app", "shop");
  const fake = fakeElb([{ LoadBalancerArn: arn, Type: "application" }]);
  const switches = ["access_logs.s3", "connection_logs.s3"].map((name) => loadBalancerSwitch(name, name, "archive"));
  const adapter = loadBalancerSwitches(fake.client, switches);
  const resource = { arn, id: arn };
  const gone = { arn: arnOf("app", "gone"), id: "gone" };
  const [finding] = await adapter.inspect([resource, gone]);
  expect(finding).toMatchObject({ resource, state: "missing" });
  for (const step of finding?.steps ?? []) {
    expect(await adapter.apply(gone, step)).toBe(false);
    expect(await adapter.apply(resource, step)).toBe(true);
  }
  expect((await adapter.inspect([resource])).map(({ state }) => state)).toEqual(["logs"]);
  fake.attributes[arn] = { ...fake.attributes[arn], "connection_logs.s3.enabled": "false" };
  expect(await adapter.inspect([resource])).toMatchObject([{ state: "weakened", steps: [{ call: "ModifyLoadBalancerAttributes" }] }]);
});
