/** Decides whether policies say of every request in a universe what they are meant to, and finds the request where not. */
export { makeProver } from "./prove";
export { sentence } from "./sentence";
export * from "./types";
