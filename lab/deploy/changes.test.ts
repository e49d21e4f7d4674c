import type { GraphResource } from "../../infra/program/graph";
import { changesBetween } from "./changes";
import { makeStandIns } from "./stand-ins";

const resource = (name: string, props: Record<string, unknown> = {}, more: Partial<GraphResource> = {}): GraphResource => ({
  urn: `urn:${name}`,
  type: "aws:sqs/queue:Queue",
  name,
  props,
  parent: "",
  dependencies: [],
  id: name,
  provider: "",
  account: "111111111111",
  protect: false,
  retainOnDelete: false,
  ignoreChanges: [],
  ...more,
});

test("new, changed, left, gone", () => {
  const before = [resource("kept", { a: 1 }), resource("changed", { a: 1 }), resource("gone"), resource("ignored", { key: "alias" }, { ignoreChanges: ["key"] })];
  const now = [resource("new"), resource("kept", { a: 1 }), resource("changed", { a: 2 }), resource("ignored", { key: "arn" }, { ignoreChanges: ["key"] })];
  expect(changesBetween(before, now)).toEqual({ create: ["urn:new"], update: ["urn:changed"], unchanged: ["urn:kept", "urn:ignored"], remove: ["urn:gone"] });
});

test.each(["pulumi:providers:aws", "pulumi:pulumi:Stack"])("%s is nothing that is made", (type) => {
  const provider = resource("p", {}, { type });
  expect(changesBetween([], [provider]).create).toEqual([]);
  expect(changesBetween([provider], []).remove).toEqual([]);
});

test("generated ids are replaced by the real ones, within texts too", () => {
  const standIns = makeStandIns();
  const key = resource("k", {}, { type: "aws:kms/key:Key" });
  const policy = resource("p", { type: "SERVICE_CONTROL_POLICY" }, { type: "aws:organizations/policy:Policy", id: "p-12345678" });
  standIns.learn(key, "us-east-1", { id: "real-key", attributes: { keyId: "real-key", arn: "arn:real-key" } });
  standIns.learn(resource("deploy-role", {}, { type: "aws:iam/rolePolicy:RolePolicy" }), "us-east-1", { id: "role:deploy-role", attributes: {} });
  standIns.learn(policy, "us-east-1", { id: "p-real", attributes: {} });
  expect(standIns.translate({ policyId: "p-12345678", list: ["x p-12345678 y", "deploy-role", 1, true] })).toEqual({ policyId: "p-real", list: ["x p-real y", "deploy-role", 1, true] });
});
