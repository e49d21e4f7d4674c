import { readConfiguration } from "../../infra/config/read";
import { readerRoles } from "../../infra/documents/reader-roles";
import type { Call } from "../proxy";
import { grantedAgainstUsed, readersAgainstUse } from "./roles";

const kept = readConfiguration("log-archive");
const names = readerRoles(kept).map(({ name }) => name);
const graph = names.map((role) => ({ type: "aws:iam/rolePolicy:RolePolicy", props: { role, policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: ["s3:GetObject", "s3:ListBucket"] }] }) } }));
const call = (role: string, action: string, decision: "allowed" | "denied" = "allowed") => ({ principal: { kind: "role", arn: `arn:aws:iam::222222222222:role/fall/${role}` }, authorisations: [{ action }], decision }) as unknown as Call;
const rows = (...calls: readonly Call[]) => grantedAgainstUsed({ Resources: {} }, graph as never, calls);

test("what a role was refused it did not use", () => {
  expect(names.length).toBeGreaterThan(0);
  expect(rows(call(names[0]!, "s3:GetObject"), call(names[0]!, "s3:PutObject", "denied"))[0]).toEqual({ role: names[0], granted: ["s3:GetObject", "s3:ListBucket"], used: ["s3:GetObject"] });
});

test("every reader is there, and one that used more than it was granted, or is missing, is named", () => {
  expect(readersAgainstUse(kept, rows(call(names[0]!, "s3:GetObject"))).ok).toBe(true);
  expect(readersAgainstUse(kept, rows(call(names[0]!, "s3:PutObject")))).toMatchObject({ ok: false, detail: names[0] });
  expect(readersAgainstUse(kept, rows().slice(1))).toMatchObject({ ok: false, detail: names[0] });
});
