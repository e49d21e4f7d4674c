"use strict";
/**
 * Keeps V8's space for young objects as small as it begins. It would grow to 48 MB, a third of all that the proofs take, and
 * spare no time: what they make is mostly thrown away at once. Where a later V8 grows it all the same, nothing is lost.
 */
require("node:v8").setFlagsFromString("--semi-space-growth-factor=1");
