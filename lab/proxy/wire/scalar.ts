import type { Shape } from "../models";

export type Shapes = Readonly<Record<string, Shape>>;

/** A value written as text, as the model's type says. */
export function scalar(text: string, type: string): unknown {
  if (type === "boolean") return text.trim().toLowerCase() === "true";
  if (type === "integer" || type === "long" || type === "float" || type === "double") return Number(text);
  return text;
}
