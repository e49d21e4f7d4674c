/** An answer in one line. */
import type { Answer, Hole } from "./types";

function context({ request, absent }: Hole): string {
  const present = Object.entries(request.context).map(([key, value]) => `${key} = ${typeof value === "string" ? JSON.stringify(value) : `[${value.map((one) => JSON.stringify(one)).join(", ")}]`}`);
  const all = [...present, ...(absent.length > 0 ? [`${absent.join(", ")} absent`] : [])];
  return all.length > 0 ? ` with ${all.join(", ")}` : "";
}

/** `<principal> calls <action> on <resource> with <keys>` for a hole; the reason for what is not provable. */
export function sentence(answer: Answer): string {
  if (answer.verdict === "proved") return answer.vacuous ? "proved, of no request at all" : "proved";
  if (answer.verdict === "not-provable") return `not provable: ${answer.reason}`;
  const { principal, action, resource } = answer.hole.request;
  const who = principal.kind === "anonymous" ? "anybody" : principal.arn;
  return `${who} calls ${action} on ${resource === "*" ? "no resource" : resource}${context(answer.hole)}`;
}
