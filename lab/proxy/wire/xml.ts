/** As much of XML as AWS's APIs use: elements, text, entities; attributes and namespaces are passed over. */
import type { Member, Shape } from "../models";
import { scalar, type Shapes } from "./scalar";

export interface Element {
  readonly name: string;
  readonly children: readonly Element[];
  readonly text: string;
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescape(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, name: string) => {
    if (name.startsWith("#x")) return String.fromCodePoint(parseInt(name.slice(2), 16));
    if (name.startsWith("#")) return String.fromCodePoint(Number(name.slice(1)));
    return entities[name] ?? whole;
  });
}

export function escape(text: string): string {
  return text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c] ?? c);
}

/**
 * Parses a document.
 *
 * @returns its root element; undefined if there is none
 */
export function parseXml(source: string): Element | undefined {
  interface Open {
    name: string;
    children: Element[];
    text: string;
  }
  const stack: Open[] = [{ name: "", children: [], text: "" }];
  const token = /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<[?!][^>]*>|<\/([^\s>]+)\s*>|<([^\s/>]+)((?:[^>"']|"[^"]*"|'[^']*')*?)(\/?)>|([^<]+)/g;
  for (const [, cdata, closing, opening, , empty, text] of source.matchAll(token)) {
    const current = stack.at(-1);
    if (!current) return undefined;
    if (cdata !== undefined) current.text += cdata;
    else if (text !== undefined) current.text += unescape(text);
    else if (opening !== undefined) {
      const made: Open = { name: opening.slice(opening.indexOf(":") + 1), children: [], text: "" };
      if (empty === "/") current.children.push(made);
      else stack.push(made);
    } else if (closing !== undefined && stack.length > 1) {
      stack.pop();
      stack.at(-1)?.children.push(current);
    }
  }
  return stack[0]?.children[0];
}

export function child(element: Element | undefined, name: string): Element | undefined {
  return element?.children.find((one) => one.name === name);
}

/** The first element of that name, however deep. */
export function find(element: Element | undefined, name: string): Element | undefined {
  if (!element || element.name === name) return element;
  for (const one of element.children) {
    const found = find(one, name);
    if (found) return found;
  }
  return undefined;
}

/** An element as the value that its shape says. */
export function fromXml(element: Element, shapeName: string, shapes: Shapes): unknown {
  const shape = shapes[shapeName];
  if (!shape) return element.text;
  if (shape.type === "structure") return structure(element, shape, shapes);
  if (shape.type === "list" && shape.member) {
    const name = shape.member.locationName ?? "member";
    return element.children.filter((one) => one.name === name || one.name === "item").map((one) => fromXml(one, shape.member?.shape ?? "", shapes));
  }
  if (shape.type === "map") return map(element.children, shape, shapes);
  return scalar(element.text, shape.type);
}

function structure(element: Element, shape: Shape, shapes: Shapes): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(shape.members ?? {})) {
    const inner = shapes[member.shape];
    const flat = member.flattened ?? inner?.flattened ?? false;
    if (inner?.type === "list" && inner.member && flat) {
      const wire = member.locationName ?? inner.member.locationName ?? name;
      const items = element.children.filter((one) => one.name === wire);
      if (items.length > 0) result[name] = items.map((one) => fromXml(one, (inner.member as Member).shape, shapes));
      continue;
    }
    const found = child(element, member.locationName ?? name);
    if (found) result[name] = fromXml(found, member.shape, shapes);
  }
  return result;
}

function map(entries: readonly Element[], shape: Shape, shapes: Shapes): Record<string, unknown> {
  return Object.fromEntries(
    entries.map((entry) => {
      const value = child(entry, shape.value?.locationName ?? "value");
      return [child(entry, shape.key?.locationName ?? "key")?.text ?? "", value && fromXml(value, shape.value?.shape ?? "", shapes)];
    }),
  );
}
