import { targets } from "./stack-sets";
import { readConfiguration } from "../config/read";

const config = readConfiguration("delegated");
const { canary } = config.force;

test("first the canary's organizational unit alone", () => {
  expect(targets({ config })).toEqual([{ organizationalUnitIds: [canary!.ou] }]);
});

test("then the root as well, without the canary's accounts, so that none of theirs is deleted on the way", () => {
  expect(targets({ config: { ...config, force: { rollout: "organization", canary } } })).toEqual([
    { organizationalUnitIds: [canary!.ou] },
    { organizationalUnitIds: [config.rootId], accounts: canary!.accounts, accountFilterType: "DIFFERENCE" },
  ]);
});

test("without a canary the root alone", () => {
  expect(targets({ config: { ...config, force: { rollout: "organization" } } })).toEqual([{ organizationalUnitIds: [config.rootId] }]);
});
