import { accessLogOf, decideAccessLog } from "./decide";

const on = { Enabled: true, S3BucketName: "archive", EmitInterval: 5, S3BucketPrefix: "" };

describe("decideAccessLog", () => {
  test.each([
    ["as it should be", on, "logs"],
    ["AWS leaves an empty prefix out", { ...on, S3BucketPrefix: undefined }, "logs"],
    ["nothing is said", undefined, "missing"],
    ["off", { Enabled: false }, "missing"],
    ["turned off", { ...on, Enabled: false }, "weakened"],
    ["once an hour", { ...on, EmitInterval: 60 }, "weakened"],
    ["under a prefix", { ...on, S3BucketPrefix: "evil" }, "weakened"],
    ["to a stranger's bucket", { ...on, S3BucketName: "theirs" }, "missing"],
  ])("%s", (_, actual, state) => {
    const decision = decideAccessLog("archive", actual);
    expect(decision.state).toBe(state);
    for (const step of decision.steps) expect(accessLogOf(step.input.attributes as Record<string, string>)).toEqual(on);
    expect(decision.steps).toHaveLength(state === "logs" ? 0 : 1);
  });
});
