import { namesFor } from "../../../infra/names";
import type { Resource } from "../../enforcer/adapter";
import { enforcer } from "./enforce";

const mockLogs: Record<string, object> = {};
jest.mock("@aws-sdk/client-elastic-load-balancing", () => ({
  ...jest.requireActual<object>("@aws-sdk/client-elastic-load-balancing"),
  ElasticLoadBalancingClient: function () {
    const known = (name: string) => {
      if (!(name in mockLogs)) throw Object.assign(new Error("gone"), { name: "LoadBalancerNotFound" });
      return { AccessLog: mockLogs[name] };
    };
    return {
      send: async ({ constructor, input }: { constructor: { name: string }; input: Record<string, never> }) => {
        const { LoadBalancerName = "", LoadBalancerNames = [], LoadBalancerAttributes, Marker } = input as {
          LoadBalancerName?: string;
          LoadBalancerNames?: string[];
          LoadBalancerAttributes?: { AccessLog: object };
          Marker?: string;
        };
        switch (constructor.name) {
          case "DescribeLoadBalancersCommand": {
            const [first = "", ...rest] = Object.keys(mockLogs).slice(Number(Marker ?? 0));
            return { LoadBalancerDescriptions: [{ LoadBalancerName: first }], NextMarker: rest.length > 0 ? String(Number(Marker ?? 0) + 1) : undefined };
          }
          case "DescribeTagsCommand":
            LoadBalancerNames.forEach(known);
            return { TagDescriptions: LoadBalancerNames.map((name) => ({ LoadBalancerName: name, Tags: [{ Key: "team" }] })) };
          case "DescribeLoadBalancerAttributesCommand":
            return { LoadBalancerAttributes: known(LoadBalancerName) };
          default:
            known(LoadBalancerName);
            mockLogs[LoadBalancerName] = LoadBalancerAttributes?.AccessLog ?? {};
            return {};
        }
      },
    };
  },
}));

const names = namesFor({
  prefix: "fall",
  accounts: { management: "000000000000", logArchive: "222222222222", delegated: "333333333333" },
  homeRegion: "us-east-1",
});
const adapter = enforcer.adapter({ names, account: "111111111111", region: "eu-west-1", via: "switch", busArn: names.busArn });
const resource = (id: string): Resource => ({ id, arn: `arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/${id}`, tags: { team: "" } });

beforeEach(() => {
  for (const name of Object.keys(mockLogs)) delete mockLogs[name];
  Object.assign(mockLogs, { a: { Enabled: false }, b: { Enabled: true, S3BucketName: "theirs", EmitInterval: 60 } });
});

test("discover follows every page; find leaves out what is gone", async () => {
  const found: Resource[] = [];
  for await (const page of adapter.discover()) found.push(...page);
  expect(found).toEqual([resource("a"), resource("b")]);
  expect(await adapter.find(["gone", "b"])).toEqual([resource("b")]);
});

test("each is turned to the archive, a stranger's bucket is named, and what is gone is no error", async () => {
  const findings = await adapter.inspect([resource("a"), resource("gone"), resource("b")]);
  expect(findings.map(({ resource: { id }, state }) => [id, state])).toEqual([["a", "missing"], ["b", "missing"]]);
  expect(findings[1]?.steps[0]?.why).toContain("they went to theirs");
  for (const { resource: one, steps } of findings) {
    for (const step of steps) {
      expect(await adapter.apply(one, step)).toBe(true);
      expect(await adapter.apply(resource("gone"), step)).toBe(false);
    }
  }
  expect((await adapter.inspect([resource("a"), resource("b")])).map(({ state }) => state)).toEqual(["logs", "logs"]);
});
