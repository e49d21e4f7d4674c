/**
 * The ids that AWS generates are not known when a graph is synthesized: it has stand-ins of the same shape in their
 * place. Once the resource is made, what others say of it is said with the real ones.
 */
import type { GraphResource } from "../../infra/program/graph";
import { created } from "../../infra/program/outputs";
import type { Made } from "./handler";

export interface StandIns {
  /** Notes what a resource is really called. */
  learn(resource: GraphResource, region: string, made: Made): void;
  /** The same value with every stand-in replaced, also within longer texts. */
  translate<T>(value: T): T;
}

/** Shorter ones could be part of another word. */
const SHORTEST = 8;

export function makeStandIns(): StandIns {
  const real = new Map<string, string>();

  function translated(value: unknown): unknown {
    if (typeof value === "string") {
      let text = value;
      for (const [standIn, name] of real) text = text.replaceAll(standIn, name);
      return text;
    }
    if (Array.isArray(value)) return value.map(translated);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, translated(item)]));
  }

  return {
    learn({ type, name, props, account, id }, region, made) {
      const { outputs } = created({ type, name, urn: `${type}::${name}`, inputs: props, account, region });
      // Where AWS generates no id, the graph has the name that the program uses, which is a word like any other.
      const generated: [unknown, string | undefined][] = id === name ? [] : [[id, made.id]];
      const pairs: [unknown, string | undefined][] = [...generated, ...Object.entries(outputs).map(([key, value]): [unknown, string | undefined] => [value, made.attributes[key]])];
      for (const [standIn, name] of pairs) if (typeof standIn === "string" && name !== undefined && standIn !== name && standIn.length >= SHORTEST) real.set(standIn, name);
    },
    translate: (value) => translated(value) as typeof value,
  };
}
