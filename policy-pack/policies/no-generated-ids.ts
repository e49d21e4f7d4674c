/** A generated id is known after deployment at the earliest, and changes when its resource is made anew. */
import { eachStatement } from "../control-policy";
import type { Rule } from "../rule";

/** What AWS and Pulumi generate; each pattern finds the whole id. */
const generated: readonly RegExp[] = [
  /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/i,
  /\bmrk-[0-9a-f]{32}\b/i,
  // ids of EC2 and of Route 53 Resolver: fl-0123456789abcdef0, vpc-..., rqlc-...
  /\b(fl|vpc|subnet|eni|igw|nat|vpce|tgw|sg|rtb|acl|i|rqlc|rqlca|rslvr)-(?=[0-9a-f]*\d)[0-9a-f]{8,17}\b/i,
  // unique ids of IAM: AROA..., AIDA...
  /\bA(ROA|IDA|KIA|NPA|GPA|IPA|SCA)[A-Z0-9]{16,17}\b/,
  // a Pulumi name's suffix
  /-(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{7}(?=$|[/:*])/,
];

/** A secret's ARN ends in six generated characters: they are left open as `??????`. */
const secretWithId = /:secret:.*-(?!\?{6}$)[A-Za-z0-9?]{6}$/;

function generatedIn(value: string): string | undefined {
  if (secretWithId.test(value) && !value.endsWith("*")) return value.slice(-6);
  return generated.map((pattern) => pattern.exec(value)?.[0]).find((id) => id !== undefined);
}

export const rule: Rule = {
  requirement: "No control policy holds a generated id.",
  needs: "subject",
  judge: (subject) =>
    eachStatement(subject, ({ sid, resources, notResources, tests }) =>
      [...resources, ...notResources, ...tests.flatMap(({ key, values }) => [key, ...values])].flatMap((value) => {
        const id = generatedIn(value);
        return id === undefined ? [] : [`Statement ${sid} holds the generated id ${id} (in ${value}).`];
      }),
    ),
};
