/**
 * The space of requests that one action, one kind of principal and one set of resources span, and what statements say
 * in it: elements become atoms over its dimensions.
 */
import type { Principal } from "../evaluator/types";
import type { Condition } from "./condition";
import { atomOf, dimensionOf, type Dimension } from "./dimension";
import { accountDomain, flagDomain, keyDomain, principalDomain, resourceDomain, sessionDomain } from "./domain";
import { all, always, any, claim, never, not, type Claim } from "./formula";
import type { Matcher, Matchers } from "./language/matcher";
import { arnsOfAccount, glob, literal, type Pattern } from "./language/pattern";
import { complement, isMatcher, type Predicate, type Range } from "./predicate";
import type { KeyDomain, PrincipalSet, Universe } from "./types";

/** What is uncertain is taken as it suits the hole (`may`), or as it does not (`must`). */
export type Mode = "may" | "must";

/**
 * Whose the resource is: the account in its ARN, an account that its ARN does not tell, or, where there is no resource,
 * the principal's; `unasked` where nothing depends on it.
 */
export type Owner = "in ARN" | "apart" | "principal" | "unasked";

export const dimensions = { principal: "principal", session: "session", resource: "resource", owner: "owner", ownerTold: "owner told" } as const;
export const keyDimension = (key: string) => `key ${key}`;

/** Whether the kind of principal has an account of its own. */
export const hasAccount = (kind: Principal["kind"]) => kind !== "service" && kind !== "anonymous";

export interface SpaceOptions {
  readonly matchers: Matchers;
  readonly universe: Universe;
  readonly principals: PrincipalSet;
  readonly action: string;
  readonly owner: Owner;
  /** The condition keys that bear on the action: a request has those that are always there, whether they are asked about or not. */
  readonly keys: readonly string[];
  readonly mode: Mode;
}

export class Space {
  readonly declared = new Map<string, Dimension>();
  /** What was taken both ways. */
  readonly doubts = new Set<string>();
  readonly kind: Principal["kind"];

  constructor(private readonly options: SpaceOptions) {
    const { matchers, universe, principals, owner, keys } = options;
    this.kind = principals.kind;
    this.declare(dimensions.principal, dimensionOf(principalDomain(matchers, principals.kind, principals.arns)));
    this.declare(dimensions.resource, dimensionOf(resourceDomain(matchers, universe.resources)));
    if (owner === "apart") this.declare(dimensions.owner, dimensionOf(accountDomain(matchers)));
    for (const key of keys) {
      const domain = this.domainOf(key);
      if (domain.kind === "free") this.declare(keyDimension(key), dimensionOf(keyDomain(matchers, domain.values, domain.type), domain.presence, domain.many));
    }
  }

  get action(): string {
    return this.options.action;
  }

  domainOf(key: string): KeyDomain {
    return this.options.universe.domain(key, this.kind);
  }

  get owner(): Owner {
    return this.options.owner;
  }

  private declare(name: string, dimension: Dimension): void {
    this.declared.set(name, dimension);
  }

  /** True of the space as a whole: where the owner is said to be in the ARN, it is. */
  get itself(): Claim {
    if (this.owner === "principal" || this.owner === "unasked") return always;
    const told = this.resourceIsOf("twelve digits", () => [arnsOfAccount(glob("????????????"))!]);
    return this.owner === "in ARN" ? told : not(told);
  }

  private text(dimension: string, name: string, patterns: () => readonly Pattern[]): Claim {
    return claim(dimension, atomOf(false, { predicate: this.options.matchers.named(name, patterns), positive: true }));
  }

  private literally(dimension: string, texts: readonly string[]): Claim {
    return this.text(dimension, `literally ${JSON.stringify(texts)}`, () => texts.map(literal));
  }

  principalIs(texts: readonly string[]): Claim {
    return this.literally(dimensions.principal, texts);
  }

  /** @param name of the patterns, which are made once */
  principalIsOf(name: string, patterns: () => readonly Pattern[]): Claim {
    return this.text(dimensions.principal, name, patterns);
  }

  resourceIsOf(name: string, patterns: () => readonly Pattern[]): Claim {
    return this.text(dimensions.resource, name, patterns);
  }

  sessionIs(name: string): Claim {
    this.declare(dimensions.session, dimensionOf(sessionDomain(this.options.matchers)));
    return this.literally(dimensions.session, [name]);
  }

  accountIs(accounts: readonly string[]): Claim {
    return hasAccount(this.kind) ? this.principalIsOf(`of accounts ${accounts.join()}`, () => arns(accounts.map(literal))) : never;
  }

  ownerIs(account: string): Claim {
    if (this.owner === "principal") return this.accountIs([account]);
    return this.owner === "apart" ? this.literally(dimensions.owner, [account]) : this.resourceIsOf(`of accounts ${account}`, () => arns([literal(account)]));
  }

  get sameAccount(): Claim {
    if (!hasAccount(this.kind)) return never;
    if (this.owner === "principal") return always;
    return { yes: { kind: "accounts", same: true }, no: { kind: "accounts", same: false } };
  }

  /** What is taken both ways. */
  doubtful(reason: string): Claim {
    this.doubts.add(reason);
    const both = this.options.mode === "may";
    return { yes: both, no: both };
  }

  /** A predicate on the values of a dimension, some of them in doubt for a `variable`'s sake. */
  private values(dimension: string, { absent, every, negated, predicate, variable }: { absent: boolean; every: boolean; negated: boolean; predicate: Predicate; variable: string | undefined }): Claim {
    const exact: Range = { predicate, positive: !negated };
    if (variable === undefined) return claim(dimension, atomOf(absent, exact, every));
    // More patterns than are known: a positive operator holds at least of these, a negated one at most of the rest.
    return this.between(dimension, absent, every, negated ? false : exact, negated ? exact : true);
  }

  private between(dimension: string, absent: boolean, every: boolean, least: Range, most: Range): Claim {
    const may = this.options.mode === "may";
    const holds = atomOf(absent, may ? most : least, every);
    const fails = atomOf(!absent, complement(may ? least : most), !every);
    return { yes: { kind: "atom", dimension, atom: holds }, no: { kind: "atom", dimension, atom: fails } };
  }

  resource({ matcher, negated, variable }: { readonly matcher: Matcher; readonly negated: boolean; readonly variable: string | undefined }, where: string): Claim {
    if (variable !== undefined) this.doubts.add(`${where}: policy variable ${variable} in its resources`);
    return this.values(dimensions.resource, { absent: false, every: true, negated, predicate: matcher, variable });
  }

  /** A condition; `where` names its statement in a doubt. */
  condition(condition: Condition, where: string): Claim {
    const domain = this.domainOf(condition.key);
    if (domain.kind === "free") return this.freeKey(condition, domain.many, where);
    const constant = condition.absent ? always : never;
    if (domain.kind === "absent") return constant;
    if (domain.kind === "principal-arn") return this.kind === "anonymous" ? constant : this.computed(condition, where, dimensions.principal, "itself");
    if (domain.kind === "principal-account" || this.owner === "principal") {
      return hasAccount(this.kind) ? this.computed(condition, where, dimensions.principal, "account") : constant;
    }
    if (this.owner === "in ARN") return this.computed(condition, where, dimensions.resource, "account");
    this.declare(dimensions.ownerTold, dimensionOf(flagDomain(this.options.matchers), "either"));
    const told = claim(dimensions.ownerTold, atomOf(false, true));
    return any(all(told, this.computed(condition, where, dimensions.owner, "itself")), all(not(told), constant));
  }

  /** A key that is computed from another dimension, and always there. */
  private computed({ test, name }: Condition, where: string, dimension: string, of: "itself" | "account"): Claim {
    if (test.kind === "present") return test.holds ? always : never;
    const { predicate, negated, variable } = test;
    if (!isMatcher(predicate)) return this.doubtful(`${where}: ${name} is compared as one of ${predicate.family.name}`);
    if (variable !== undefined) this.doubts.add(`${where}: policy variable ${variable} for ${name}`);
    const lifted = of === "itself" ? predicate : this.options.matchers.named(`accounts ${predicate.id}`, () => arns(predicate.patterns));
    return this.values(dimension, { absent: false, every: true, negated, predicate: lifted, variable });
  }

  private freeKey({ test, name, key, absent }: Condition, many: boolean, where: string): Claim {
    const dimension = keyDimension(key);
    if (test.kind === "present") return claim(dimension, atomOf(absent, test.holds));
    const { set, predicate, negated, variable } = test;
    const every = set !== "any";
    if (many && set === undefined) {
      this.doubts.add(`${where}: ${name} has several values and is tested without ForAllValues or ForAnyValue`);
      return this.between(dimension, absent, every, false, true);
    }
    if (variable !== undefined) this.doubts.add(`${where}: policy variable ${variable} for ${name}`);
    return this.values(dimension, { absent, every, negated, predicate, variable });
  }
}

const arns = (patterns: readonly Pattern[]) => patterns.map(arnsOfAccount).filter((pattern) => pattern !== undefined);
