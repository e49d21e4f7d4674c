/** What the sections `people:` and `services:` may not say: principals that nobody can be, logs that there are none of, days that are over. */
import { archiveLogs, holdsPrefix } from "../documents/archive-logs";
import { readableKinds } from "../documents/audit-logs";
import type { Contradiction } from "./contradictions";
import type { Reading, Trusted } from "./people";
import type { Entries } from "./schema";

type Path = readonly PropertyKey[];

/** Ways in whose sessions come from a SAML assertion, which says nothing of MFA. */
const withoutMfa = { sso: "a session of IAM Identity Center", saml: "a session that came by SAML" } as const;

/** A principal that can never be: the condition would refuse everybody, unseen until it is needed. */
function aboutTrusted(path: Path, trusted: Trusted): readonly Contradiction[] {
  const ways = (["user", "role", "sso", "saml"] as const).filter((way) => trusted[way] !== undefined);
  const [way] = ways;
  if (way === undefined || ways.length > 1) return [{ path, line: `names ${ways.join(" and ") || "nobody"}: exactly one of user, role, sso, saml is allowed` }];
  if (way === "user") {
    if (trusted.mfa === false) return [{ path: [...path, "mfa"], line: "is false: a user is trusted with MFA alone, so true is allowed" }];
    if (trusted.sourceIdentity) return [{ path: [...path, "sourceIdentity"], line: "is given for a user, whose own credentials never carry aws:SourceIdentity: it is allowed for role, sso and saml" }];
    return [];
  }
  if (way !== "role" && trusted.mfa === true)
    return [{ path: [...path, "mfa"], line: `is true, but ${withoutMfa[way]} never carries aws:MultiFactorAuthPresent: nobody could come in, so false is allowed (ask for MFA where they sign in)` }];
  if (way === "saml" && !trusted.sourceIdentity) return [{ path: [...path, "sourceIdentity"], line: "is missing: of whoever signs in by SAML a list of source identities is allowed" }];
  if (way === "role" && trusted.mfa !== true && !trusted.sourceIdentity) return [{ path, line: "is a role without MFA and without sourceIdentity: at least one of mfa: true and sourceIdentity is allowed" }];
  return [];
}

function aboutReading(path: Path, { logs, accounts, prefixes }: Reading, entries: Entries, known = readableKinds(entries)): readonly Contradiction[] {
  const names = known.map(({ name }) => name);
  const found: Contradiction[] = [];
  if (logs.length === 0 && prefixes.length === 0) found.push({ path, line: "reads nothing: logs, prefixes or both are allowed" });
  if (logs.length === 0 && accounts.length > 0) found.push({ path: [...path, "accounts"], line: "is given without logs: accounts are allowed with kinds of log (a prefix names its account itself)" });
  logs.forEach((log, index) => {
    if (log !== "*" && !names.includes(log)) found.push({ path: [...path, "logs", index], line: `is "${log}": one of ${names.join(", ")} or "*" is allowed` });
  });
  prefixes.forEach((prefix, index) => {
    if (!known.some((log) => holdsPrefix(log, prefix)))
      found.push({ path: [...path, "prefixes", index], line: `is "${prefix}", under which nothing is written: a prefix within ${[...new Set(known.map(({ keys }) => keys))].join(", ")} is allowed` });
  });
  return found;
}

function repeatedNames(section: string, all: readonly { readonly name: string }[]): readonly Contradiction[] {
  return all.flatMap(({ name }, index) =>
    all.findIndex((other) => other.name === name) === index ? [] : [{ path: ["people", section, index, "name"], line: `is "${name}" a second time: each once is allowed` }],
  );
}

const over = (path: Path, until: string, today: string): readonly Contradiction[] =>
  until < today ? [{ path: [...path, "until"], line: `is ${until}, which is over: today or a later day is allowed (access has ended by itself; delete the entry, and its role goes)` }] : [];

/** @param today as in `2027-01-31`, in UTC */
export function aboutPeople(entries: Entries, today: string): readonly Contradiction[] {
  const { administrators, analysts, auditors, temporary, siem } = entries.people;
  const trustedOf = (path: Path, trusted: readonly Trusted[]) => trusted.flatMap((one, index) => aboutTrusted([...path, "trusted", index], one));
  return [
    ...administrators.flatMap((one, index) => aboutTrusted(["people", "administrators", index], one)),
    ...(analysts ? [...trustedOf(["people", "analysts"], analysts.trusted), ...aboutReading(["people", "analysts"], analysts, entries)] : []),
    ...auditors.flatMap((auditor, index) => {
      const path = ["people", "auditors", index];
      const backwards = auditor.until < auditor.from ? [{ path: [...path, "until"], line: `is ${auditor.until}, before from (${auditor.from}): the same or a later day is allowed` }] : [];
      return [...trustedOf(path, auditor.trusted), ...aboutReading(path, auditor, entries), ...over(path, auditor.until, today), ...backwards];
    }),
    ...temporary.flatMap((one, index) => [...aboutReading(["people", "temporary", index], one, entries), ...over(["people", "temporary", index], one.until, today)]),
    ...siem.flatMap((one, index) => [
      // The stores' own records come without notice.
      ...aboutReading(["people", "siem", index], one, entries, archiveLogs(entries)),
      ...(one.outside && Object.values(entries.accounts).includes(one.account)
        ? [{ path: ["people", "siem", index, "outside"], line: `is true, but ${one.account} is an account of this organization: false is allowed` }]
        : []),
    ]),
    ...repeatedNames("auditors", auditors),
    ...repeatedNames("temporary", temporary),
    ...repeatedNames("siem", siem),
    // A string is a principal with MFA: the form of old, for all three accounts.
    ...entries.breakGlass.flatMap((arn, index) =>
      /:role\/aws-(reserved|service-role)\//.test(arn)
        ? [{ path: ["breakGlass", index], line: `is "${arn}", whose sessions never carry aws:MultiFactorAuthPresent: nobody could come in, so a user or a role assumed with MFA is allowed` }]
        : [],
    ),
  ];
}

export function aboutServices({ services, accounts }: Entries): readonly Contradiction[] {
  const { trail } = services;
  const found: Contradiction[] = [];
  const at = (key: string) => ["services", "trail", key];
  if (trail.use === "existing" && trail.existing === undefined) found.push({ path: at("existing"), line: 'is missing: fall:services.trail.use "existing" needs the ARN of the trail' });
  if (trail.use !== "existing" && trail.existing !== undefined) found.push({ path: at("existing"), line: `is given although use is "${trail.use}": it is allowed with "existing" alone` });
  if (trail.use !== "existing" && trail.existingBucket !== undefined) found.push({ path: at("existingBucket"), line: `is given although use is "${trail.use}": it is allowed with "existing" alone` });
  if (trail.existing !== undefined && !trail.existing.includes(`:${accounts.management}:`))
    found.push({ path: at("existing"), line: `is "${trail.existing}": a trail of the management account ${accounts.management} is allowed, as an organization's trail is` });
  return found;
}
