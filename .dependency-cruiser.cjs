/** The direction of imports, checked by `npm test`: each rule says who may not import whom, and why. */
module.exports = {
  forbidden: [
    {
      name: "documents-are-pure",
      comment: "names and policy documents are configuration in, JSON out: no Pulumi output, no AWS client",
      severity: "error",
      from: { path: "^infra/(names\\.ts|documents/|config/)", pathNot: "\\.test\\.ts$" },
      to: { path: "^node_modules/(@pulumi|@aws-sdk)/|^lab/|^policy-pack/|^bench/|^commands/" },
    },
    {
      name: "facts-are-pure",
      comment: "source.ts states facts; an AWS client in it would reach the policy pack",
      severity: "error",
      from: { path: "^functions/(sources/[^/]+/source|sources/log-source|sources/index|outcome)\\.ts$" },
      to: { path: "^node_modules/(@pulumi|@aws-sdk)/|/enforce\\.ts$" },
    },
    {
      name: "policy-pack-stands-alone",
      comment: "the pack imports the pure documents, the facts and @pulumi/policy, nothing else of ours",
      severity: "error",
      from: { path: "^policy-pack/", pathNot: "\\.test\\.ts$" },
      // What a function needs is a fact; its code is not.
      // register.js is how Node runs TypeScript here, no code of ours.
      to: { path: "^(lab|bench|commands(?!/register[.]js)|infra/(management|log-archive|delegated)|functions/(enforcer|notifier|watcher|package))/|^node_modules/@aws-sdk/", pathNot: "^functions/[^/]+/permissions\\.ts$" },
    },
    {
      name: "nothing-imports-the-lab",
      severity: "error",
      from: { pathNot: "^(lab|bench)/" },
      to: { path: "^lab/" },
    },
    {
      name: "functions-run-in-aws",
      comment: "what runs in Lambda knows names, and nothing of Pulumi or the documents (packaging apart)",
      severity: "error",
      from: { path: "^functions/", pathNot: "^functions/package/|\\.test\\.ts$" },
      to: { path: "^node_modules/@pulumi/|^infra/(?!names\\.ts)" },
    },
    { name: "no-circles", severity: "error", from: {}, to: { circular: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(\\.venv|\\.cache|lab/out)" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: false,
    combinedDependencies: true,
  },
};
