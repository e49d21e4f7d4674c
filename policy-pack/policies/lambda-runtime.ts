/** https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html */
import { verdict, type Rule } from "../rule";
import { UNKNOWN } from "../subjects/plain";

const OLDEST = 22;

export const rule: Rule = {
  requirement: `A function runs on Node ${OLDEST} or later, on arm64.`,
  needs: "subject",
  judge: (subject) => {
    if (subject.kind !== "function") return "not-applicable";
    const runtime = typeof subject.runtime === "string" ? subject.runtime : subject.runtime === UNKNOWN ? "unknown" : "absent";
    const node = /^nodejs(\d+)\.x$/.exec(runtime);
    const architectures = subject.architectures.map((item) => (typeof item === "string" ? item : "unknown"));
    return verdict([
      ...(node !== null && Number(node[1]) >= OLDEST ? [] : [`Its runtime is ${runtime}, nodejs${OLDEST}.x or later is allowed.`]),
      ...(architectures.length === 1 && architectures[0] === "arm64" ? [] : [`Its architectures are ${architectures.join(", ") || "absent (x86_64)"}, arm64 is allowed.`]),
    ]);
  },
};
