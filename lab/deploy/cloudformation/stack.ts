/** One stack: its resources made, changed and deleted in order, by the calls of whoever deploys it. */
import type { Template } from "../../../infra/documents/template";
import type { Context, Made } from "../handler";
import { identitiesOf, type Inventory, referencesOf } from "../owned";
import { handlerFor } from "../resources";
import { type Place, presentIds, propertiesOf } from "./template";

/** What stands of a stack. */
export interface StackResource {
  readonly type: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly made: Made;
}

export interface StackWork {
  readonly place: Place;
  readonly context: Context;
  readonly prefix: string;
  /** Checked before each step, and told after it. */
  readonly inventory: Inventory;
}

/** By logical id, in the order in which they were made; changed in place, so that a failure leaves what there is. */
export type StackResources = Map<string, StackResource>;

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/**
 * Makes the stack what the template says.
 *
 * @throws Error naming the resource, where a call is refused or a reference is to something not deployed yet; what was
 *   made until then is in `resources`
 */
export async function applyTemplate({ place, context, prefix, inventory }: StackWork, template: Template, resources: StackResources): Promise<void> {
  const made = new Map<string, Made>();
  const { account, region } = place;
  const ids = presentIds(template, place);
  for (const id of ids) {
    const type = template.Resources[id]!.Type;
    try {
      const props = propertiesOf(template, id, place, made);
      inventory.require(`${place.stackName} in ${account} ${region}, ${id},`, referencesOf(type, props, account, region, { prefix }));
      const handler = handlerFor(type);
      const before = resources.get(id);
      let now: Made;
      if (before && before.type === type && same(before.props, props)) now = before.made;
      else if (before && before.type === type && handler.update) now = await handler.update(context, props, before);
      else {
        if (before) await removeResource({ place, context, prefix, inventory }, id, before);
        now = await handler.create(context, props);
      }
      resources.set(id, { type, props, made: now });
      made.set(id, now);
      inventory.add(identitiesOf(type, props, account, region));
    } catch (error) {
      throw Object.assign(new Error(`${id} (${type}): ${error instanceof Error ? error.message : String(error)}`, { cause: error }), { name: error instanceof Error ? error.name : "Error" });
    }
  }
  for (const [id, resource] of [...resources].reverse()) {
    if (ids.includes(id)) continue;
    await removeResource({ place, context, prefix, inventory }, id, resource);
    resources.delete(id);
  }
}

async function removeResource({ place, context, inventory }: StackWork, id: string, { type, props, made }: StackResource): Promise<void> {
  try {
    await handlerFor(type).remove(context, made, props);
  } catch (error) {
    throw new Error(`${id} (${type}) can't be deleted: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  inventory.remove(identitiesOf(type, props, place.account, place.region));
}

/** Deletes all resources, the last made first; what is retained stays. @throws Error naming what can't be deleted */
export async function removeAll(work: StackWork, template: Template, resources: StackResources): Promise<void> {
  for (const [id, resource] of [...resources].reverse()) {
    if (template.Resources[id]?.DeletionPolicy !== "Retain") await removeResource(work, id, resource);
    resources.delete(id);
  }
}
