import { ordinary } from "../../infra/documents/configurations-for-tests";
import { peopleSchema } from "../../infra/config/people";
import { type Cases, document, type Given } from "./case";

const people = peopleSchema.parse({ temporary: [{ name: "incident", account: "444444444444", until: "2099-12-31", logs: ["trail"] }] });
const configuration = { ...ordinary, tier: "log-archive" as const, people };
const account = "222222222222";
const role = (name: string, props: object = {}, more: object = {}): readonly Given[] => [
  { type: "aws:iam/role:Role", name, account, props: { name, path: "/fall/", assumeRolePolicy: document(), maxSessionDuration: 3_600, ...props }, ...more },
  { type: "aws:iam/rolePolicy:RolePolicy", name: `${name}-policy`, account, props: { name, role: name, policy: document() } },
];
const [reader, copying] = ["temporary-incident", "replication"];

export const cases: Cases = {
  configuration,
  passes: { "each with its policy": [...role(reader), ...role(copying)], "a reader, who goes with the entry": [...role(reader, {}, { protect: false }), ...role(copying)] },
  fails: {
    "one that is missing": [/The role temporary-incident in 222222222222 is missing/, ...role(copying)],
    "one in another account": [/The role temporary-incident in 222222222222 is missing/, ...role(reader, {}, { account: "888888888888" }), ...role(copying)],
    "one without a policy": [/The policy of the role replication in 222222222222 is missing/, ...role(reader), role(copying)[0]!],
    "one for half a day": [/maxSessionDuration is 43200, at most 3600 is wanted/, ...role(reader, { maxSessionDuration: 43_200 }), ...role(copying)],
    "one under another path": [/path is "\/"/, ...role(reader, { path: "/" }), ...role(copying)],
    "one that Pulumi may delete": [/The role replication in 222222222222: its resource option `protect` is not set/, ...role(reader), ...role(copying, {}, { protect: false })],
  },
};
