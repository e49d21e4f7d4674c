/**
 * The same goals in SMT-LIB, for z3's theory of strings and regular expressions: satisfiable where there is a hole.
 *
 * Its own code, from IAM's documentation: globs become regular expressions, a key a presence and a string, a set of values
 * two strings at most.
 */
import type { Layers, Principal, Statement } from "../../policy-pack/evaluator";
import { listOf } from "../../policy-pack/list-of";
import type { Goal, KeyDomain, Language } from "../../policy-pack/prover";

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const and = (parts: readonly string[]) => (parts.length === 0 ? "true" : `(and true ${parts.join(" ")})`);
const or = (parts: readonly string[]) => (parts.length === 0 ? "false" : `(or false ${parts.join(" ")})`);
const not = (part: string) => `(not ${part})`;
const union = (parts: readonly string[]) => (parts.length === 1 ? parts[0]! : parts.length === 0 ? "re.none" : `(re.union ${parts.join(" ")})`);

const fixed = (glob: string) => glob.split(/[*?]/, 1)[0]!;
/** Globs that begin as no text of the language does are left out: z3 finds it hard to see that they don't matter. */
const relevant = (globs: readonly string[], { like }: Language) => globs.filter((glob) => like.some((other) => fixed(glob).startsWith(fixed(other)) || fixed(other).startsWith(fixed(glob))));

const text = '(re.range " " "~")';
const noColon = '(re.union (re.range " " "9") (re.range ";" "~"))';
const digit = '(re.range "0" "9")';

function regex(glob: string, reading: Language["reading"]): string {
  let colons = 0;
  const parts = glob.split(/([*?])/).filter(Boolean).map((part) => {
    const any = reading === "arn" && colons < 5 ? noColon : text;
    if (part === "*") return `(re.* ${any})`;
    // An account has digits only.
    if (part === "?") return reading === "arn" && colons === 4 ? digit : any;
    colons += part.split(":").length - 1;
    return `(str.to_re ${quoted(part)})`;
  });
  if (reading === "arn" && colons < 5) return "re.none";
  return parts.length === 1 ? parts[0]! : `(re.++ ${parts.length === 0 ? '(str.to_re "") (str.to_re "")' : parts.join(" ")})`;
}

const isIn = (variable: string, globs: readonly string[], reading: Language["reading"]) => `(str.in_re ${variable} ${union(globs.map((glob) => regex(glob, reading)))})`;
const member = (variable: string, { reading, like, unlike = [] }: Language) => and([isIn(variable, like, reading), ...(unlike.length === 0 ? [] : [not(isIn(variable, unlike, reading))])]);

/** What stands for a key: whether it is there, and its values, each with whether it is in the set. */
interface Slot {
  readonly present: string;
  readonly values: readonly { readonly within: string; readonly value: string }[];
}

class Encoding {
  private readonly slots = new Map<string, Slot>();
  private readonly lines: string[] = [];

  constructor(private readonly goal: Goal, private readonly kind: Principal["kind"], private readonly arns: Language) {
    this.lines.push("(declare-const p String)", "(declare-const r String)", `(assert ${member("p", arns)})`);
    const { resources } = goal.universe;
    this.lines.push(`(assert ${resources === "none" ? '(= r "*")' : member("r", resources)})`);
  }

  private slot(key: string): Slot {
    const found = this.slots.get(key);
    if (found) return found;
    const domain = this.goal.universe.domain(key, this.kind);
    const made = this.declared(`k${this.slots.size}`, domain);
    this.slots.set(key, made);
    return made;
  }

  private declared(name: string, domain: KeyDomain): Slot {
    if (domain.kind === "absent") return { present: "false", values: [] };
    if (domain.kind === "principal-arn") return { present: "true", values: [{ within: "true", value: "p" }] };
    if (domain.kind !== "free") throw new Error(`${domain.kind} is not encoded`);
    const values = (domain.many ? [`${name}a`, `${name}b`] : [name]).map((value) => ({ within: domain.many ? `${value}in` : "true", value }));
    const present = domain.many ? or(values.map(({ within }) => within)) : `${name}is`;
    this.lines.push(...(domain.many ? [] : [`(declare-const ${name}is Bool)`]));
    for (const { within, value } of values) {
      this.lines.push(...(domain.many ? [`(declare-const ${within} Bool)`] : []), `(declare-const ${value} String)`);
      const allowed = domain.type === "Bool" ? isIn(value, ["true", "false"], "text") : and([member(value, domain.values), `(str.in_re ${value} (re.* ${text}))`]);
      this.lines.push(`(assert (=> ${within} ${allowed}))`);
    }
    if (domain.presence === "always") this.lines.push(`(assert ${present})`);
    return { present, values };
  }

  private condition(operator: string, key: string, wanted: readonly string[]): string {
    const { present, values } = this.slot(key);
    const [, set, base = "", ifExists] = /^(?:(forallvalues|foranyvalue):)?(.*?)(ifexists)?$/.exec(operator.toLowerCase()) ?? [];
    if (base === "null") return or(wanted.map((each) => (each === "true" ? not(present) : present)));
    const negated = base.includes("not");
    const plain = base.replace("not", "");
    const reading = plain.startsWith("arn") ? "arn" : "text";
    if (!["stringequals", "stringlike", "arnlike", "arnequals", "bool"].includes(plain)) throw new Error(`${operator} is not encoded`);
    const withinKey = (value: string) => {
      const left = value === "p" ? relevant(wanted, this.arns) : wanted;
      return left.length === 0 ? "false" : isIn(value, left, reading);
    };
    const fits = (value: string) => (plain === "stringequals" || plain === "bool" ? or(wanted.map((each) => `(= ${value} ${quoted(each)})`)) : withinKey(value));
    const holds = values.map(({ within, value }) => ({ within, holds: negated ? not(fits(value)) : fits(value) }));
    const all = and(holds.map(({ within, holds: held }) => `(=> ${within} ${held})`));
    const some = or(holds.map(({ within, holds: held }) => and([within, held])));
    const absent = set === "forallvalues" || ifExists !== undefined || (set === undefined && negated);
    return `(ite ${present} ${set === "foranyvalue" || (set === undefined && !negated) ? some : all} ${absent})`;
  }

  private matches({ Resource, NotResource, Condition = {} }: Statement): string {
    const { resources } = this.goal.universe;
    const within = (globs: readonly string[]) => {
      const left = resources === "none" ? globs : relevant(globs, resources);
      return left.length === 0 ? "false" : left.includes("*") ? "true" : isIn("r", left, "text");
    };
    const resource = Resource !== undefined ? within(listOf(Resource)) : NotResource !== undefined ? not(within(listOf(NotResource))) : "true";
    if (resource === "false") return "false";
    const conditions = Object.entries(Condition).flatMap(([operator, keys]) => Object.entries(keys).map(([key, wanted]) => this.condition(operator, key.toLowerCase(), listOf(wanted).map(String))));
    return and([resource, ...conditions]);
  }

  /** No Deny matches. */
  walksPast(denies: readonly Statement[]): string {
    const asserted = denies.map((statement) => `(assert ${not(this.matches(statement))})`);
    return [...this.lines, ...asserted].join("\n");
  }
}

/** One query a kind of principal. @param covers whether the statement's actions cover the goal's */
export function queries(goal: Goal, layers: Layers, covers: (statement: Statement, action: string) => boolean): readonly string[] {
  const denies = (layers.scp ?? []).flat().flatMap(({ document }) => listOf(document.Statement)).filter(({ Effect }) => Effect === "Deny");
  return goal.universe.principals.map(({ kind, arns }) => new Encoding(goal, kind, arns).walksPast(denies.filter((statement) => goal.universe.actions.every((action) => covers(statement, action)))));
}
