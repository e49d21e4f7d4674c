/** The proxy itself: identify, judge, refuse or pass on, record, tell. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { actionOf } from "./actions";
import { codeOf, deniedCode, deniedMessage, errorAnswer, throttled, type ServiceError } from "./answer";
import { dependentsOf } from "./dependents";
import { eventOf, isDataEvent } from "./event";
import { makeFaults, type Fault } from "./faults";
import { actingAccount, makeForwarder } from "./forward";
import { isReadOnly } from "./iam-data";
import { judge } from "./judge";
import { identify, type Identified } from "./operation";
import { recorderHandlers } from "./recorders";
import { makeRegistry, rolePrincipal, serviceContext, type Identity } from "./registry";
import { recordSession, webIdentity } from "./sessions";
import { scopeOf, verify, type Scope } from "./signature";
import { makeState } from "./state";
import { makeTrails } from "./trails";
import { targetsOf } from "./targets-by-service";
import type { Asked, Target } from "./targets";
import type { AllowedCall, Answer, Authorisation, Call, Handler, Proxy, ProxyOptions, ServiceRequest } from "./types";
import type { HttpRequest } from "./wire/rest";
import { handlerWithin } from "./within";

/** Calls that AWS takes without a signature. */
const unsigned = /^AssumeRoleWith(WebIdentity|SAML)$/;
/** Calls in which moto makes resources of a template by itself, unjudged. */
const deploys = /^cloudformation:(CreateStack|UpdateStack|DeleteStack|ExecuteChangeSet|RollbackStack|ImportStacksToStackSet)$/;
const globalServices = new Set(["iam", "organizations", "cloudfront", "account"]);

/**
 * Starts the proxy on a free port of the loopback interface.
 *
 * @param options where moto is, and who is told of events
 */
export async function startProxy(options: ProxyOptions): Promise<Proxy> {
  const registry = makeRegistry();
  const faults = makeFaults();
  const forwarder = makeForwarder(options.motoUrl);
  const state = makeState((path) => forwarder.get(path));
  const trails = makeTrails();
  const calls: Call[] = [];
  const failures: string[] = [];
  const handlers: Record<string, Handler> = { "sts:GetCallerIdentity": callerIdentity, ...recorderHandlers(), ...options.handlers };

  /** The parameters of AWS Organizations never name the organization, which its ARNs hold. */
  async function withinOrganization(targets: readonly Target[]): Promise<readonly Target[]> {
    if (!targets.some(({ resource }) => resource.includes("/o-*"))) return targets;
    const id = (await state.organization())?.id ?? "o-*";
    return targets.map((target) => ({ ...target, resource: target.resource.replace("/o-*", `/${id}`) }));
  }

  async function authorise(identity: Identity, identified: Identified, region: string, headers: HttpRequest["headers"]): Promise<readonly Authorisation[]> {
    const { prefix, operation, parameters, model } = identified;
    // An AWS service has no account of its own: it acts in the one on whose behalf it calls.
    const account = identity.principal.account || String(identity.context["aws:SourceAccount"] ?? "");
    const asked: Asked = {
      action: actionOf(prefix, operation.name, model.directory, parameters),
      operation: operation.name,
      api: model.directory,
      parameters,
      account,
      region,
      arnOf: (kind, value, owner = account) => state.arnOf(kind, owner, region, value),
      encryptionOf: async (arn) => {
        const { encryptedWith, region: place = region } = await state.resource(arn);
        return typeof encryptedWith === "string" && encryptedWith.includes(":key/") ? { key: encryptedWith, region: place } : undefined;
      },
    };
    const own = await withinOrganization(await targetsOf(asked));
    const targets: readonly Target[] = [...own, ...(await dependentsOf(asked, own))];
    return judge(state, { identity, operation: operation.name, parameters, region, headers }, targets);
  }

  /** Answers one request; a refusal and an error are answers too. */
  async function serve(request: HttpRequest, url: string): Promise<Answer | "reset"> {
    const at = Date.now();
    const started = performance.now();
    const scope = scopeOf(headerText(request, "authorization"));
    const action = scope ? undefined : (new URLSearchParams(request.body.toString()).get("Action") ?? undefined);
    if (!scope && !unsigned.test(action ?? "")) return errorAnswer("rest-xml", "s3", { code: "AccessDenied", message: "Access Denied: the request is not signed", status: 403 });
    const identified = identify(scope?.service ?? "sts", request);
    return judgeAndAnswer({ request, url, at, started, scope, identified }).catch((error: unknown) => errorAnswer(identified.model.protocol, identified.prefix, broken(error)));
  }

  /** A fault of the proxy itself, or a call that it refuses to pass on: said aloud in the caller's protocol, and kept. */
  function broken(error: unknown): ServiceError {
    const message = error instanceof Error ? error.message : String(error);
    failures.push(error instanceof Error ? (error.stack ?? message) : message);
    return { code: "LabProxyError", message, status: 501 };
  }

  interface Arrived {
    readonly request: HttpRequest;
    readonly url: string;
    readonly at: number;
    readonly started: number;
    readonly scope: Scope | undefined;
    readonly identified: Identified;
  }

  async function judgeAndAnswer({ request, url, at, started, scope, identified }: Arrived): Promise<Answer | "reset"> {
    const { model, operation, prefix, parameters } = identified;
    const fail = (error: ServiceError) => errorAnswer(model.protocol, prefix, error);
    const known = scope ? signer(request, scope) : { identity: webIdentity(parameters) };
    if ("error" in known) return fail(known.error);
    const { identity } = known;
    const region = globalServices.has(prefix) ? "us-east-1" : (scope?.region ?? "us-east-1");
    const authorisations = await authorise(identity, identified, region, request.headers);
    const refused = authorisations.find(({ decision }) => decision === "denied");
    const name = `${prefix}:${operation.name}`;
    const account = actingAccount(prefix, identity.principal.account, authorisations[0]?.resource ?? "*");
    const call: Call = {
      at, operation: name, principal: identity.principal, label: identity.label, account: identity.principal.account || account, region, parameters, authorisations,
      decision: refused ? "denied" : "allowed", status: 0, duration: 0, own: 0,
    };
    let away = 0;
    const elsewhere = async <T>(work: Promise<T>): Promise<T> => {
      const left = performance.now();
      try {
        return await work;
      } finally {
        away += performance.now() - left;
      }
    };
    let answer: Answer | "reset";
    let error: ServiceError | undefined;
    if (refused) {
      error = { code: deniedCode(model.protocol), message: deniedMessage(identity.principal, refused), status: 403 };
      answer = fail(model.protocol === "ec2" ? { ...error, message: `You are not authorized to perform this operation. ${error.message}` } : error);
    } else {
      const pass = () => forwarder.pass(request, url, account);
      const fault = faults.strike(name, call.account);
      answer = await elsewhere(struck(fault, fail, model.protocol, () => answerAllowed({ call, credentials: identity.credentials, body: request.body, forward: pass })));
      if (answer !== "reset" && answer.status >= 300) error = { code: codeOf(model.protocol, answer), message: "", status: answer.status };
      if (answer !== "reset" && answer.status < 300) {
        if (prefix === "sts" || operation.name === "CreateAccessKey") recordSession(registry, { operation: operation.name, parameters, caller: identity, resource: authorisations[0]?.resource ?? "" }, answer);
        if (!isDataEvent(name) && !isReadOnly(authorisations[0]?.action ?? name)) state.changed(prefix, account);
      }
    }
    call.status = answer === "reset" ? 0 : answer.status;
    if (error) call.error = error.code;
    call.duration = performance.now() - started;
    call.own = call.duration - away;
    record(call);
    // A call that AWS refused for another reason than rights has changed nothing and is no attempt on the lock.
    if (answer !== "reset" && (refused || !error)) {
      if (!refused) trails.seen(call);
      const object = await recordedObject(call);
      const event = eventOf({ call, model, operation, answer, ...(object && { object }), ...(refused && error && { error }), ...(identity.viaService !== undefined && { viaService: identity.viaService }) });
      const recorded = event && (!object || trails.records(event));
      if (recorded) options.onEvent?.(event);
      // CloudTrail records it in the role's account too, and in that of a bucket to which somebody was let, under one shared id.
      const owner = object ? (refused ? "" : object.owner) : (authorisations[0]?.resource.split(":")[4] ?? "");
      if (recorded && (object || prefix === "sts") && owner !== "" && owner !== event.account)
        options.onEvent?.({ ...event, id: `${event.id}-${owner}`, account: owner, detail: { ...event.detail, recipientAccountId: owner, sharedEventID: event.id } });
    }
    return answer;
  }

  /** What a call on an object in Amazon S3 is about, while some trail records such calls. */
  async function recordedObject({ operation, parameters: { Bucket, Key = "" }, region }: Call) {
    if (!trails.any || !operation.startsWith("s3:") || typeof Bucket !== "string" || !isDataEvent(operation)) return undefined;
    const bucket = await state.resource(`arn:aws:s3:::${Bucket}`);
    return bucket.account === "" ? undefined : { arn: `arn:aws:s3:::${Bucket}/${String(Key)}`, owner: bucket.account, region: bucket.region ?? region };
  }

  function answerAllowed(allowed: AllowedCall): Promise<Answer> {
    const { operation } = allowed.call;
    const handler = handlers[operation];
    if (!handler && deploys.test(operation)) throw new Error(`${operation} was not passed on: moto would deploy the template past the proxy, so the lab has to handle it`);
    return handler ? handler(allowed) : allowed.forward();
  }

  function signer(request: HttpRequest, scope: Scope): { identity: Identity } | { error: ServiceError } {
    const identity = registry.find(scope.accessKeyId);
    if (!identity) return { error: { code: "InvalidClientTokenId", message: "The security token included in the request is invalid.", status: 403 } };
    if (!verify(request, scope, identity.credentials.secretAccessKey)) {
      return { error: { code: "SignatureDoesNotMatch", message: "The request signature we calculated does not match the signature you provided.", status: 403 } };
    }
    return { identity };
  }

  function record(call: Call): void {
    calls.push(call);
    options.onCall?.(call);
  }

  async function judgeService(request: ServiceRequest): Promise<Authorisation> {
    const at = Date.now();
    const started = performance.now();
    const identity: Identity = {
      credentials: { accessKeyId: "", secretAccessKey: "" },
      principal: request.role === undefined ? { kind: "service", account: "", arn: request.service } : rolePrincipal(request.role, request.service),
      label: request.service,
      context: { ...serviceContext({ ...(request.sourceAccount !== undefined && { account: request.sourceAccount }), ...(request.sourceArn !== undefined && { arn: request.sourceArn }) }), ...request.context },
    };
    const [, operation = ""] = request.action.split(":");
    const asking = { identity, operation, parameters: {}, region: request.region, headers: {} };
    const [authorisation] = await judge(state, asking, [{ action: request.action, resource: request.resource }]);
    if (!authorisation) throw new Error(`${request.action} was not judged`);
    const duration = performance.now() - started;
    record({
      at, operation: request.action, principal: identity.principal, label: identity.label, account: request.resource.split(":")[4] ?? "", region: request.region, parameters: {},
      authorisations: [authorisation], decision: authorisation.decision, status: authorisation.decision === "allowed" ? 200 : 403, duration, own: duration,
    });
    return authorisation;
  }

  // A call that no model knows has no protocol to answer in.
  const served = (request: HttpRequest, url: string) => serve(request, url).catch((error: unknown) => errorAnswer("rest-json", "", broken(error)));
  const server = createServer((incoming, outgoing) => {
    void read(incoming).then(async ({ request, url }) => write(outgoing, await served(request, url)), () => outgoing.destroy());
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requestHandler: handlerWithin(served),
    registry,
    faults,
    calls,
    failures,
    handlers,
    authorise: judgeService,
    async assumeAsService({ service, roleArn, sessionName, region = "us-east-1", sourceAccount, sourceArn }) {
      const judged = await judgeService({ service, action: "sts:AssumeRole", resource: roleArn, region, ...(sourceAccount !== undefined && { sourceAccount }), ...(sourceArn !== undefined && { sourceArn }) });
      if (judged.decision === "denied") throw new Error(deniedMessage({ kind: "service", account: "", arn: service }, judged));
      return registry.session(roleArn, sessionName, service === "lambda.amazonaws.com" && sourceArn !== undefined ? { "lambda:SourceFunctionArn": sourceArn } : {});
    },
    async stop() {
      server.closeAllConnections();
      await new Promise<void>((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())));
      forwarder.close();
    },
  };
}

async function struck(fault: Fault | undefined, fail: (error: ServiceError) => Answer, protocol: Identified["model"]["protocol"], go: () => Promise<Answer>): Promise<Answer | "reset"> {
  if (fault?.kind === "reset") return "reset";
  if (fault?.kind === "throttle") return fail(throttled(protocol));
  if (fault?.kind === "error") return fail({ code: "InternalError", message: "An internal error has occurred.", status: 500 });
  if (fault?.kind === "slow") await new Promise((resolve) => setTimeout(resolve, fault.delay ?? 1000));
  return go();
}

/** Moto does not know the registry's principals, so the proxy, which does, answers who is asking. */
async function callerIdentity({ call }: AllowedCall): Promise<Answer> {
  const { principal } = call;
  const arn = principal.kind === "role" ? principal.sessionArn : principal.arn;
  return {
    status: 200,
    headers: { "content-type": "text/xml" },
    body: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>${arn}</Arn><UserId>${call.label}</UserId><Account>${principal.account}</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>lab</RequestId></ResponseMetadata></GetCallerIdentityResponse>`,
  };
}

function headerText(request: HttpRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(",") : value;
}

async function read(incoming: IncomingMessage): Promise<{ request: HttpRequest; url: string }> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const url = incoming.url ?? "/";
  const [path = "/", query = ""] = url.split("?");
  return { request: { method: incoming.method ?? "GET", path, query: new URLSearchParams(query), headers: incoming.headers, body: Buffer.concat(chunks) }, url };
}

function write(outgoing: ServerResponse, answer: Answer | "reset"): void {
  if (answer === "reset") {
    outgoing.destroy();
    return;
  }
  const body = typeof answer.body === "string" ? Buffer.from(answer.body) : answer.body;
  // An answer to HEAD has a length and no body.
  const length = outgoing.req.method === "HEAD" ? {} : { "content-length": String(body.length) };
  outgoing.writeHead(answer.status, { ...answer.headers, ...length });
  outgoing.end(outgoing.req.method === "HEAD" ? undefined : body);
}
