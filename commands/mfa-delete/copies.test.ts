import { ordinary } from "../../infra/documents/configurations-for-tests";
import { checkCopies, mfaDeleteFinding } from "./copies";

const forEver = { ...ordinary, archive: { ...ordinary.archive, copies: { regions: {}, expire: false } } };

test.each([
  ["on", { Status: "Enabled", MFADelete: "Enabled" }, true, "ok", /on, versioning Enabled/],
  ["off where a lifecycle excludes it", { Status: "Enabled" }, true, "ok", /can't be on while fall:archive\.copies\.expire is true/],
  ["off where it could be on", { Status: "Enabled", MFADelete: "Disabled" }, false, "missing", /logs: off/],
] as const)("%s", (_, answer, expire, status, detail) => {
  const finding = mfaDeleteFinding("logs", answer, expire);
  expect([finding.status, finding.detail]).toEqual([status, expect.stringMatching(detail)]);
});

test("every copy is asked for in its Region, by reads alone, and a refusal is told", async () => {
  const asked: string[] = [];
  const clientIn = (region: string) => ({
    send: async (command: { constructor: { name: string }; input: { Bucket?: string } }) => {
      asked.push(`${command.constructor.name} ${region} ${command.input.Bucket}`);
      if (region === "us-east-1") throw Object.assign(new Error("no"), { name: "AccessDenied", $metadata: { httpStatusCode: 403 } });
      return { Status: "Enabled" };
    },
  });
  const found = await checkCopies(clientIn as never, forEver);
  expect(asked).toHaveLength(6);
  expect(asked.every((one) => /^GetBucketVersioningCommand (\S+) aws-fall-log-replica-.*\1$/.test(one))).toBe(true);
  expect(found.map(({ status }) => status)).toEqual(["unreadable", "unreadable", "unreadable", "missing", "missing", "missing"]);
  expect(found[3]).toMatchObject({ mend: expect.stringContaining("MFADelete=Enabled") as string });
});
