/** Judges one concrete request by AWS's rules of policy evaluation. Pure: policies in, decision out. */
export { evaluate } from "./evaluate";
export { globMatches } from "./glob";
export * from "./types";
