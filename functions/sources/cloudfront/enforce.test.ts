import { namesFor } from "../../../infra/names";
import type { Resource } from "../../enforcer/adapter";
import { enforcer } from "./enforce";

const pages = [["E1", "E2"], ["E3"]];
jest.mock("@aws-sdk/client-cloudfront", () => ({
  ...jest.requireActual<object>("@aws-sdk/client-cloudfront"),
  CloudFrontClient: function () {
    return {
      send: async ({ constructor, input }: { constructor: { name: string }; input: { Marker?: string; Resource: string } }) => {
        if (constructor.name === "ListDistributionsCommand") {
          const index = Number(input.Marker ?? 0);
          const last = index + 1 === pages.length;
          return { DistributionList: { Items: pages[index]?.map((Id) => ({ Id })), IsTruncated: !last, NextMarker: last ? "" : String(index + 1) } };
        }
        if (!pages.flat().some((id) => input.Resource.endsWith(`/${id}`))) throw Object.assign(new Error("gone"), { name: "NoSuchResource" });
        return { Tags: { Items: [{ Key: "team", Value: "web" }] } };
      },
    };
  },
}));

const names = namesFor({
  prefix: "fall",
  accounts: { management: "000000000000", logArchive: "222222222222", delegated: "333333333333" },
  homeRegion: "us-east-1",
});
const adapter = enforcer.adapter({ names, account: "111111111111", region: "us-east-1", via: "delivery", busArn: names.busArn });
const resource = (id: string): Resource => ({ id, arn: `arn:aws:cloudfront::111111111111:distribution/${id}`, tags: { team: "web" } });

test("discover follows every page", async () => {
  const found: Resource[] = [];
  for await (const page of adapter.discover()) found.push(...page);
  expect(found).toEqual(["E1", "E2", "E3"].map(resource));
});

test("find takes ids and ARNs, and leaves out what is gone, another account's, or nonsense", async () => {
  const given = ["E1", resource("E2").arn, "EGONE", "arn:aws:cloudfront::999999999999:distribution/E3", "E1/../E3", ""];
  expect(await adapter.find(given)).toEqual([resource("E1"), resource("E2")]);
});
