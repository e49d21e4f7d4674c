/** The AWS SDK as one file of exactly the names that a function uses. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import type { Plugin } from "esbuild";

const root = join(__dirname, "..", "..");

/**
 * The SDK keeps the schemas of all operations in one file, as objects whose keys are computed from string constants
 * (`[_N]: ...`). esbuild can't know that computing a key has no side effect, so it keeps them all; with literal keys it
 * drops the unused ones (EC2, S3 and EventBridge together: 274 kB gzipped become 125).
 */
export function withLiteralKeys(schemas: string): string {
  const constants = new Map([...schemas.matchAll(/^const (_\w+) = ("[^"]*");$/gm)].map(([, name, value]) => [name, value]));
  return schemas.replace(/\[(_\w+)\]:/g, (whole, name: string) => {
    const value = constants.get(name);
    return value === undefined ? whole : `${value}:`;
  });
}

const literalKeys: Plugin = {
  name: "literal-schema-keys",
  setup(building) {
    building.onLoad({ filter: /schemas_0\.js$/ }, async ({ path }) => ({
      contents: withLiteralKeys(await readFile(path, "utf8")),
      loader: "js",
    }));
  },
};

const CREDENTIALS = "@aws-sdk/credential-provider-node";

/**
 * One chain of credential providers for all clients, the project's own: a client of an older release of the SDK brings
 * another one, with clients of STS, SSO and SSO OIDC (a third of what route53-resolver loads).
 */
const oneCredentialChain: Plugin = {
  name: "one-credential-chain",
  setup(building) {
    building.onResolve({ filter: new RegExp(`^${CREDENTIALS}$`) }, ({ kind, pluginData }) =>
      pluginData === CREDENTIALS ? undefined : building.resolve(CREDENTIALS, { kind, resolveDir: root, pluginData: CREDENTIALS }),
    );
  },
};

/** A module that exports one object a package, named after it, with only the names used. */
export function entryFor(imports: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(imports)
    .map(([name, names], index) => {
      // Two clients may have a command of the same name (TagResourceCommand), so each gets its package's number.
      const local = (used: string) => `${used}_${index}`;
      return [
        `import { ${names.map((used) => `${used} as ${local(used)}`).join(", ")} } from ${JSON.stringify(name)};`,
        `const package_${index} = { ${names.map((used) => `${used}: ${local(used)}`).join(", ")} };`,
        `export { package_${index} as ${JSON.stringify(name)} };`,
      ].join("\n");
    })
    .join("\n");
}

/**
 * `sdk.js` for the names that a function uses of each package.
 *
 * @throws Error (esbuild's) where a package has no such export
 */
export async function bundle(imports: Readonly<Record<string, readonly string[]>>): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: entryFor(imports), resolveDir: root, sourcefile: "sdk.js" },
    absWorkingDir: root,
    bundle: true,
    minify: true,
    write: false,
    platform: "node",
    target: "node22",
    format: "cjs",
    // The SDK's ES modules can be tree-shaken, its CommonJS ones can't.
    mainFields: ["module", "main"],
    legalComments: "eof",
    logLevel: "silent",
    plugins: [literalKeys, oneCredentialChain],
  });
  return outputFiles[0]?.text ?? "";
}
