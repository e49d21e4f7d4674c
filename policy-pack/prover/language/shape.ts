/**
 * What strings can be at all, where a glob cannot say it: an account has twelve digits, a role's name no colon.
 *
 * Without this a `?` of an account would match "!", and the prover would report holes through principals that nobody
 * can be. Lengths are not modelled, but for the account's.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */

/** A small deterministic automaton over kinds of characters. */
export interface Shape {
  readonly id: string;
  readonly start: number;
  /** Characters of one kind are not told apart. */
  readonly kindOf: (char: string) => number;
  /** The next state; -1 if no string goes on so. */
  readonly step: (state: number, kind: number) => number;
  readonly accepts: (state: number) => boolean;
  /** The state is before an ARN's fifth component, its account. */
  readonly atAccount: (state: number) => boolean;
}

const never = () => false;

/** The same, of ASCII looked up. */
function tabled(kindOf: Shape["kindOf"]): Shape["kindOf"] {
  const kinds = Array.from({ length: 128 }, (_, code) => kindOf(String.fromCharCode(code)));
  return (char) => kinds[char.charCodeAt(0)] ?? kindOf(char);
}

/** Any text of printable ASCII, and of the characters that patterns mention. */
export const anyText: Shape = { id: "text", start: 0, kindOf: () => 0, step: () => 0, accepts: () => true, atAccount: never };

/** Twelve digits. */
export const account: Shape = {
  id: "account",
  start: 0,
  kindOf: tabled((char) => (/[0-9]/.test(char) ? 1 : 0)),
  step: (state, kind) => (kind === 1 && state < 12 ? state + 1 : -1),
  accepts: (state) => state === 12,
  atAccount: (state) => state === 0,
};

/** A session's name: `[\w+=,.@-]{2,64}`. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const sessionName: Shape = {
  id: "session",
  start: 0,
  kindOf: tabled((char) => (/[\w+=,.@-]/.test(char) ? 1 : 0)),
  step: (state, kind) => (kind === 1 ? Math.min(state + 1, 2) : -1),
  accepts: (state) => state === 2,
  atAccount: never,
};

const kind = { other: 0, colon: 1, slash: 2, digit: 3, a: 4, w: 5, s: 6, lower: 7, name: 8, space: 9 } as const;

const arnKind = tabled((char) => {
  if (char === ":") return kind.colon;
  if (char === "/") return kind.slash;
  if (char === "a") return kind.a;
  if (char === "w") return kind.w;
  if (char === "s") return kind.s;
  if (/[0-9]/.test(char)) return kind.digit;
  if (/[b-z-]/.test(char)) return kind.lower;
  if (/[A-Z_+=,.@]/.test(char)) return kind.name;
  return char <= " " ? kind.space : kind.other;
});

/** States: 0 to 3 the components before the account, 4 to 16 its digits so far, 17 to 19 its letters `aws`, then the rest. */
const [afterA, afterW, afterS, rest, segment, name, noName] = [17, 18, 19, 20, 21, 22, 23] as const;

interface ArnShape {
  readonly id: string;
  /** `digits`: always twelve; `resource`: also none, or `aws` for what AWS owns. */
  readonly account: "digits" | "resource";
  /** The last component ends in `/` and a name, as roles' and users' do: `[\w+=,.@-]+`. */
  readonly named: boolean;
  /** Strings that are no ARN (fewer than five colons) as well. */
  readonly loose: boolean;
}

function arnShape({ id, account: which, named, loose }: ArnShape): Shape {
  const whole = (state: number) => state === 16 || (which === "resource" && (state === 4 || state === afterS));
  const inAccount = (state: number, of: number) => {
    if (of === kind.colon) return whole(state) ? rest : -1;
    if (of === kind.digit) return state < 16 ? state + 1 : -1;
    if (which !== "resource") return -1;
    if (state === 4) return of === kind.a ? afterA : -1;
    if (state === afterA) return of === kind.w ? afterW : -1;
    return state === afterW && of === kind.s ? afterS : -1;
  };
  const inRest = (state: number, of: number) => {
    if (!named) return rest;
    if (of === kind.space) return -1;
    if (of === kind.slash) return segment;
    if (state === rest || state === noName) return state;
    return of === kind.other || of === kind.colon ? noName : name;
  };
  return {
    id,
    start: 0,
    kindOf: arnKind,
    step: (state, of) => {
      if (state >= rest) return inRest(state, of);
      if (state >= 4) return inAccount(state, of);
      if (of === kind.colon) return state + 1;
      // Partition, service and Region are lower-case words; what is no ARN may be a host's name or address.
      const word = of === kind.digit || of === kind.a || of === kind.w || of === kind.s || of === kind.lower;
      return word || (loose && of !== kind.space) ? state : -1;
    },
    accepts: (state) => (state >= rest ? !named || state === name : loose),
    atAccount: (state) => state === 4,
  };
}

/** `arn:aws:iam::<account>:role/path/name`; users and federated users likewise. */
export const namedPrincipal = arnShape({ id: "named principal", account: "digits", named: true, loose: false });
/** `arn:aws:iam::<account>:root` */
export const rootPrincipal = arnShape({ id: "root principal", account: "digits", named: false, loose: false });
/** A provider's ARN, or a host's name such as `accounts.google.com`. */
export const provider = arnShape({ id: "provider", account: "digits", named: false, loose: true });
/** A resource's ARN, whose account is twelve digits, none, or `aws`. */
export const resourceArn = arnShape({ id: "resource", account: "resource", named: false, loose: false });

/** Whether a text is of the shape. */
export function shapeAccepts(shape: Shape, text: string): boolean {
  let state = shape.start;
  for (const char of text) {
    state = shape.step(state, shape.kindOf(char));
    if (state < 0) return false;
  }
  return shape.accepts(state);
}
