"use strict";
/** Required before a program: when it ends, writes the most memory that it ever had (kB) and its CPU time (s) into the file FALL_BENCH_PEAK. */
const { writeFileSync } = require("node:fs");
process.on("exit", () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  writeFileSync(process.env.FALL_BENCH_PEAK, JSON.stringify({ peak: maxRSS, cpu: (userCPUTime + systemCPUTime) / 1e6 }));
});
