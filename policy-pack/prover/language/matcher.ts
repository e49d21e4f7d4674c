/**
 * Whether a string is of at least one of a list of globs: sets of glob positions, made into states as they are met.
 */
import { keyOf, type Pattern, type Token } from "./pattern";

/** No string that goes on from here is matched; every one is. */
export const DEAD = 0;
export const ALL = 1;

const unknown = -1;

/** `*` after `*` says nothing new, and would need the empty step more than once. */
function withoutRuns(pattern: Pattern): Pattern {
  return pattern.filter((token, index) => {
    const before = pattern[index - 1];
    return !(token.kind === "any" && before?.kind === "any" && before.colon === token.colon);
  });
}

const casesOf = (token: Token): readonly string[] => (token.kind !== "char" ? [] : token.fold ? [token.char.toLowerCase(), token.char.toUpperCase()] : [token.char]);

export class Matcher {
  readonly start: number;
  /** The characters that the patterns tell apart; all others are of class 0. */
  readonly mentioned: ReadonlyMap<string, number>;
  private readonly words: number;
  /** By class: the positions whose token takes the character, and those of a `*` that stay. */
  private readonly takes: Uint32Array[] = [];
  private readonly stays: Uint32Array[] = [];
  private readonly stars: Uint32Array;
  private readonly ends: Uint32Array;
  private readonly sinks: Uint32Array;
  private sets: Uint32Array[] = [];
  private steps: Int32Array[] = [];
  private ids = new Map<string, number>();
  private readonly answers = new Map<string, boolean>();

  /**
   * @param id unique among the matchers of one prover
   * @param patterns as they were given: lists that are equal but for order are one matcher
   */
  constructor(readonly id: number, readonly patterns: readonly Pattern[]) {
    const lists = patterns.map(withoutRuns);
    const mentioned = new Map<string, number>();
    for (const token of lists.flat()) for (const char of casesOf(token)) if (!mentioned.has(char)) mentioned.set(char, mentioned.size + 1);
    if (lists.flat().some((token) => token.kind !== "char" && !token.colon) && !mentioned.has(":")) mentioned.set(":", mentioned.size + 1);
    this.mentioned = mentioned;
    this.words = Math.ceil(lists.reduce((sum, list) => sum + list.length + 1, 0) / 32);
    [this.stars, this.ends, this.sinks] = [this.empty(), this.empty(), this.empty()];
    for (let each = 0; each <= mentioned.size; each++) {
      this.takes.push(this.empty());
      this.stays.push(this.empty());
    }
    const start = this.empty();
    let position = 0;
    for (const list of lists) {
      add(start, position);
      for (const [index, token] of list.entries()) this.place(position++, token, index === list.length - 1);
      add(this.ends, position++);
    }
    this.clear();
    this.start = this.stateOf(this.closed(start));
  }

  private empty(): Uint32Array {
    return new Uint32Array(this.words);
  }

  private place(position: number, token: Token, last: boolean): void {
    if (token.kind === "char") {
      for (const char of casesOf(token)) add(this.takes[this.classOf(char)]!, position);
      return;
    }
    const moves = token.kind === "any" ? this.stays : this.takes;
    for (const [kind, set] of moves.entries()) if (token.colon || kind !== this.classOf(":")) add(set, position);
    if (token.kind !== "any") return;
    add(this.stars, position);
    if (last && token.colon) add(this.sinks, position);
  }

  /** Forgets the states met so far; to be called between walks only, as it makes their numbers void. */
  forget(): void {
    const start = this.sets[this.start];
    this.clear();
    if (this.start > ALL && start) this.stateOf(start);
  }

  private clear(): void {
    this.ids = new Map();
    this.sets = [];
    this.steps = [];
    this.answers.clear();
    this.newState(this.empty());
    this.newState(this.empty());
    this.steps[DEAD]!.fill(DEAD);
    this.steps[ALL]!.fill(ALL);
  }

  /** How many states were met. */
  get size(): number {
    return this.sets.length;
  }

  classOf(char: string): number {
    return this.mentioned.get(char) ?? 0;
  }

  step(state: number, kind: number): number {
    const known = this.steps[state]![kind]!;
    if (known !== unknown) return known;
    const from = this.sets[state]!;
    const takes = this.takes[kind]!;
    const stays = this.stays[kind]!;
    const next = this.empty();
    let carry = 0;
    for (let word = 0; word < this.words; word++) {
      const taken = from[word]! & takes[word]!;
      next[word] = ((taken << 1) | carry) | (from[word]! & stays[word]!);
      carry = taken >>> 31;
    }
    const to = this.stateOf(this.closed(next));
    this.steps[state]![kind] = to;
    return to;
  }

  accepts(state: number): boolean {
    return state === ALL || (state !== DEAD && overlap(this.sets[state]!, this.ends));
  }

  /** Whether the text is of one of the patterns. */
  holds(text: string): boolean {
    const known = this.answers.get(text);
    if (known !== undefined) return known;
    let state = this.start;
    for (let at = 0; at < text.length && state > ALL; at++) state = this.step(state, this.classOf(text[at]!));
    const answer = this.accepts(state);
    this.answers.set(text, answer);
    return answer;
  }

  /** A `*` may match nothing: the position after it is reached as well. */
  private closed(set: Uint32Array): Uint32Array {
    let carry = 0;
    for (let word = 0; word < this.words; word++) {
      const star = set[word]! & this.stars[word]!;
      set[word] = set[word]! | (star << 1) | carry;
      carry = star >>> 31;
    }
    return set;
  }

  private stateOf(set: Uint32Array): number {
    if (overlap(set, this.sinks)) return ALL;
    if (set.every((word) => word === 0)) return DEAD;
    const key = set.join();
    const found = this.ids.get(key);
    if (found !== undefined) return found;
    const id = this.newState(set);
    this.ids.set(key, id);
    return id;
  }

  private newState(set: Uint32Array): number {
    this.sets.push(set);
    this.steps.push(new Int32Array(this.mentioned.size + 1).fill(unknown));
    return this.sets.length - 1;
  }
}

function add(set: Uint32Array, position: number): void {
  set[position >>> 5]! |= 1 << (position & 31);
}

function overlap(left: Uint32Array, right: Uint32Array): boolean {
  for (let word = 0; word < left.length; word++) if ((left[word]! & right[word]!) !== 0) return true;
  return false;
}

/** The matchers of one prover: equal lists of patterns are one matcher, so that what is learnt of it serves all. */
export class Matchers {
  private readonly known = new Map<string, Matcher>();

  of(patterns: readonly Pattern[]): Matcher {
    const byKey = new Map(patterns.map((pattern) => [keyOf(pattern), pattern]));
    const key = JSON.stringify([...byKey.keys()].sort());
    const found = this.known.get(key);
    if (found) return found;
    const made = new Matcher(this.known.size, [...byKey.values()]);
    this.known.set(key, made);
    return made;
  }

  /** Bounds memory: matchers that have met many states forget them. */
  trim(limit: number): void {
    let size = 0;
    for (const matcher of this.known.values()) size += matcher.size;
    if (size > limit) for (const matcher of this.known.values()) matcher.forget();
  }
}
