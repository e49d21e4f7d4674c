/** The tests that a mutant of the prover has to survive: all but the random ones, in one suite (`prover.ts`). */
module.exports = {
  ...require("../../jest.config.js"),
  rootDir: process.cwd(),
  testMatch: ["<rootDir>/bench/mutation/prover.ts"],
  testPathIgnorePatterns: ["/node_modules/"],
  modulePathIgnorePatterns: [],
  transform: { "\\.ts$": "<rootDir>/bench/mutation/transform.js" },
};
