/** Several matchers and a shape, walked over one string at once: the tuple of their states is the machine's. */
import type { Meter } from "../budget";
import { ALL, DEAD, type Matcher } from "./matcher";
import type { Shape } from "./shape";

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
  const mentioned = new Set(sides.flatMap(({ matcher }) => [...matcher.mentioned.keys()]));
  let fresh = 0xa1;
  while (mentioned.has(String.fromCharCode(fresh))) fresh++;
  const others = [...mentioned].filter((char) => char < " " || char > "~").sort();
  const letters = new Map<string, Letter>();
  for (const char of [...printable, ...others, String.fromCharCode(fresh)]) {
    const kind = shape.kindOf(char);
    const classes = sides.map(({ matcher }) => matcher.classOf(char));
    const key = `${kind},${classes.join()}`;
    if (!letters.has(key)) letters.set(key, { char, kind, classes });
  }
  return [...letters.values()];
}

export class Machine {
  private readonly alphabet: readonly Letter[];
  private readonly tuples: Int32Array[] = [];
  private readonly ids = new Map<string, number>();
  /** -1 if no string at all is accepted from the start. */
  readonly start: number;

  constructor(private readonly sides: readonly Side[], private readonly shape: Shape, private readonly meter: Meter) {
    this.alphabet = alphabetOf(sides, shape);
    const start = Int32Array.from([shape.start, ...sides.map(({ matcher }) => matcher.start)]);
    this.start = sides.some(({ positive }, index) => start[index + 1] === (positive ? DEAD : ALL)) ? -1 : this.idOf(start);
  }

  private idOf(tuple: Int32Array): number {
    const key = tuple.join();
    const found = this.ids.get(key);
    if (found !== undefined) return found;
    this.meter.spend();
    const id = this.tuples.push(tuple) - 1;
    this.ids.set(key, id);
    return id;
  }

  accepts(state: number): boolean {
    const tuple = this.tuples[state]!;
    return this.shape.accepts(tuple[0]!) && this.sides.every(({ matcher, positive }, index) => matcher.accepts(tuple[index + 1]!) === positive);
  }

  atAccount(state: number): boolean {
    return this.shape.atAccount(this.tuples[state]![0]!);
  }

  /** Calls back with each character and the state that it leads to, where a string may still be accepted. */
  each(state: number, visit: (char: string, next: number) => void): void {
    const from = this.tuples[state]!;
    const { sides } = this;
    for (const { char, kind, classes } of this.alphabet) {
      const shaped = this.shape.step(from[0]!, kind);
      if (shaped < 0) continue;
      const to = new Int32Array(from.length);
      to[0] = shaped;
      let alive = true;
      for (let index = 0; alive && index < sides.length; index++) {
        const { matcher, positive } = sides[index]!;
        const next = matcher.step(from[index + 1]!, classes[index]!);
        to[index + 1] = next;
        alive = next !== (positive ? DEAD : ALL);
      }
      if (alive) visit(char, this.idOf(to));
    }
  }

  /** The state after one character, which need not be of the alphabet; -1 if nothing is accepted beyond. */
  after(state: number, char: string): number {
    const from = this.tuples[state]!;
    const shaped = this.shape.step(from[0]!, this.shape.kindOf(char));
    const next = this.sides.map(({ matcher }, index) => matcher.step(from[index + 1]!, matcher.classOf(char)));
    if (shaped < 0 || this.sides.some(({ positive }, index) => next[index] === (positive ? DEAD : ALL))) return -1;
    return this.idOf(Int32Array.from([shaped, ...next]));
  }
}
