/**
 * Whether a string is of at least one of a list of globs: sets of glob positions, made into states as they are met.
 */
import { createHash } from "node:crypto";
import { keyOf, type Pattern, type Token } from "./pattern";
import { Tuples } from "./tuples";
import { plainlyApart, plainlyWithin, shortestOf } from "./within";

/** No string that goes on from here is matched; every one is. */
export const DEAD = 0;
export const ALL = 1;

/** `*` after `*` says nothing new, and would need the empty step more than once. */
function withoutRuns(pattern: Pattern): Pattern {
  return pattern.filter((token, index) => {
    const before = pattern[index - 1];
    return !(token.kind === "any" && before?.kind === "any" && before.colon === token.colon);
  });
}

const casesOf = (token: Token): readonly string[] => (token.kind !== "char" ? [] : token.fold ? [token.char.toLowerCase(), token.char.toUpperCase()] : [token.char]);

/** The characters that the patterns tell apart, numbered from 1. */
function mentionedBy(patterns: readonly Pattern[]): ReadonlyMap<string, number> {
  const mentioned = new Map<string, number>();
  const mention = (char: string) => mentioned.has(char) || mentioned.set(char, mentioned.size + 1);
  for (const pattern of patterns) {
    for (const token of pattern) {
      if (token.kind !== "char") {
        if (!token.colon) mention(":");
      } else if (token.fold) casesOf(token).forEach(mention);
      else mention(token.char);
    }
  }
  return mentioned;
}

/** What is asked of the same two matchers over and over. */
function remembered(ask: (other: Matcher) => boolean): (other: Matcher) => boolean {
  const known = new Map<Matcher, boolean>();
  return (other) => {
    const answer = known.get(other) ?? ask(other);
    known.set(other, answer);
    return answer;
  };
}

/** Sets of positions, a bit each. */
type Positions = Int32Array;

export class Matcher {
  readonly start: number;
  /** The characters that the patterns tell apart; all others are of class 0. */
  readonly mentioned: ReadonlyMap<string, number>;
  private readonly words: number;
  /** By class, one set after the other: the positions whose token takes the character, and those of a `*` that stay. */
  private readonly takes: Positions;
  private readonly stays: Positions;
  private readonly stars: Positions;
  private readonly ends: Positions;
  private readonly sinks: Positions;
  private readonly next: Positions;
  /** By pattern that has one: where it begins, and its `*`, last first. */
  private readonly globs: { readonly from: number; readonly stars: readonly number[] }[] = [];
  private states: Tuples;
  /** By state and class: the next state + 1, 0 where it was not asked for. */
  private steps = new Int32Array(0);
  /** A text that is matched, if any is, than which none that is so plain is shorter. */
  readonly least: string | undefined;
  private readonly answers = new Map<string, boolean>();
  /** Whether it is plain that all that this one takes, the other does. */
  readonly isPlainlyWithin = remembered((outer) => this.patterns.every((pattern) => outer.patterns.some((out) => plainlyWithin(pattern, out))));
  /** Whether it is plain that nothing that this one takes, the other does. */
  readonly isPlainlyApart = remembered((other) => this.patterns.every((pattern) => other.patterns.every((out) => plainlyApart(pattern, out))));

  /**
   * @param id of the patterns, and of nothing else: what is sorted by it is the same whatever was asked before
   * @param patterns as they were given: lists that are equal but for order are one matcher
   */
  constructor(readonly id: string, readonly patterns: readonly Pattern[]) {
    this.least = patterns.map(shortestOf).reduce<string | undefined>((so, text) => (so === undefined || text.length < so.length ? text : so), undefined);
    const lists = patterns.map(withoutRuns);
    this.mentioned = mentionedBy(lists);
    this.words = Math.ceil(lists.reduce((sum, list) => sum + list.length + 1, 0) / 32);
    // One word more, which only the state ALL has set.
    const empty = () => new Int32Array(this.words + 1);
    [this.stars, this.ends, this.sinks, this.next] = [empty(), empty(), empty(), empty()];
    this.takes = new Int32Array(this.words * (this.mentioned.size + 1));
    this.stays = new Int32Array(this.words * (this.mentioned.size + 1));
    const start = empty();
    let position = 0;
    for (const list of lists) {
      add(start, position);
      const from = position;
      const stars = list.flatMap(({ kind }, index) => (kind === "any" ? [from + index] : [])).reverse();
      if (stars.length > 0) this.globs.push({ from, stars });
      for (const [index, token] of list.entries()) this.place(position++, token, index === list.length - 1);
      add(this.ends, position++);
    }
    this.states = this.fresh();
    this.next.set(start);
    this.start = this.closed();
  }

  private place(position: number, token: Token, last: boolean): void {
    const at = (kind: number) => kind * 32 * this.words + position;
    if (token.kind === "char") {
      for (const char of casesOf(token)) add(this.takes, at(this.classOf(char)));
      return;
    }
    const moves = token.kind === "any" ? this.stays : this.takes;
    for (let kind = 0; kind <= this.mentioned.size; kind++) if (token.colon || kind !== this.classOf(":")) add(moves, at(kind));
    if (token.kind !== "any") return;
    add(this.stars, position);
    if (last && token.colon) add(this.sinks, position);
  }

  private fresh(): Tuples {
    const states = new Tuples(this.words + 1);
    const set = new Int32Array(this.words + 1);
    states.number(set);
    set[this.words] = 1;
    states.number(set);
    this.steps = new Int32Array(0);
    this.answers.clear();
    return states;
  }

  /** Forgets the states met so far; to be called between walks only, as it makes their numbers void. */
  forget(): void {
    const start = this.start;
    for (let word = 0; word <= this.words; word++) this.next[word] = this.states.at(start, word);
    this.states = this.fresh();
    this.states.number(this.next);
  }

  /** How many states were met. */
  get size(): number {
    return this.states.size;
  }

  classOf(char: string): number {
    return this.mentioned.get(char) ?? 0;
  }

  step(state: number, kind: number): number {
    if (state <= ALL) return state;
    const at = state * (this.mentioned.size + 1) + kind;
    const known = this.steps[at];
    if (known !== undefined && known !== 0) return known - 1;
    const { next, states, words, takes, stays } = this;
    const offset = kind * words;
    let carry = 0;
    for (let word = 0; word < words; word++) {
      const from = states.at(state, word);
      const taken = from & takes[offset + word]!;
      next[word] = (taken << 1) | carry | (from & stays[offset + word]!);
      carry = taken >>> 31;
    }
    next[words] = 0;
    const to = this.closed();
    if (at >= this.steps.length) {
      const steps = new Int32Array(Math.max(2 * this.steps.length, at + this.mentioned.size + 1));
      steps.set(this.steps);
      this.steps = steps;
    }
    this.steps[at] = to + 1;
    return to;
  }

  accepts(state: number): boolean {
    if (state <= ALL) return state === ALL;
    for (let word = 0; word < this.words; word++) if (this.states.at(state, word) & this.ends[word]!) return true;
    return false;
  }

  /** Whether the text is of one of the patterns. */
  reads(text: string): boolean {
    let state = this.start;
    for (let at = 0; at < text.length && state > ALL; at++) state = this.step(state, this.classOf(text[at]!));
    return this.accepts(state);
  }

  /** The same, remembered: a search asks for few texts, often. */
  holds(text: string): boolean {
    const known = this.answers.get(text);
    if (known !== undefined) return known;
    const answer = this.reads(text);
    this.answers.set(text, answer);
    return answer;
  }

  /** The state of the set `next`, with what it reaches by the empty step: a `*` may match nothing. */
  private closed(): number {
    const { next, stars, sinks, words } = this;
    let carry = 0;
    for (let word = 0; word < words; word++) {
      const star = next[word]! & stars[word]!;
      next[word]! |= (star << 1) | carry;
      carry = star >>> 31;
      if (next[word]! & sinks[word]!) return ALL;
    }
    this.narrow();
    return this.states.number(next);
  }

  /**
   * What goes on from before a `*` that was reached must pass it, and the `*` can take all that is read until then: the
   * positions before it add nothing. Without them an ARN of any Region and account has a dozen states and not thousands.
   */
  private narrow(): void {
    for (const { from, stars } of this.globs) {
      const last = stars.find((star) => has(this.next, star));
      if (last === undefined) continue;
      for (let position = from; position < last; position++) remove(this.next, position);
    }
  }
}

function add(set: Positions, position: number): void {
  set[position >>> 5]! |= 1 << (position & 31);
}

function remove(set: Positions, position: number): void {
  set[position >>> 5]! &= ~(1 << (position & 31));
}

const has = (set: Positions, position: number) => (set[position >>> 5]! & (1 << (position & 31))) !== 0;

/** Equal lists of patterns are one matcher, so that what is learnt of it serves all. */
export class Matchers {
  private readonly known = new Map<string, Matcher>();
  private readonly byName = new Map<string, Matcher>();

  /** The matcher of what a name stands for, which is made once. */
  named(name: string, make: () => readonly Pattern[]): Matcher {
    const found = this.byName.get(name);
    if (found) return found;
    const made = this.of(make());
    this.byName.set(name, made);
    return made;
  }

  of(patterns: readonly Pattern[]): Matcher {
    const byKey = new Map(patterns.map((pattern) => [keyOf(pattern), pattern]));
    const key = JSON.stringify([...byKey.keys()].sort());
    const found = this.known.get(key);
    if (found) return found;
    const made = new Matcher(createHash("sha256").update(key).digest("base64url").slice(0, 11), [...byKey.values()]);
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
