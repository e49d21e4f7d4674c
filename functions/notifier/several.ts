/** Rows of the table that are asked for at the same time. */
const AT_ONCE = 25;

/** Does something for each, some at the same time; the answers in their order. */
export async function several<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const answers: R[] = [];
  for (let first = 0; first < items.length; first += AT_ONCE) answers.push(...(await Promise.all(items.slice(first, first + AT_ONCE).map(work))));
  return answers;
}
