/**
 * An asynchronous invocation that fails three times is dropped unless it has somewhere to go.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
import { demand, type Rule } from "../rule";
import { refersTo, type Subject, type SubjectOf } from "../subjects/subject";

type LambdaFunction = SubjectOf<"function">;

/** Whether the function's failed events are kept by a setting of its own. */
function hasDestination(lambda: LambdaFunction, siblings: readonly Subject[]): boolean {
  if (lambda.deadLetter !== null) return true;
  return siblings.some((other) => other.kind === "invoke-config" && other.onFailure !== null &&
    refersTo(other.resource, other.functionName, lambda.resource, lambda.names));
}

/** Whether it reads from queues of this stack that keep what fails: then nothing is invoked asynchronously. */
function readsSafely(lambda: LambdaFunction, siblings: readonly Subject[]): boolean {
  const mappings = siblings.filter((other): other is SubjectOf<"event-source-mapping"> =>
    other.kind === "event-source-mapping" && refersTo(other.resource, other.functionName, lambda.resource, lambda.names));
  const queues = siblings.filter((other) => other.kind === "queue");
  return mappings.length > 0 && mappings.every((mapping) =>
    queues.some((queue) => queue.redrive !== null && refersTo(mapping.resource, mapping.source, queue.resource, queue.names)));
}

export const rule: Rule = {
  requirement: "A function keeps what it failed to do: by a dead-letter queue, a failure destination, or the queue it reads from.",
  needs: "siblings",
  judge: (subject, siblings) => {
    if (subject.kind !== "function") return "not-applicable";
    return demand(
      hasDestination(subject, siblings) || readsSafely(subject, siblings),
      "It has no dead-letter queue, no failure destination, and reads from no queue with a redrive policy.",
    );
  },
};
