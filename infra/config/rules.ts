/**
 * What the sections of the configuration are made of. Every rule's error text is the second half of a line to a person,
 * "... is allowed".
 */
import { z } from "zod";
import { regionsOfPartition } from "./regions";

export const text = (pattern: RegExp, allowed: string) => z.string({ error: allowed }).regex(pattern, { error: allowed });
export const oneOf = <const Values extends readonly string[]>(values: Values) => z.enum(values, { error: `one of ${values.join(", ")}` });
export const object = <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject(shape, { error: `a map with ${Object.keys(shape).join(", ")}` });
export const list = <Item extends z.ZodType>(item: Item, what: string) => z.array(item, { error: `a list of ${what}` });

export const account = text(/^\d{12}$/, "an account id, 12 digits in quotes,");
export const region = oneOf(regionsOfPartition);
export const isoDate = z.iso.date({ error: "a date in ISO 8601 (2027-01-31)" });
