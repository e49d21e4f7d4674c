/** Unit tests stand beside what they test; the lab is run apart (`npm run lab`). */
module.exports = {
  testMatch: ["<rootDir>/**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/lab/out/"],
  modulePathIgnorePatterns: ["<rootDir>/lab/out/", "<rootDir>/.cache/"],
  transform: { "\\.ts$": ["ts-jest", { diagnostics: false }] },
  maxWorkers: 2,
  // A slow machine is no failure: no test is about time.
  testTimeout: 300_000,
};
