/** What is new, gone or changed between two catalogues, one line each. */
import type { ActionFacts } from "../universe/facts";

const typesOf = ({ types }: ActionFacts): string => (types.length === 0 ? "no resource" : types.map(({ name }) => name).join(", "));

const detailsOf = ({ keys, types, takesRcp, serviceKeys }: ActionFacts): string => JSON.stringify([keys, types, takesRcp, serviceKeys]);

/**
 * @returns in the order of the actions' names: `new      logs:PutSomething (log-group)`; a change of keys or ARN formats
 * is `changed`
 */
export function differences(before: readonly ActionFacts[], now: readonly ActionFacts[]): readonly string[] {
  const [old, current] = [before, now].map((actions) => new Map(actions.map((facts) => [facts.name, facts])));
  const names = [...new Set([...old!.keys(), ...current!.keys()])].sort();
  return names.flatMap((name) => {
    const [was, is] = [old!.get(name), current!.get(name)];
    if (!was) return [`new      ${name} (${typesOf(is!)})`];
    if (!is) return [`gone     ${name} (${typesOf(was)})`];
    return detailsOf(was) === detailsOf(is) ? [] : [`changed  ${name} (${typesOf(is)})`];
  });
}
