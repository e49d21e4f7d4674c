/**
 * Every item of a paged answer, or in portions: what each AWS list call needs around it.
 */

/** All items of all pages; `page` is called with undefined first, then with each next token until there is none. */
export async function everyItem<Item>(
  page: (token: string | undefined) => Promise<{ readonly items: readonly Item[] | undefined; readonly next: string | undefined }>,
): Promise<Item[]> {
  const items: Item[] = [];
  let token: string | undefined;
  do {
    const answer = await page(token);
    items.push(...(answer.items ?? []));
    // Some services end with "" instead of leaving the token out.
    token = answer.next === "" ? undefined : answer.next;
  } while (token !== undefined);
  return items;
}

/** The items in portions of at most `size`, in their order. */
export function portions<Item>(items: readonly Item[], size: number): Item[][] {
  const result: Item[][] = [];
  for (let start = 0; start < items.length; start += size) result.push(items.slice(start, start + size));
  return result;
}
