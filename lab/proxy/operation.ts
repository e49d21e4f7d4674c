/** Which operation an HTTP request is, and its parameters: from AWS's own API models. */
import { modelOf, type Model, type Operation } from "./models";
import { fromQuery } from "./wire/query";
import { matchRoute, restParameters, type HttpRequest } from "./wire/rest";

export interface Identified {
  readonly model: Model;
  readonly operation: Operation;
  /** IAM's prefix of the service: `cloudwatch` for what signs as `monitoring`. */
  readonly prefix: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** IAM's prefix where it is not the signing name. */
const prefixes: Readonly<Record<string, string>> = { monitoring: "cloudwatch", tagging: "tag", email: "ses", "execute-api": "apigateway" };

/**
 * Identifies a request.
 *
 * @param signingName service of the signature's credential scope
 * @throws Error if the service or the operation is not in the models
 */
export function identify(signingName: string, request: HttpRequest): Identified {
  const prefix = prefixes[signingName] ?? signingName;
  const target = request.headers["x-amz-target"];
  if (typeof target === "string") {
    const model = modelOf(signingName);
    const operation = model.operations[target.slice(target.lastIndexOf(".") + 1)];
    if (!operation) throw new Error(`${model.directory} has no operation ${target}`);
    const parameters = request.body.length === 0 ? {} : (JSON.parse(request.body.toString("utf8")) as Record<string, unknown>);
    return { model, operation, prefix, parameters };
  }
  const type = request.headers["content-type"];
  const form = typeof type === "string" && type.startsWith("application/x-www-form-urlencoded") ? new URLSearchParams(request.body.toString("utf8")) : request.query;
  const action = form.get("Action");
  if (action !== null) {
    const model = modelOf(signingName, form.get("Version") ?? "");
    const operation = model.operations[action];
    if (!operation) throw new Error(`${model.directory} has no operation ${action}`);
    return { model, operation, prefix, parameters: fromQuery(form, operation.input, model.shapes, model.protocol === "ec2") };
  }
  const model = modelOf(signingName, request.path.startsWith("/v20180820/") ? "2018-08-20" : "");
  const matched = matchRoute(model, request);
  if (!matched) throw new Error(`${model.directory} has no operation ${request.method} ${request.path}`);
  return { model, operation: matched.operation, prefix, parameters: restParameters(model, matched, request) };
}
