/**
 * AWS's API models as botocore ships them (they come with moto): every operation's method, path and shapes.
 *
 * A model is read when its service is first called, stripped of its documentation and kept in `.cache/`.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

export interface Member {
  readonly shape: string;
  readonly location?: "uri" | "querystring" | "header" | "headers" | "statusCode";
  readonly locationName?: string;
  readonly queryName?: string;
  readonly flattened?: boolean;
}

export interface Shape {
  readonly type: string;
  readonly members?: Readonly<Record<string, Member>>;
  readonly required?: readonly string[];
  readonly member?: Member;
  readonly key?: Member;
  readonly value?: Member;
  readonly flattened?: boolean;
  readonly payload?: string;
}

export interface Operation {
  readonly name: string;
  readonly method: string;
  readonly uri: string;
  readonly input?: string;
  readonly output?: string;
  readonly resultWrapper?: string;
}

export type Protocol = "query" | "ec2" | "json" | "rest-json" | "rest-xml";

export interface Model {
  /** Name of the folder in botocore's data: `elbv2`. */
  readonly directory: string;
  readonly protocol: Protocol;
  readonly apiVersion: string;
  /** `ec2` of ec2.amazonaws.com: what CloudTrail calls the service. */
  readonly endpointPrefix: string;
  readonly operations: Readonly<Record<string, Operation>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

const root = join(__dirname, "..", "..");

/** Folders in botocore's data that are not named like the service that signs. */
const directories: Readonly<Record<string, string>> = {
  monitoring: "cloudwatch",
  "access-analyzer": "accessanalyzer",
  tagging: "resourcegroupstaggingapi",
  states: "stepfunctions",
  "execute-api": "apigatewaymanagementapi",
  email: "ses",
  "elasticloadbalancing/2012-06-01": "elb",
  "elasticloadbalancing/2015-12-01": "elbv2",
  "s3/2018-08-20": "s3control",
};

let dataFolder: string | undefined;

function data(): string {
  if (dataFolder) return dataFolder;
  const lib = join(root, ".venv", "lib");
  const python = readdirSync(lib).find((name) => name.startsWith("python3"));
  dataFolder = join(lib, python ?? "python3", "site-packages", "botocore", "data");
  return dataFolder;
}

const loaded = new Map<string, Model>();

/**
 * The model of a service.
 *
 * @param signingName as in the credential scope of a signature: `elasticloadbalancing`
 * @param version the API's version, where one signing name has two APIs
 * @throws Error if botocore has no such service
 */
export function modelOf(signingName: string, version = ""): Model {
  const directory = directories[`${signingName}/${version}`] ?? directories[signingName] ?? signingName;
  const known = loaded.get(directory);
  if (known) return known;
  const model = read(directory);
  loaded.set(directory, model);
  return model;
}

function read(directory: string): Model {
  const folder = join(data(), directory);
  if (!/^[a-z0-9-]+$/.test(directory) || !existsSync(folder)) throw new Error(`botocore has no model of the service ${JSON.stringify(directory)}`);
  const version = readdirSync(folder).sort().at(-1) ?? "";
  const cache = join(root, ".cache", "api-models");
  const kept = join(cache, `${directory}-${version}-1.json`);
  if (existsSync(kept)) return JSON.parse(readFileSync(kept, "utf8")) as Model;
  const model = compact(directory, JSON.parse(gunzipSync(readFileSync(join(folder, version, "service-2.json.gz"))).toString("utf8")) as Raw);
  mkdirSync(cache, { recursive: true });
  // Written aside and moved, so that a second process never reads half a file.
  writeFileSync(`${kept}.${process.pid}`, JSON.stringify(model));
  renameSync(`${kept}.${process.pid}`, kept);
  return model;
}

interface Raw {
  readonly metadata: { readonly protocol: string; readonly protocols?: readonly string[]; readonly apiVersion: string; readonly endpointPrefix: string };
  readonly operations: Readonly<Record<string, { name: string; http: { method: string; requestUri: string }; input?: { shape: string }; output?: { shape: string; resultWrapper?: string } }>>;
  readonly shapes: Readonly<Record<string, Shape & { readonly exception?: boolean }>>;
}

const protocols: readonly string[] = ["query", "ec2", "json", "rest-json", "rest-xml"];

function compact(directory: string, raw: Raw): Model {
  const { metadata } = raw;
  const protocol = [metadata.protocol, ...(metadata.protocols ?? [])].find((name) => protocols.includes(name));
  if (!protocol) throw new Error(`the service ${directory} speaks ${metadata.protocol} only, which the proxy does not`);
  const member = (m: Member): Member => ({
    shape: m.shape,
    ...(m.location && { location: m.location }),
    ...(m.locationName && { locationName: m.locationName }),
    ...(m.queryName && { queryName: m.queryName }),
    ...(m.flattened && { flattened: true }),
  });
  const shape = (s: Shape): Shape => ({
    type: s.type,
    ...(s.members && { members: Object.fromEntries(Object.entries(s.members).map(([name, m]) => [name, member(m)])) }),
    ...(s.required && s.required.length > 0 && { required: s.required }),
    ...(s.member && { member: member(s.member) }),
    ...(s.key && { key: member(s.key) }),
    ...(s.value && { value: member(s.value) }),
    ...(s.flattened && { flattened: true }),
    ...(s.payload && { payload: s.payload }),
  });
  return {
    directory,
    protocol: protocol as Protocol,
    apiVersion: metadata.apiVersion,
    endpointPrefix: metadata.endpointPrefix,
    operations: Object.fromEntries(
      Object.entries(raw.operations).map(([name, o]) => [
        name,
        { name, method: o.http.method, uri: o.http.requestUri, ...(o.input && { input: o.input.shape }), ...(o.output && { output: o.output.shape }), ...(o.output?.resultWrapper && { resultWrapper: o.output.resultWrapper }) },
      ]),
    ),
    shapes: Object.fromEntries(Object.entries(raw.shapes).filter(([, s]) => !s.exception).map(([name, s]) => [name, shape(s)])),
  };
}
