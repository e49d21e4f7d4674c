/**
 * A table in memory for unit tests: answers UpdateItem, Query and BatchWriteItem as the notifier and the watcher use
 * them, conditions included. (The lab runs the same code against an emulator.)
 */
import type { AttributeValue } from "@aws-sdk/client-dynamodb";

type Item = Record<string, AttributeValue>;
interface Input {
  readonly Key?: Item;
  readonly UpdateExpression?: string;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: Item;
  readonly RequestItems?: Record<string, readonly { readonly PutRequest: { readonly Item: Item } }[]>;
}

const plain = (value: AttributeValue | undefined) => (value?.N === undefined ? value?.S : Number(value.N));

/** `a OR (b AND c)`, where each is attribute_not_exists(x) or x <op> :y: all that our conditions are made of. */
function holds(condition: string, item: Item | undefined, input: Input): boolean {
  const one = (text: string): boolean => {
    const missing = /^attribute_not_exists\((\w+)\)$/.exec(text);
    if (missing) return item?.[missing[1]!] === undefined;
    const [, name, operator, value] = /^(#\w+) (=|<=|<) (:\w+)$/.exec(text) ?? [];
    if (name === undefined || value === undefined) throw new Error(`a condition that the fake does not know: ${text}`);
    const left = plain(item?.[input.ExpressionAttributeNames![name]!]);
    const right = plain(input.ExpressionAttributeValues![value]);
    if (left === undefined || right === undefined) return false;
    return operator === "=" ? left === right : operator === "<" ? left < right : left <= right;
  };
  return condition.split(" OR ").some((part) => part.replace(/^\(|\)$/g, (match) => (part.startsWith("(") ? "" : match)).split(" AND ").every(one));
}

export interface FakeDynamodb {
  readonly items: Map<string, Item>;
  readonly send: (command: { readonly input: unknown }) => Promise<unknown>;
}

export function fakeDynamodb(): FakeDynamodb {
  const items = new Map<string, Item>();
  const keyOf = (item: Item) => `${item["pk"]!.S}|${item["sk"]!.S}`;
  const send = async (command: { readonly input: unknown }): Promise<unknown> => {
    const input = command.input as Input;
    if (input.RequestItems) {
      for (const { PutRequest } of Object.values(input.RequestItems).flat()) items.set(keyOf(PutRequest.Item), PutRequest.Item);
      return {};
    }
    if (!input.Key) {
      const pk = input.ExpressionAttributeValues![":pk"]!.S;
      return { Items: [...items.values()].filter((item) => item["pk"]!.S === pk) };
    }
    const before = items.get(keyOf(input.Key));
    if (input.ConditionExpression && !holds(input.ConditionExpression, before, input)) {
      throw Object.assign(new Error("The conditional request failed"), { name: "ConditionalCheckFailedException", Item: before });
    }
    const set = input.UpdateExpression!.replace("SET ", "").split(", ").map((part) => part.split(" = "));
    const changed = Object.fromEntries(set.map(([name, value]) => [input.ExpressionAttributeNames![name!]!, input.ExpressionAttributeValues![value!]!]));
    items.set(keyOf(input.Key), { ...before, ...input.Key, ...changed });
    return { Attributes: before };
  };
  return { items, send };
}
