/** What a check of the preflight found, and how it is printed. */
import { isDenial } from "../../functions/notifier/denials";

/**
 * - `ok`: as it has to be, or nothing that stands in the way
 * - `missing`: has to be mended before going live; `mend` is the AWS CLI command that does it
 * - `unreadable`: could not be read, so nobody knows
 */
export type Finding =
  | { readonly status: "ok"; readonly check: string; readonly detail: string }
  | { readonly status: "missing"; readonly check: string; readonly detail: string; readonly mend: string }
  | { readonly status: "unreadable"; readonly check: string; readonly detail: string };

export const ok = (check: string, detail: string): Finding => ({ status: "ok", check, detail });
export const missing = (check: string, detail: string, mend: string): Finding => ({ status: "missing", check, detail, mend });

/** One line: status, check, what was found and, where something is missing, the command. */
export function lineFor(finding: Finding): string {
  const mend = finding.status === "missing" ? `; mend: ${finding.mend}` : "";
  return `${finding.status.padEnd(10)} ${finding.check.padEnd(18)} ${finding.detail}${mend}`;
}

/** Whether somebody answered the call, if only with an error; else (a bug, no network, no credentials) it is no finding. */
function answered(error: unknown): error is Error {
  return error instanceof Error && (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode !== undefined;
}

/**
 * Runs one check; where AWS refuses the reading, that is the finding.
 *
 * @param permission the IAM action that the reading takes: `organizations:ListRoots`
 * @param hint said as well where AWS refuses: what else the call depends on
 */
export async function reading(check: string, permission: string, read: () => Promise<readonly Finding[]>, hint = ""): Promise<readonly Finding[]> {
  try {
    return await read();
  } catch (error) {
    if (!answered(error)) throw error;
    const said = error.message.split("\n")[0] ?? "";
    const why = isDenial(error.name) ? `${permission} is not allowed to these credentials` : `${permission} answered ${error.name}: ${said}`;
    return [{ status: "unreadable", check, detail: hint === "" ? why : `${why} (${hint})` }];
  }
}

/** Every item of a listing, page by page. */
export async function allPages<T>(page: (token: string | undefined) => Promise<{ readonly items: readonly T[] | undefined; readonly next: string | undefined }>): Promise<readonly T[]> {
  const found: T[] = [];
  let token: string | undefined;
  do {
    const { items, next } = await page(token);
    found.push(...(items ?? []));
    token = next;
  } while (token !== undefined && token !== "");
  return found;
}
