import type { ResolverQueryLogConfigAssociation } from "@aws-sdk/client-route53resolver";
import * as fc from "fast-check";
import { chosen, decide } from "./decide";
import type { ArchiveConfig } from "./decide";

const ours: ArchiveConfig = { Id: "rqlc-1", Arn: "arn:1", Status: "CREATED", tagged: true };
const untagged: ArchiveConfig = { ...ours, tagged: false };
const failed: ArchiveConfig = { ...ours, Id: "rqlc-0", Arn: "arn:0", Status: "FAILED" };
const joined: ResolverQueryLogConfigAssociation = { ResolverQueryLogConfigId: "rqlc-1", ResourceId: "vpc", Status: "ACTIVE" };

test.each<[string, readonly ArchiveConfig[], readonly ResolverQueryLogConfigAssociation[], readonly string[]]>([
  ["nothing at all", [], [], ["missing", "AssociateResolverQueryLogConfig"]],
  ["our configuration, not joined", [ours], [], ["missing", "AssociateResolverQueryLogConfig"]],
  ["joined", [ours], [joined], ["logs"]],
  ["joining", [{ ...ours, Status: "CREATING" }], [{ ...joined, Status: "CREATING" }], ["logs"]],
  ["leaving", [ours], [{ ...joined, Status: "DELETING" }], ["missing", "AssociateResolverQueryLogConfig"]],
  ["joined to one without our tag", [untagged], [joined], ["weakened", "TagResource"]],
  ["not joined to one without our tag", [untagged], [], ["missing", "TagResource", "AssociateResolverQueryLogConfig"]],
  ["an association that failed", [ours], [{ ...joined, Status: "FAILED" }], ["weakened", "DisassociateResolverQueryLogConfig", "AssociateResolverQueryLogConfig"]],
  ["an association that needs action", [ours], [{ ...joined, Status: "ACTION_NEEDED" }], ["weakened", "DisassociateResolverQueryLogConfig", "AssociateResolverQueryLogConfig"]],
  ["a configuration that failed", [failed], [{ ...joined, ResolverQueryLogConfigId: "rqlc-0" }], ["weakened", "DisassociateResolverQueryLogConfig", "AssociateResolverQueryLogConfig"]],
])("%s", (_, configs, associations, expected) => {
  const { state, steps } = decide(configs, associations);
  expect([state, ...steps.map(({ call }) => call)]).toEqual(expected);
});

test("a failed configuration is never chosen; ours comes before one to adopt, always the same one", () => {
  expect(chosen([failed])).toBeUndefined();
  expect(chosen([{ ...untagged, Id: "rqlc-0" }, ours])?.Id).toBe("rqlc-1");
  expect(chosen([ours, { ...ours, Id: "rqlc-9" }])).toEqual(chosen([{ ...ours, Id: "rqlc-9" }, ours]));
  expect(decide([failed], []).steps.at(-1)?.input).toEqual({ configId: undefined });
});

test("a step says in words what was found", () => {
  const { steps } = decide([ours], [{ ...joined, Status: "FAILED", ErrorMessage: "Access denied" }]);
  expect(steps[0]?.why).toBe("took it off the query log configuration rqlc-1 (association FAILED, configuration CREATED, Access denied)");
});

test("after its steps a VPC logs", () => {
  const anyConfig = fc.record({ Id: fc.constantFrom("a", "b", "c"), Status: fc.constantFrom("CREATED" as const, "CREATING" as const, "FAILED" as const, "DELETING" as const), tagged: fc.boolean() });
  const anyAssociation = fc.record({ ResolverQueryLogConfigId: fc.constantFrom("a", "b", "c"), Status: fc.constantFrom("ACTIVE" as const, "CREATING" as const, "FAILED" as const, "ACTION_NEEDED" as const) });
  fc.assert(
    fc.property(
      fc.uniqueArray(anyConfig, { selector: ({ Id }) => Id }),
      fc.uniqueArray(anyAssociation, { selector: (one) => one.ResolverQueryLogConfigId }),
      (given, joins) => {
        let configs: ArchiveConfig[] = given.map((config) => ({ ...config, Arn: config.Id }));
        let associations: ResolverQueryLogConfigAssociation[] = joins.filter((one) => configs.some(({ Id }) => Id === one.ResolverQueryLogConfigId));
        for (const { call, input } of decide(configs, associations).steps) {
          if (call === "TagResource") configs = configs.map((config) => (config.Arn === input.arn ? { ...config, tagged: true } : config));
          if (call === "DisassociateResolverQueryLogConfig") associations = associations.filter((one) => one.ResolverQueryLogConfigId !== input.configId);
          if (call === "AssociateResolverQueryLogConfig") {
            if (input.configId === undefined) configs.push({ ...ours, Id: "new" });
            expect(associations.some((one) => one.ResolverQueryLogConfigId === input.configId)).toBe(false);
            associations.push({ ResolverQueryLogConfigId: (input.configId as string) ?? "new", Status: "ACTIVE" });
          }
        }
        expect(decide(configs, associations)).toEqual({ state: "logs", steps: [] });
      },
    ),
  );
});
