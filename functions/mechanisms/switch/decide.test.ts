import { decideSwitch, loadBalancerSwitch } from "./decide";

const wanted = loadBalancerSwitch("access logs", "access_logs.s3", "archive");
const actual = (enabled: string, bucket: string, prefix = "") => ({
  "access_logs.s3.enabled": enabled,
  "access_logs.s3.bucket": bucket,
  "access_logs.s3.prefix": prefix,
  "idle_timeout.timeout_seconds": "60",
});

describe("decideSwitch", () => {
  test.each([
    ["as it should be", actual("true", "archive"), "logs", undefined],
    ["never turned on", actual("false", ""), "missing", "turn access logs on"],
    ["no such attributes answered", {}, "missing", "turn access logs on"],
    ["turned off", actual("false", "archive"), "weakened", 'access_logs.s3.enabled was "false"'],
    ["moved under a prefix", actual("true", "archive", "evil"), "weakened", 'access_logs.s3.prefix was "evil"'],
    ["led elsewhere", actual("true", "theirs"), "missing", "they went to theirs"],
    ["led elsewhere, but off", actual("false", "theirs"), "missing", "turn access logs on"],
  ])("%s", (_, given, state, why) => {
    const decision = decideSwitch(wanted, given, "Modify");
    expect(decision.state).toBe(state);
    if (why === undefined) expect(decision.steps).toEqual([]);
    else {
      expect(decision.steps).toHaveLength(1);
      expect(decision.steps[0]).toMatchObject({ call: "Modify", input: { attributes: wanted.desired } });
      expect(decision.steps[0]?.why).toContain(why);
    }
  });

  test("what it sets is what it asks for: once applied, nothing is left to do", () => {
    const [step] = decideSwitch(wanted, actual("false", "theirs", "x"), "Modify").steps;
    expect(decideSwitch(wanted, step?.input.attributes as Record<string, string>, "Modify").state).toBe("logs");
  });
});
