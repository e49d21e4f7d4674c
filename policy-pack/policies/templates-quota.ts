/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
import { demand, type Rule } from "../rule";
import type { Plain } from "../subjects/plain";

const INLINE = 51_200;
const FROM_S3 = 1_048_576;

const bytes = (text: Plain): number => (typeof text === "string" ? Buffer.byteLength(text) : 0);

export const rule: Rule = {
  requirement: "A template has at most 51,200 bytes inline and 1 MB from Amazon S3.",
  needs: "subject",
  judge: (subject) => {
    if (subject.kind === "stack-set" || subject.kind === "stack") {
      return demand(bytes(subject.body) <= INLINE, `Its template has ${bytes(subject.body)} bytes inline, at most ${INLINE} are allowed.`);
    }
    if (subject.kind !== "object" || typeof subject.content !== "string" || !subject.content.includes('"AWSTemplateFormatVersion"')) return "not-applicable";
    return demand(bytes(subject.content) <= FROM_S3, `The template has ${bytes(subject.content)} bytes, at most ${FROM_S3} are allowed.`);
  },
};
