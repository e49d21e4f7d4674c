import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { readConfiguration } from "../infra/config/read";
import { documented, README } from "./document";

const root = join(__dirname, "..");
const readme = readFileSync(README, "utf8");
const config = readConfiguration("delegated");

describe("the README", () => {
  test("has the tables that the sources and the templates give", () => {
    expect(documented(readme, config)).toBe(readme);
  });

  test("is refused without its markers", () => {
    expect(() => documented(readme.replace("<!-- end of cost -->", ""), config)).toThrow("README.md has no <!-- cost --> with <!-- end of cost --> after it");
  });

  test("names every command", () => {
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: Record<string, string> };
    for (const name of Object.keys(scripts)) expect(readme).toMatch(new RegExp(`\`npm (run )?(--silent )?${name}\\b`));
  });

  test("links to what exists", () => {
    const links = [...readme.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link]) => link!);
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) expect(() => readdirSync(join(root, link, ".."))).not.toThrow();
    const missing = links.filter((link) => !readdirSync(join(root, link, "..")).includes(link.split("/").at(-1)!));
    expect(missing).toEqual([]);
  });
});

/** Source files that say of something that it is not confirmed (NC). */
function unconfirmed(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ["node_modules", "out", "__pycache__"].includes(entry.name) ? [] : unconfirmed(path);
    if (!/\.(ts|py)$/.test(entry.name) || entry.name.endsWith(".test.ts")) return [];
    return /\bNC\b|not\s+(\*\s*)?confirmed/.test(readFileSync(path, "utf8")) ? [relative(root, path)] : [];
  });
}

test("docs/not-confirmed.md names every file that says so", () => {
  const list = readFileSync(join(root, "docs", "not-confirmed.md"), "utf8");
  const files = ["functions", "infra", "lab", "policy-pack"].flatMap((folder) => unconfirmed(join(root, folder)));
  expect(files.length).toBeGreaterThan(10);
  expect(files.filter((file) => !list.includes(`\`${file}\``))).toEqual([]);
});
