/**
 * Refuses names of ours that are a global's too.
 *
 * Pulumi's serialisation takes a captured name that is also a global's for the global, and leaves ours out without a
 * word: a function of ours called `escape` became the one that writes %20. No test of the source can see that, and
 * neither can the serialised text, where a global is a legitimate guest.
 * https://github.com/pulumi/pulumi/blob/v3.248.0/sdk/nodejs/runtime/closure/parseFunction.ts (isBuiltIn)
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as ts from "typescript";

/** Everything that is declared under a name of its own, at whatever depth: what is captured need not stand at the top. */
function isDeclared(node: ts.Node): node is ts.Node & { readonly name: ts.Identifier } {
  const names = ts.isVariableDeclaration(node) || ts.isBindingElement(node) || ts.isParameter(node) || ts.isFunctionDeclaration(node);
  return names && node.name !== undefined && ts.isIdentifier(node.name);
}

/** @returns `<file>:<line> declares <name>` for each name that is a global's */
export function globalNames(file: string, text: string): readonly string[] {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node)) return;
    if (isDeclared(node) && Object.hasOwn(globalThis, node.name.text)) {
      found.push(`${file}:${tree.getLineAndCharacterOfPosition(node.name.getStart()).line + 1} declares ${node.name.text}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

const root = join(__dirname, "..", "..");

/** What may end up in a package: all of `functions/` but the tests and the packaging itself, and the names. */
function packaged(): readonly string[] {
  const sources = readdirSync(join(root, "functions"), { recursive: true, encoding: "utf8" })
    .map((file) => join("functions", file))
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !file.startsWith(join("functions", "package")));
  return [...sources.sort(), join("infra", "names.ts")];
}

/** @throws Error of one line that names every place where a packaged file declares a global's name */
export function refuseGlobalNames(files: readonly string[] = packaged(), folder = root): void {
  const found = files.flatMap((file) => globalNames(file, readFileSync(join(folder, file), "utf8")));
  if (found.length > 0) throw new Error(`a function in Lambda would get Node's global instead of ours, so another name is needed: ${found.join(", ")}`);
}
