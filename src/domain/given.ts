type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined | null> };

/** What was said at all: keys without a value are left out. */
export function given<T extends object>(said: T): Given<T> {
  const entries = Object.entries(said).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(entries) as Given<T>;
}
