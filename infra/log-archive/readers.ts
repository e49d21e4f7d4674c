/** The roles by which people and tools read the archive; the administrator's is made before the lock, with the deploy roles. */
import { readerRoles } from "../documents/reader-roles";
import { role } from "../role";
import type { Stack } from "../stack";

/** Not protected: a reader whose entry is gone goes with the next deployment. */
export function readers({ config, names, options }: Stack): void {
  for (const { name, description, trust, permissions } of readerRoles(config)) role(names, `reader-${name}`, name, { description, trust, permissions }, options);
}
