import { namesFor } from "../../../infra/names";
import { enforcer } from "./enforce";

const asked: unknown[] = [];
const names = namesFor({
  prefix: "fall",
  accounts: { management: "000000000000", logArchive: "222222222222", delegated: "333333333333" },
  homeRegion: "us-east-1",
});
const mockStore = names.logBucket("kms", "eu-west-1");
jest.mock("@aws-sdk/client-s3", () => ({
  ...jest.requireActual<object>("@aws-sdk/client-s3"),
  S3Client: function () {
    return {
      send: async ({ input }: { input: { ContinuationToken?: string } }) => {
        asked.push(input);
        return input.ContinuationToken === undefined
          ? { Buckets: [{ Name: "orders" }, { Name: mockStore }], ContinuationToken: "more" }
          : { Buckets: [{ Name: "invoices" }] };
      },
    };
  },
}));

const adapterOf = (account: string) => enforcer.adapter({ names, account, region: "eu-west-1", via: "delivery", busArn: names.busArn });
const resource = (id: string) => ({ id, arn: `arn:aws:s3:::${id}` });

test("discover asks for its own Region's buckets, page by page, and leaves the archive's stores out", async () => {
  const found: unknown[] = [];
  for await (const page of adapterOf("222222222222").discover()) found.push(...page);
  expect(found).toEqual([resource("orders"), resource("invoices")]);
  expect(asked).toMatchObject([{ BucketRegion: "eu-west-1" }, { BucketRegion: "eu-west-1", ContinuationToken: "more" }]);
});

test("find asks nothing, takes names and ARNs, and never the archive's stores", async () => {
  asked.length = 0;
  expect(await adapterOf("222222222222").find(["orders", "arn:aws:s3:::invoices", mockStore])).toEqual([resource("orders"), resource("invoices")]);
  expect(asked).toEqual([]);
});
