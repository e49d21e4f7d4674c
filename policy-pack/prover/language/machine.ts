/** Several matchers and a shape, walked over one string at once: the tuple of their states is the machine's. */
import type { Meter } from "../budget";
import { ALL, DEAD, type Matcher } from "./matcher";
import type { Shape } from "./shape";
import { Tuples } from "./tuples";

/** Strings that a matcher takes, or does not. */
export interface Side {
  readonly matcher: Matcher;
  readonly positive: boolean;
}

/** In the order in which witnesses prefer them: letters and digits first. */
const printable = "xabcdefghijklmnopqrstuvwyz0123456789-_/.:=@+,XABCDEFGHIJKLMNOPQRSTUVWYZ !\"#$%&'();<>[\\]^`{|}~*?".split("");

interface Letter {
  readonly char: string;
  readonly kind: number;
  readonly classes: readonly number[];
}

/** One character for all that neither the shape nor a matcher tells apart. */
function alphabetOf(sides: readonly Side[], shape: Shape): readonly Letter[] {
  const mentioned = new Set<string>();
  for (const { matcher } of sides) for (const char of matcher.mentioned.keys()) mentioned.add(char);
  let fresh = 0xa1;
  while (mentioned.has(String.fromCharCode(fresh))) fresh++;
  const others = [...mentioned].filter((char) => char < " " || char > "~").sort();
  const letters: Letter[] = [];
  const unmentioned = new Set<number>();
  for (const char of [...printable, ...others, String.fromCharCode(fresh)]) {
    const kind = shape.kindOf(char);
    if (!mentioned.has(char)) {
      // No matcher tells these apart.
      if (unmentioned.has(kind)) continue;
      unmentioned.add(kind);
    }
    letters.push({ char, kind, classes: sides.map(({ matcher }) => matcher.classOf(char)) });
  }
  return letters;
}

export class Machine {
  private readonly alphabet: readonly Letter[];
  private readonly tuples: Tuples;
  private readonly to: Int32Array;
  /** -1 if no string at all is accepted from the start. */
  readonly start: number;

  /** @param meter counts each tuple that is met */
  constructor(private readonly sides: readonly Side[], private readonly shape: Shape, private readonly meter: Meter) {
    this.alphabet = alphabetOf(sides, shape);
    this.tuples = new Tuples(sides.length + 1);
    this.to = Int32Array.from([shape.start, ...sides.map(({ matcher }) => matcher.start)]);
    this.start = sides.some(({ positive }, index) => this.to[index + 1] === (positive ? DEAD : ALL)) ? -1 : this.number();
  }

  /** How many states were met. They are numbered in that order. */
  get size(): number {
    return this.tuples.size;
  }

  private number(): number {
    const before = this.tuples.size;
    const number = this.tuples.number(this.to);
    if (this.tuples.size > before) this.meter.spend();
    return number;
  }

  accepts(state: number): boolean {
    return this.shape.accepts(this.tuples.at(state, 0)) && this.sides.every(({ matcher, positive }, index) => matcher.accepts(this.tuples.at(state, index + 1)) === positive);
  }

  atAccount(state: number): boolean {
    return this.shape.atAccount(this.tuples.at(state, 0));
  }

  /** The state after a character of such kinds; -1 if no string goes on so. */
  private step(state: number, shaped: number, classes: readonly number[]): number {
    if (shaped < 0) return -1;
    this.to[0] = shaped;
    for (let index = 0; index < this.sides.length; index++) {
      const { matcher, positive } = this.sides[index]!;
      const next = matcher.step(this.tuples.at(state, index + 1), classes[index]!);
      if (next === (positive ? DEAD : ALL)) return -1;
      this.to[index + 1] = next;
    }
    return this.number();
  }

  /** Calls back with each character and the state that it leads to, where a string may still be accepted. */
  each(state: number, visit: (char: string, next: number) => void): void {
    const shape = this.tuples.at(state, 0);
    for (const { char, kind, classes } of this.alphabet) {
      const next = this.step(state, this.shape.step(shape, kind), classes);
      if (next >= 0) visit(char, next);
    }
  }

  /** The state after one character, which need not be of the alphabet; -1 if nothing is accepted beyond. */
  after(state: number, char: string): number {
    return this.step(state, this.shape.step(this.tuples.at(state, 0), this.shape.kindOf(char)), this.sides.map(({ matcher }) => matcher.classOf(char)));
  }
}
