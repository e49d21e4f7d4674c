/**
 * ARN operators: each of the six components is matched apart, so no wildcard reaches across a colon but in the last.
 * ArnEquals and ArnLike behave identically.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
import { matches, type ANY, type ONE, type Pattern } from "../glob";
import { pair } from "./operator";

/** The first five colons cut; the sixth component keeps the rest. Undefined if there are fewer than six. */
function componentsOf(arn: string): readonly string[] | undefined {
  const parts = arn.split(":");
  return parts.length < 6 ? undefined : [...parts.slice(0, 5), parts.slice(5).join(":")];
}

const known = new WeakMap<Pattern, readonly Pattern[]>();

function patternComponents(pattern: Pattern): readonly Pattern[] {
  const cached = known.get(pattern);
  if (cached) return cached;
  const components: (string | typeof ANY | typeof ONE)[][] = [[]];
  for (const part of pattern) {
    if (typeof part !== "string") {
      components.at(-1)?.push(part);
      continue;
    }
    let rest = part;
    while (components.length < 6 && rest.includes(":")) {
      const colon = rest.indexOf(":");
      if (colon > 0) components.at(-1)?.push(rest.slice(0, colon));
      components.push([]);
      rest = rest.slice(colon + 1);
    }
    if (rest !== "") components.at(-1)?.push(rest);
  }
  known.set(pattern, components);
  return components;
}

function arnLike(requested: string, wanted: Pattern): boolean {
  const values = componentsOf(requested);
  const patterns = patternComponents(wanted);
  if (!values || patterns.length !== 6) return false;
  return patterns.every((pattern, index) => matches(pattern, values[index] ?? ""));
}

export const arnOperators = [...pair("ArnEquals", "ArnNotEquals", arnLike, { variables: true }), ...pair("ArnLike", "ArnNotLike", arnLike, { variables: true })];
