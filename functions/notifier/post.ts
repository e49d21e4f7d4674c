/**
 * One post to a webhook. Its URL is a secret (whoever has it may write to the channel), so no error and no log line
 * made here has any part of it.
 */

/**
 * - `sent`: the product took it
 * - `later`: it asks for a pause, of `wait` ms where it says how long
 * - `broken`: it could not be reached, or failed (5xx): worth another try
 * - `refused`: it understood and will not (4xx): another try at once is of no use
 */
export type Post =
  | { readonly result: "sent" }
  | { readonly result: "later"; readonly why: string; readonly wait?: number }
  | { readonly result: "broken" | "refused"; readonly why: string };

/** Milliseconds until a post is given up. */
const TIMEOUT = 10_000;

/** The URL, if it may be called. @throws Error with no part of it: only https, or a loopback address (the lab) */
export function webhookUrl(secret: string): string {
  const given = secret.trim();
  // Parsed apart from the throw below: the parser's own error repeats what it was given.
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const loopback = url !== undefined && ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (url === undefined || !(url.protocol === "https:" || (url.protocol === "http:" && loopback))) {
    throw new Error("the secret does not hold an https URL");
  }
  return url.href;
}

/** Milliseconds that a Retry-After header asks for: seconds, or a date; undefined where it is neither. */
export function retryAfter(header: string | null, now: number): number | undefined {
  if (header === null || header.trim() === "") return undefined;
  const seconds = Number(header);
  const wait = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - now;
  return Number.isFinite(wait) && wait >= 0 ? wait : undefined;
}

/** The product's own error code where the answer is one (`invalid_payload`, `INVALID_ARGUMENT`): never free text. */
function codeIn(body: string): string {
  return /^[a-z_]{3,60}$/.exec(body.trim())?.[0] ?? /"status":\s*"([A-Z_]{3,60})"/.exec(body)?.[1] ?? "";
}

/** The system's code of a failed connection (`ECONNREFUSED`, `TimeoutError`): its message may name the host. */
function failureCode(error: unknown): string {
  const cause = (error as { cause?: { code?: unknown } }).cause?.code;
  return typeof cause === "string" ? cause : String((error as { name?: unknown }).name);
}

/** Posts JSON to a webhook; never throws for what the other side does. */
export async function post(url: string, body: unknown, now: () => number): Promise<Post> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json; charset=UTF-8" },
      body: JSON.stringify(body),
      // A webhook never redirects; following one would hand the message to whoever is named there.
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT),
    });
    const said = codeIn(await response.text());
    const why = `HTTP ${response.status}${said === "" || response.ok ? "" : ` ${said}`}`;
    if (response.ok) return { result: "sent" };
    if (response.status === 429) {
      const wait = retryAfter(response.headers.get("retry-after"), now());
      return { result: "later", why, ...(wait === undefined ? {} : { wait }) };
    }
    return { result: response.status >= 500 || response.status === 408 ? "broken" : "refused", why };
  } catch (error) {
    return { result: "broken", why: failureCode(error) };
  }
}
