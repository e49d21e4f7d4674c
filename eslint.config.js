const js = require("@eslint/js");
const tseslint = require("typescript-eslint");

module.exports = tseslint.config(
  { ignores: ["node_modules/", ".venv/", ".cache/", "lab/out/", "bench/out/", "coverage/"] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    languageOptions: { globals: { require: "readonly", module: "writable", process: "readonly", __dirname: "readonly", __filename: "readonly", console: "readonly", Buffer: "readonly" } },
    rules: {
      eqeqeq: ["error", "always"],
      // Two things that need each other: a callback reads what is assigned after it.
      "prefer-const": ["error", { ignoreReadBeforeAssign: true }],
      "no-empty": ["error", { allowEmptyCatch: false }],
      "@typescript-eslint/no-require-imports": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "max-lines": ["error", { max: 400, skipBlankLines: true, skipComments: true }],
    },
  },
  { files: ["**/*.js"], rules: { "@typescript-eslint/no-require-imports": "off" } },
);
