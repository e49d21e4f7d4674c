/**
 * The query protocols: `Action=X&Filter.1.Name=...` in a form body.
 * EC2's dialect flattens every list and capitalises the names.
 */
import type { Member, Shape } from "../models";
import { scalar, type Shapes } from "./scalar";

type Tree = { value?: string; children: Map<string, Tree> };

function grow(form: URLSearchParams): Tree {
  const root: Tree = { children: new Map() };
  for (const [key, value] of form) {
    let at = root;
    for (const part of key.split(".")) {
      let next = at.children.get(part);
      if (!next) {
        next = { children: new Map() };
        at.children.set(part, next);
      }
      at = next;
    }
    at.value = value;
  }
  return root;
}

/** The parameters of a form, by the model's names. */
export function fromQuery(form: URLSearchParams, shapeName: string | undefined, shapes: Shapes, ec2: boolean): Record<string, unknown> {
  const shape = shapeName === undefined ? undefined : shapes[shapeName];
  return shape ? structure(grow(form), shape, shapes, ec2) : {};
}

const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

function structure(tree: Tree, shape: Shape, shapes: Shapes, ec2: boolean): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(shape.members ?? {})) {
    const found = locate(tree, name, member, shapes, ec2);
    if (found) result[name] = read(found, member, shapes, ec2);
  }
  return result;
}

function locate(tree: Tree, name: string, member: Member, shapes: Shapes, ec2: boolean): Tree | undefined {
  if (ec2) return tree.children.get(member.queryName ?? capital(member.locationName ?? name));
  const inner = shapes[member.shape];
  const flat = inner?.type === "list" && (inner.flattened ?? member.flattened);
  return tree.children.get(member.locationName ?? (flat ? inner.member?.locationName : undefined) ?? name) ?? tree.children.get(name);
}

function read(tree: Tree, member: Member, shapes: Shapes, ec2: boolean): unknown {
  const shape = shapes[member.shape];
  if (!shape) return tree.value;
  if (shape.type === "structure") return structure(tree, shape, shapes, ec2);
  const flat = ec2 || (shape.flattened ?? member.flattened ?? false);
  if (shape.type === "list" && shape.member) {
    const items = flat ? tree : tree.children.get(shape.member.locationName ?? "member") ?? tree.children.get("member");
    return numbered(items).map((one) => read(one, shape.member as Member, shapes, ec2));
  }
  if (shape.type === "map" && shape.value) {
    const entries = numbered(flat ? tree : tree.children.get("entry"));
    const keyName = shape.key?.locationName ?? "key";
    const valueName = shape.value.locationName ?? "value";
    return Object.fromEntries(
      entries.map((entry) => {
        const value = entry.children.get(valueName);
        return [entry.children.get(keyName)?.value ?? "", value && read(value, shape.value as Member, shapes, ec2)];
      }),
    );
  }
  return scalar(tree.value ?? "", shape.type);
}

function numbered(tree: Tree | undefined): Tree[] {
  return [...(tree?.children ?? [])].filter(([key]) => /^\d+$/.test(key)).sort(([a], [b]) => Number(a) - Number(b)).map(([, one]) => one);
}
