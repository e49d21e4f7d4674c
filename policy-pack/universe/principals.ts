/** Who may ask: sets of principals, and what the condition keys about them are then known to say. */
import { ANY_ACCOUNT } from "../../infra/names";
import type { KeyDomain, PrincipalSet } from "../prover/types";
import { but, exactly, organization, organizationPath, servicePrincipal, account } from "./languages";

/** Principals with what is known of them; the keys in lower case. */
export interface Party {
  readonly principals: readonly PrincipalSet[];
  readonly keys: Readonly<Record<string, KeyDomain>>;
}

const arns = {
  role: `arn:aws:iam::${ANY_ACCOUNT}:role/?*`,
  user: `arn:aws:iam::${ANY_ACCOUNT}:user/?*`,
  "federated-user": `arn:aws:sts::${ANY_ACCOUNT}:federated-user/?*`,
  root: `arn:aws:iam::${ANY_ACCOUNT}:root`,
} as const;

/** No service control policy binds them, and nobody but their service can be one. */
const serviceLinked = `arn:aws:iam::${ANY_ACCOUNT}:role/aws-service-role/*`;

const fourKinds = ["role", "user", "federated-user", "root"] as const satisfies readonly PrincipalSet["kind"][];

/**
 * Every role, user, federated user and root user (AssumeRoot sessions among them) of every account that service control
 * policies bind, but those that are meant to be exempt.
 *
 * @param exempt patterns of ARNs, read as ArnLike does: the narrower reading, so that a path with a colon is not exempt
 * @param management the account that no control policy binds; undefined leaves none out
 */
export function everyoneBut(exempt: readonly string[], management?: string): readonly PrincipalSet[] {
  return fourKinds.map((kind) => {
    const unlike = [
      ...(kind === "role" ? [serviceLinked] : []),
      ...(management === undefined ? [] : [arns[kind].replace(ANY_ACCOUNT, management)]),
      ...exempt.filter((pattern) => mayBe(pattern, arns[kind])),
    ];
    return { kind, arns: but({ reading: "arn", like: [arns[kind]] }, unlike) };
  });
}

/** The kinds of principal that a pattern of ARNs may match, one set each, all of them of that pattern. */
export function everyoneLike(patterns: readonly string[]): readonly PrincipalSet[] {
  return fourKinds.flatMap((kind) => {
    const like = patterns.filter((pattern) => mayBe(pattern, arns[kind]));
    return like.length === 0 ? [] : [{ kind, arns: { reading: "arn", like } as const }];
  });
}

/** Whether a pattern of ARNs may match principals of a kind; by the fixed parts of service and resource. */
function mayBe(pattern: string, ofKind: string): boolean {
  const [, , service = "", , , ...rest] = pattern.split(":");
  const [, , wanted = "", , , resource = ""] = ofKind.split(":");
  const fixed = rest.join(":").split(/[*?]/)[0] ?? "";
  const start = resource.replace(/\?\*$/, "");
  const sameService = /[*?]/.test(service) || service === wanted;
  return sameService && (fixed.startsWith(start) || (start.startsWith(fixed) && fixed !== rest.join(":")) || rest.join(":") === resource);
}

/** What makes somebody one of ours: the organization, or, where that can't be told, the accounts. */
export interface Ours {
  /** Ids; with none, nobody's organization is known to be ours. */
  readonly organizations: readonly string[];
  readonly accounts?: readonly string[];
}

const otherOrganization = ({ organizations }: Ours) => but(organization, organizations);
const otherPath = ({ organizations }: Ours) => but(organizationPath, organizations.map((id) => `${id}/*`));

/** Principals of another organization or of none, and callers that give no credentials. */
export function outsiders(ours: Ours): Party {
  const accounts = (ours.accounts ?? []).flatMap((id) => fourKinds.map((kind) => [kind, arns[kind].replace(ANY_ACCOUNT, id)] as const));
  return {
    principals: [
      ...fourKinds.map((kind): PrincipalSet => {
        const ofOurs = accounts.filter(([one]) => one === kind).map(([, arn]) => arn);
        return { kind, arns: but({ reading: "arn", like: [arns[kind]] }, [...(kind === "role" ? [serviceLinked] : []), ...ofOurs]) };
      }),
      { kind: "anonymous", arns: exactly("") },
    ],
    keys: {
      "aws:principalorgid": { kind: "free", presence: "either", many: false, values: otherOrganization(ours) },
      "aws:principalorgpaths": { kind: "free", presence: "either", many: true, values: otherPath(ours) },
    },
  };
}

/**
 * AWS services that call as themselves for an account of another organization, or of none: that account is always said
 * (without aws:SourceAccount a service acts for no account in particular), its organization where it has one.
 *
 * @param services names, `?*.amazonaws.com` unless given
 */
export function servicesActingFor(ours: Ours, services: readonly string[] = servicePrincipal.like): Party {
  return {
    principals: [{ kind: "service", arns: exactly(...services) }],
    keys: {
      "aws:sourceaccount": { kind: "free", presence: "always", many: false, values: but(account, ours.accounts ?? []) },
      "aws:sourceorgid": { kind: "free", presence: "either", many: false, values: otherOrganization(ours) },
      "aws:sourceorgpaths": { kind: "free", presence: "either", many: true, values: otherPath(ours) },
    },
  };
}

/** Persons and workloads of identity providers, in any account, before they have a role. */
export function federated(): Party {
  const like = ["saml-provider", "oidc-provider"].map((type) => `arn:aws:iam::${ANY_ACCOUNT}:${type}/?*`);
  return { principals: [{ kind: "federated", arns: { reading: "arn", like } }], keys: {} };
}
