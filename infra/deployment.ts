/** What is uploaded: the packaged functions and the two templates, each under a key that holds its hash. */
import { createHash } from "node:crypto";
import { sources } from "../functions/sources";
import type { Configuration } from "./config/configuration";
import { globalTemplate } from "./documents/global-template";
import { regionalTemplate } from "./documents/regional-template";
import { type Template, templateText } from "./documents/template";
import { type PackagedFunction, packagedFunctions } from "./packaged-functions";

export interface UploadedTemplate {
  readonly template: Template;
  readonly text: string;
  readonly key: string;
}

export interface Deployment {
  /** By log source. */
  readonly enforcers: Readonly<Record<string, PackagedFunction>>;
  readonly notifier: PackagedFunction;
  readonly watcher: PackagedFunction;
  readonly global: UploadedTemplate;
  readonly regional: UploadedTemplate;
}

function uploaded(name: string, template: Template): UploadedTemplate {
  const text = templateText(template);
  return { template, text, key: `templates/${name}-${createHash("sha256").update(text).digest("hex")}.json` };
}

/**
 * Made by two tiers, which therefore name the same objects without reading each other's outputs.
 *
 * @throws Error naming a function that can't be packaged
 */
export async function deployment(config: Configuration): Promise<Deployment> {
  const packaged = await packagedFunctions();
  const named = (name: string): PackagedFunction => {
    const one = packaged[name];
    if (!one) throw new Error(`the function ${name} is not packaged: one of ${Object.keys(packaged).join(", ")} is`);
    return one;
  };
  const enforcers = Object.fromEntries(sources.map(({ name }) => [name, named(name)]));
  const keys = Object.fromEntries(Object.entries(enforcers).map(([source, { key }]) => [source, key]));
  return {
    enforcers,
    notifier: named("notifier"),
    watcher: named("watcher"),
    global: uploaded("global", globalTemplate(config)),
    regional: uploaded("regional", regionalTemplate(config, keys)),
  };
}
