/**
 * A factory as text: Pulumi's closure serialisation, and what that text requires from outside.
 *
 * The text uses `with`, which strict mode forbids, so no bundler takes it whole. Its requires are therefore pointed to
 * one other file, `./sdk.js`, bundled of exactly the names listed here.
 */
import { isBuiltin } from "node:module";
import * as pulumi from "@pulumi/pulumi";
import * as ts from "typescript";

export interface Serialised {
  /** `index.js`: sloppy mode, exports `handler`, requires only `./sdk.js` and Node's own modules. */
  readonly text: string;
  /** The names that the text uses of each package, both sorted. */
  readonly imports: Readonly<Record<string, readonly string[]>>;
}

/** A package's name where the path is just its entry point: `@aws-sdk/client-ec2/dist-cjs/index.js` is the package. */
function packageOf(path: string): string {
  const [first = "", second = ""] = path.split("/");
  const name = first.startsWith("@") ? `${first}/${second}` : first;
  return require.resolve(name) === require.resolve(path) ? name : path;
}

/** The module that `node` requires, if it is a call `require("...")`. */
function required(node: ts.Node | undefined): ts.StringLiteral | undefined {
  if (node === undefined || !ts.isCallExpression(node)) return undefined;
  const [path] = node.arguments;
  const isRequire = ts.isIdentifier(node.expression) && node.expression.text === "require";
  return isRequire && path !== undefined && ts.isStringLiteral(path) ? path : undefined;
}

/** True where an identifier is only declared or named, not read. */
function isOnlyNamed(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)) return parent.name === node;
  return ts.isPropertyAccessExpression(parent) && parent.name === node;
}

/**
 * Points the text's requires to `./sdk.js` and lists what it uses of each package.
 *
 * @throws Error where a module is used other than by `module.name`: then nobody knows which of its names are needed
 */
export function pointToSdk(text: string): Serialised {
  const tree = ts.createSourceFile("index.js", text, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);
  const packages = new Map<string, string>();
  const used = new Map<string, Set<string>>();
  const cuts: { readonly from: number; readonly to: number; readonly by: string }[] = [];

  const findImports = (node: ts.Node): void => {
    const path = required(node);
    if (path !== undefined && !isBuiltin(path.text)) {
      if (!ts.isVariableDeclaration(node.parent) || !ts.isIdentifier(node.parent.name)) {
        throw new Error(`the module ${path.text} is captured as a value: import its names instead`);
      }
      const name = packageOf(path.text);
      packages.set(node.parent.name.text, name);
      used.set(name, used.get(name) ?? new Set());
      cuts.push({ from: node.getStart(), to: node.end, by: `require("./sdk.js")[${JSON.stringify(name)}]` });
    }
    // Pulumi passes an import whose name is reserved through the scope object of `with`, under its own name.
    if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.initializer) && ts.isObjectLiteralExpression(node.parent)) {
      const name = packages.get(node.initializer.text);
      if (name !== undefined && ts.isWithStatement(node.parent.parent)) packages.set(node.name.getText(), name);
    }
    ts.forEachChild(node, findImports);
  };
  findImports(tree);

  const findUses = (node: ts.Node): void => {
    const name = ts.isIdentifier(node) ? packages.get(node.text) : undefined;
    if (ts.isIdentifier(node) && name !== undefined && !isOnlyNamed(node)) {
      const passedOn = ts.isPropertyAssignment(node.parent) && ts.isWithStatement(node.parent.parent.parent);
      if (ts.isPropertyAccessExpression(node.parent)) used.get(name)?.add(node.parent.name.text);
      else if (!passedOn) throw new Error(`${name} is used whole (${node.parent.getText()}): name what is needed of it`);
    }
    ts.forEachChild(node, findUses);
  };
  findUses(tree);

  const pointed = cuts.sort((a, b) => b.from - a.from).reduce((whole, { from, to, by }) => whole.slice(0, from) + by + whole.slice(to), text);
  const imports = Object.fromEntries([...used].map(([name, names]) => [name, [...names].sort()] as const).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { text: pointed, imports };
}

/**
 * Serialises a factory: it is called once, when an execution environment starts, and returns the handler.
 *
 * @throws Error naming what cannot be captured (a client, a class, a native object)
 */
export async function serialise(factory: () => unknown): Promise<Serialised> {
  const { text } = await pulumi.runtime.serializeFunction(factory, { isFactoryFunction: true });
  return pointToSdk(text);
}
