/** Whether a dimension has values that everything asked of it is true of, and the shortest of them. */
import { NotProvable, type Meter } from "./budget";
import { costOf, type Atom, type Dimension, type Domain, type Values } from "./dimension";
import type { Side } from "./language/machine";
import { shortest } from "./language/walk";
import { shortestOf } from "./language/within";
import { isMatcher, rangeHolds, type Comparison, type Range } from "./predicate";

type Asked = Exclude<Range, boolean>;

export function sidesOf(domain: Domain, asked: readonly Asked[]): readonly Side[] {
  const sides: Side[] = [{ matcher: domain.like, positive: true }];
  if (domain.unlike.patterns.length > 0) sides.push({ matcher: domain.unlike, positive: false });
  for (const { predicate, positive } of asked) if (isMatcher(predicate)) sides.push({ matcher: predicate, positive });
  return sides;
}

const shorter = (left: string, right: string) => left.length - right.length;

/**
 * The shortest string of the domain that is in every range; undefined if there is none.
 *
 * @throws OutOfBudget
 * @throws NotProvable where a key is compared both as text and as a number, a date or an address
 */
export function solveValue(domain: Domain, ranges: readonly Range[], meter: Meter): string | undefined {
  if (ranges.includes(false)) return undefined;
  const asked = ranges.filter((range): range is Asked => typeof range !== "boolean");
  const comparisons = asked.map(({ predicate }) => predicate).filter((predicate): predicate is Comparison => !isMatcher(predicate));
  const fits = (value: string) => asked.every((range) => rangeHolds(range, value));
  if (domain.listed) {
    meter.spend(domain.listed.length);
    return [...domain.listed].sort(shorter).find(fits);
  }
  if (comparisons.length === 0 && (!domain.family || comparisons.length < asked.length || !domain.everything)) return shortest(sidesOf(domain, asked), domain.shape, meter);

  const families = new Set([...comparisons.map(({ family }) => family), ...(domain.family ? [domain.family] : [])]);
  const constants = comparisons.flatMap((comparison) => comparison.constants);
  const texts = asked.flatMap(({ predicate }) => (isMatcher(predicate) ? predicate.patterns.map(shortestOf) : []));
  const candidates = [...families].flatMap((family) => [...family.representatives(constants), ...(domain.family ? [] : family.malformed)]);
  const all = [...new Set([...candidates, ...texts])];
  meter.spend(all.length);
  const found = all.filter((value) => domain.like.holds(value) && !domain.unlike.holds(value) && fits(value)).sort(shorter)[0];
  // Between the constants all values behave alike, so where nothing else is asked, no candidate means no value.
  if (found === undefined && (families.size > 1 || comparisons.length < asked.length || !domain.everything)) {
    throw new NotProvable(`a value is compared both as text and as one of ${[...families].map(({ name }) => name).join(" and ")}`);
  }
  return found;
}

/** Up to so many values that have to be in a set, the smallest set is sought; beyond, each gets its own. */
const fewEnough = 4;

/** The smallest set of values with at least one in each of `some`, all of them in every one of `every`. */
function solveSet(domain: Domain, every: readonly Range[], some: readonly Range[], meter: Meter): readonly string[] | undefined {
  if (some.length === 0) {
    const value = solveValue(domain, every, meter);
    return value === undefined ? undefined : [value];
  }
  if (some.length > fewEnough) {
    const values: string[] = [];
    for (const range of some) {
      if (values.some((value) => rangeHolds(range, value))) continue;
      const value = solveValue(domain, [...every, range], meter);
      if (value === undefined) return undefined;
      values.push(value);
    }
    return values;
  }
  // The first range is served together with any choice of the others, the rest by a set of their own.
  const [first, ...others] = some as [Range, ...Range[]];
  let best: readonly string[] | undefined;
  for (let choice = 0; choice < 1 << others.length; choice++) {
    const together = others.filter((_, index) => choice & (1 << index));
    const value = solveValue(domain, [...every, first, ...together], meter);
    if (value === undefined) continue;
    const apart = others.filter((_, index) => !(choice & (1 << index)));
    const rest = apart.length === 0 ? [] : solveSet(domain, every, apart, meter);
    if (!rest) continue;
    const values = [...new Set([value, ...rest])];
    if (!best || costOf(values) < costOf(best)) best = values;
  }
  return best;
}

/**
 * The shortest values of the dimension of which all the atoms are true; false if there are none.
 *
 * @throws OutOfBudget
 * @throws NotProvable
 */
export function solve(dimension: Dimension, atoms: readonly Atom[], meter: Meter): Values | false {
  if (dimension.presence === "either" && atoms.every(({ absent }) => absent)) return undefined;
  const rangesWhere = (test: (atom: Atom) => boolean) => atoms.filter(test).map(({ range }) => range);
  if (!dimension.many) {
    const value = solveValue(dimension.domain, rangesWhere(() => true), meter);
    return value === undefined ? false : [value];
  }
  return solveSet(dimension.domain, rangesWhere(({ every }) => every), rangesWhere(({ every }) => !every), meter) ?? false;
}
