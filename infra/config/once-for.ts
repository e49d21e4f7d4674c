/** A function of an object that nobody changes, such as a configuration: what it answers is worked out once for each. */
export function onceFor<Of extends object, Answer>(work: (of: Of) => Answer): (of: Of) => Answer {
  const known = new WeakMap<Of, { readonly answer: Answer }>();
  return (of) => {
    const found = known.get(of) ?? { answer: work(of) };
    known.set(of, found);
    return found.answer;
  };
}

/** The same of a text. */
export function onceForText<Answer>(work: (of: string) => Answer): (of: string) => Answer {
  const known = new Map<string, Answer>();
  return (of) => {
    if (!known.has(of)) known.set(of, work(of));
    return known.get(of) as Answer;
  };
}
