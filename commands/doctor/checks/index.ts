/** The checks, in the order in which a log travels back from where it should lie. A file beside this one, and a line here, is a check. */
import type { Check } from "../check";
import { check as buckets } from "./buckets";
import { check as clock } from "./clock";
import { check as deadLetters } from "./dead-letters";
import { check as destinations } from "./destinations";
import { check as enforcers } from "./enforcers";
import { check as exclusions } from "./exclusions";
import { check as keys } from "./keys";
import { check as resources } from "./resources";
import { check as rights } from "./rights";
import { check as rollout } from "./rollout";
import { check as signsOfLife } from "./signs-of-life";
import { check as stackInstances } from "./stack-instances";
import { check as trail } from "./trail";

/** By name, which is the file's. */
export const checks: Readonly<Record<string, Check<unknown>>> = {
  trail,
  buckets,
  keys,
  destinations,
  resources,
  rollout,
  exclusions,
  enforcers,
  rights,
  "dead-letters": deadLetters,
  "signs-of-life": signsOfLife,
  "stack-instances": stackInstances,
  clock,
};
