/** Patterns of the principals that are meant to be exempt. */

/**
 * What is wrong with a pattern, as one clause; undefined if aws:PrincipalArn can be of it.
 *
 * It has the six parts of an ARN and is read as ArnLike does. For a session of a role aws:PrincipalArn is the role's ARN,
 * so an assumed-role ARN would exempt nobody.
 */
export function exemptProblem(pattern: string): string | undefined {
  const [arn, partition = "", service = "", region, account = "", ...rest] = pattern.split(":");
  const resource = rest.join(":");
  if (arn !== "arn" || rest.length === 0 || resource === "") return "is no ARN";
  if (/\s/.test(pattern)) return "has a blank";
  if (!/^(aws[a-z-]*|.*[*?].*)$/.test(partition)) return "has no partition of AWS's";
  if (!/^(iam|sts|.*[*?].*)$/.test(service)) return "is no ARN of IAM or STS";
  if (region !== "" && !/^[*?]+$/.test(region ?? "")) return "has a Region, which no principal has";
  if (!/^(\d{12}|[\d*?]*[*?][\d*?]*)$/.test(account)) return "has no account of 12 digits";
  if (resource.startsWith("assumed-role/")) return "is a session's ARN: the role's own is what aws:PrincipalArn says";
  return /^(role\/|user\/|federated-user\/|root$|[^/:]*[*?])/.test(resource) ? undefined : "is neither a role, a user, a federated user nor the root";
}

export const exemptAllowed = "an ARN pattern such as arn:aws:iam::*:role/path/name";
