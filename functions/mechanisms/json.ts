/**
 * Reading payloads that anyone may have forged: what is not of the wanted shape is left out, nothing throws.
 */

/** `value` if it is an object (an array counts), else an empty one. */
export function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

/** `value` if it is a string, else "". */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** `value` if it is an array, else one of it alone, none for undefined and null. */
export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}
