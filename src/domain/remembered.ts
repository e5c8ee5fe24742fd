/** A function of an object that is asked again and again, its answers kept as long as the objects. */
export function remembered<Key extends object, Answer>(
  answer: (key: Key) => Answer,
): (key: Key) => Answer {
  const known = new WeakMap<Key, { answer: Answer }>();
  return (key) => {
    const before = known.get(key) ?? { answer: answer(key) };
    known.set(key, before);
    return before.answer;
  };
}
