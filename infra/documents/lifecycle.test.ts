import fc from "fast-check";
import { lifetimeOf } from "../config/lifetimes";
import { archiveLogs } from "./archive-logs";
import { auditLogs } from "./audit-logs";
import { ordinary, switched } from "./configurations-for-tests";
import { lifecycleRules } from "./lifecycle";
import { storeClasses } from "./stores";

const days = fc.integer({ min: 1, max: 3_650 });
const logs = [...archiveLogs(ordinary), ...auditLogs];

test("no rule begins another's, and every log is kept at least as long as it says", () => {
  const lifetimes = fc.dictionary(fc.constantFrom(...logs.map(({ name }) => name)), fc.tuple(days, days).map(([standardDays, more]) => ({ standardDays, keepDays: standardDays + more })));
  fc.assert(
    fc.property(lifetimes, fc.constantFrom(ordinary, switched), (chosen, base) => {
      const config = { ...base, archive: { ...base.archive, lifetimes: chosen } };
      for (const at of storeClasses(config)) {
        const rules = lifecycleRules(config, at);
        const prefixes = rules.map(({ filter }) => filter.prefix);
        expect(prefixes.filter((one, index) => prefixes.some((other, position) => position !== index && one.startsWith(other)))).toEqual([]);
        for (const { name, keys } of [...archiveLogs(config), ...auditLogs].filter(({ store, naming }) => store === at.store && naming === at.naming)) {
          const key = keys.replace("{account}", "444444444444").replaceAll("*", "x");
          const covering = rules.filter(({ filter }) => key.startsWith(filter.prefix));
          expect([name, covering.length]).toEqual([name, 1]);
          expect(covering[0]!.expiration.days).toBeGreaterThanOrEqual(lifetimeOf(config.archive, name).keepDays);
          expect(covering[0]!.transitions[0]!.days).toBeLessThan(covering[0]!.expiration.days);
        }
      }
    }),
  );
});

test("the trail outlives what lies beside it", () => {
  const rules = lifecycleRules(ordinary, { store: "kms", naming: "" });
  expect(rules.find(({ filter }) => filter.prefix === "AWSLogs/o-exampleorgid/")?.expiration.days).toBe(2_557);
  expect(rules.find(({ filter }) => filter.prefix === "AWSLogs/4")).toMatchObject({ transitions: [{ days: 92, storageClass: "GLACIER_IR" }], expiration: { days: 400 }, noncurrentVersionExpiration: { noncurrentDays: 92 } });
});
