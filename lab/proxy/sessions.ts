/** Credentials that moto hands out through the proxy: whose they are is recorded as they pass. */
import type { Policy, PolicyDocument } from "../../policy-pack/evaluator/types";
import { requestTags, text, type Parameters } from "./parameters";
import { rolePrincipal, type Identity, type Registry } from "./registry";
import { child, find, parseXml } from "./wire/xml";
import type { Answer } from "./types";

/** Session tags, source identity and the like, as the session's own condition keys. */
function sessionContext(parameters: Parameters, caller: Identity): Record<string, string | readonly string[]> {
  const source = text(parameters, "SourceIdentity") ?? caller.context["aws:SourceIdentity"];
  return {
    ...Object.fromEntries(Object.entries(requestTags(parameters)).map(([key, value]) => [`aws:PrincipalTag/${key}`, value])),
    ...(source !== undefined && { "aws:SourceIdentity": source }),
  };
}

function sessionPolicies(parameters: Parameters): readonly Policy[] | undefined {
  const inline = text(parameters, "Policy");
  return inline === undefined ? undefined : [{ name: "session policy", document: JSON.parse(inline) as PolicyDocument }];
}

/**
 * Records the credentials in the answer to AssumeRole* or CreateAccessKey.
 *
 * @param asked.resource what the call was judged on: the role, or the user with its path
 */
export function recordSession(registry: Registry, asked: { operation: string; parameters: Parameters; caller: Identity; resource: string }, answer: Answer): void {
  const { operation, parameters, caller, resource } = asked;
  if (answer.status !== 200) return;
  const root = parseXml(answer.body.toString());
  const field = (within: string, name: string) => child(find(root, within), name)?.text ?? "";
  if (operation.startsWith("AssumeRole")) {
    const credentials = { accessKeyId: field("Credentials", "AccessKeyId"), secretAccessKey: field("Credentials", "SecretAccessKey"), sessionToken: field("Credentials", "SessionToken") };
    const sessionName = text(parameters, "RoleSessionName") ?? "";
    const policies = sessionPolicies(parameters);
    registry.record({
      credentials,
      principal: rolePrincipal(text(parameters, "RoleArn") ?? "", sessionName),
      label: sessionName,
      context: sessionContext(parameters, caller),
      ...(policies && { sessionPolicies: policies }),
    });
  } else if (operation === "CreateAccessKey") {
    const name = field("AccessKey", "UserName");
    const credentials = { accessKeyId: field("AccessKey", "AccessKeyId"), secretAccessKey: field("AccessKey", "SecretAccessKey") };
    registry.record({ credentials, principal: { kind: "user", account: caller.principal.account, arn: resource }, label: name, context: { "aws:username": name } });
  }
}

/** The claims of a web identity token. The lab's tokens are not signed: who may issue one is the role's trust policy. */
export function claimsOf(token: string): Readonly<Record<string, string>> {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8")) as Record<string, string>;
}

/**
 * The federated principal of AssumeRoleWithWebIdentity: the OIDC provider of the role's account that the token's
 * issuer names, with the token's `sub` and `aud` as condition keys.
 */
export function webIdentity(parameters: Parameters): Identity {
  const claims = claimsOf(text(parameters, "WebIdentityToken") ?? "");
  const account = (text(parameters, "RoleArn") ?? "").split(":")[4] ?? "";
  const provider = (claims["iss"] ?? "").replace(/^https:\/\//, "");
  return {
    credentials: { accessKeyId: "", secretAccessKey: "" },
    principal: { kind: "federated", account, arn: `arn:aws:iam::${account}:oidc-provider/${provider}` },
    label: claims["sub"] ?? "web identity",
    context: Object.fromEntries(["sub", "aud"].flatMap((name) => (claims[name] === undefined ? [] : [[`${provider}:${name}`, claims[name]]]))),
  };
}
