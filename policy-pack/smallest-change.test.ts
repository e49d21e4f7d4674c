import { smallestChange } from "./smallest-change";
import type { Layers, Request, Statement } from "./evaluator/types";
import type { Goal } from "./prover/types";
import { domainOf } from "./universe";
import { catalogued } from "./catalogue";

const request: Request = {
  principal: { kind: "user", account: "444444444444", arn: "arn:aws:iam::444444444444:user/x" },
  action: "sqs:DeleteQueue", resource: "arn:aws:sqs:us-east-1:444444444444:q", resourceAccount: "444444444444",
  context: { "aws:PrincipalArn": "arn:aws:iam::444444444444:user/x" },
};
const policy = (name: string, Statement: Statement) => ({ name, document: { Version: "2012-10-17", Statement } });
const full = policy("FullAWSAccess", { Sid: "Full", Effect: "Allow", Action: "*", Resource: "*" });
const goal = (layer: Goal["layer"]): Goal => ({
  id: "goal", layer, demand: "refused",
  universe: { principals: [], actions: [request.action], resources: "none", domain: domainOf(catalogued("sqs:DeleteQueue")!, undefined) },
});
const changeOf = (layers: Layers, layer: Goal["layer"]) => smallestChange(goal(layer), { request, absent: [], trail: [] }, layers);

test("a control policy is closed by its Denies, never by what allows everything", () => {
  const lock = policy("lock", { Sid: "Kept", Effect: "Deny", Action: ["sqs:AddPermission"], Resource: "*" });
  expect(changeOf({ scp: [[policy("what is asked about", { Sid: "Asked", Effect: "Allow", Action: "*", Resource: "*" })], [full, lock]] }, "scp")).toEqual({
    policy: "lock", change: "in lock, statement Kept, add sqs:DeleteQueue to Action.",
  });
});

test("a policy that allows too much is closed where it allows", () => {
  const identity = [policy("role", { Sid: "Does", Effect: "Allow", Action: ["sqs:DeleteQueue", "sqs:SendMessage"], Resource: "*" })];
  expect(changeOf({ identity }, "identity")).toMatchObject({ policy: "role", change: "in role, statement Does, take sqs:DeleteQueue out of Action." });
});
