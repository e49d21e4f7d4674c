/** The REST protocols: which operation a method and path mean, and its parameters from path, query, headers and body. */
import type { Member, Model, Operation } from "../models";
import { scalar } from "./scalar";
import { fromXml, parseXml } from "./xml";

export interface HttpRequest {
  readonly method: string;
  /** As sent, still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

interface Route {
  readonly operation: Operation;
  readonly segments: readonly string[];
  /** Query keys that the path names, with their value where it names one. */
  readonly query: readonly (readonly [string, string])[];
  /** Required members that come in the query or a header: they tell CopyObject from PutObject. */
  readonly needs: readonly Member[];
}

const routes = new WeakMap<Model, readonly Route[]>();

function routesOf(model: Model): readonly Route[] {
  const known = routes.get(model);
  if (known) return known;
  const made = Object.values(model.operations).map((operation): Route => {
    const [path = "", query = ""] = operation.uri.split("?");
    const input = operation.input === undefined ? undefined : model.shapes[operation.input];
    const needs = (input?.required ?? []).map((name) => input?.members?.[name]).filter((m): m is Member => m?.location === "querystring" || m?.location === "header");
    return { operation, segments: path.split("/").slice(1), query: [...new URLSearchParams(query)], needs };
  });
  routes.set(model, made);
  return made;
}

/** The value of each `{Label}`, or undefined if the path is not of that form. `{Key+}` takes the rest. */
function matchPath(segments: readonly string[], path: readonly string[]): Record<string, string> | undefined {
  const labels: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const greedy = /^\{(.+)\+\}$/.exec(segment)?.[1];
    if (greedy !== undefined) {
      const rest = path.slice(index).join("/");
      if (rest === "") return undefined;
      labels[greedy] = decodeURIComponent(rest);
      return labels;
    }
    const given = path[index];
    const label = /^\{(.+)\}$/.exec(segment)?.[1];
    if (given === undefined || (given === "" && segment !== "")) return undefined;
    if (label !== undefined) labels[label] = decodeURIComponent(given);
    else if (segment !== given) return undefined;
  }
  return path.length === segments.length || (path.length === segments.length + 1 && path.at(-1) === "") ? labels : undefined;
}

export interface Matched {
  readonly operation: Operation;
  readonly labels: Readonly<Record<string, string>>;
}

/** The operation of a REST request: the most particular route that fits; undefined if none does. */
export function matchRoute(model: Model, request: HttpRequest): Matched | undefined {
  const path = request.path.split("/").slice(1);
  let best: (Matched & { rank: number }) | undefined;
  for (const { operation, segments, query, needs } of routesOf(model)) {
    if (operation.method !== request.method) continue;
    if (!query.every(([key, value]) => request.query.has(key) && (value === "" || request.query.get(key) === value))) continue;
    if (!needs.every((m) => (m.location === "header" ? request.headers[(m.locationName ?? "").toLowerCase()] !== undefined : request.query.has(m.locationName ?? "")))) continue;
    const labels = matchPath(segments, path);
    if (!labels) continue;
    const rank = query.length * 100 + needs.length * 10 + segments.filter((s) => !s.startsWith("{")).length;
    if (!best || rank > best.rank) best = { operation, labels, rank };
  }
  return best;
}

/** The parameters of a REST request, by the model's names. A body that is not a structure is left out. */
export function restParameters(model: Model, { operation, labels }: Matched, request: HttpRequest): Record<string, unknown> {
  const input = operation.input === undefined ? undefined : model.shapes[operation.input];
  const result: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(input?.members ?? {})) {
    const value = located(member, name, labels, request);
    if (value === undefined) continue;
    const type = model.shapes[member.shape]?.type ?? "string";
    result[name] = Array.isArray(value) ? (type === "list" ? value : value[0]) : typeof value === "string" ? scalar(value, type) : value;
  }
  return { ...result, ...bodyParameters(model, operation, request.body) };
}

function located(member: Member, name: string, labels: Readonly<Record<string, string>>, request: HttpRequest): unknown {
  const wire = member.locationName ?? name;
  if (member.location === "uri") return labels[wire];
  if (member.location === "header") return request.headers[wire.toLowerCase()];
  if (member.location === "querystring") {
    const all = request.query.getAll(wire);
    return all.length === 0 ? undefined : all;
  }
  return undefined;
}

function bodyParameters(model: Model, operation: Operation, body: Buffer): Record<string, unknown> {
  const input = operation.input === undefined ? undefined : model.shapes[operation.input];
  if (!input || body.length === 0) return {};
  const payload = input.payload === undefined ? undefined : input.members?.[input.payload];
  if (payload && model.shapes[payload.shape]?.type !== "structure") return {};
  const shapeName = payload?.shape ?? operation.input ?? "";
  if (model.protocol === "rest-xml") {
    const root = parseXml(body.toString("utf8"));
    const parsed = root ? fromXml(root, shapeName, model.shapes) : {};
    return payload && input.payload !== undefined ? { [input.payload]: parsed } : (parsed as Record<string, unknown>);
  }
  const parsed = JSON.parse(body.toString("utf8")) as Record<string, unknown>;
  return payload && input.payload !== undefined ? { [input.payload]: parsed } : parsed;
}
