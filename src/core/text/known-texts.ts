/** What was read out of texts, by text: a page that changed is mostly what it was. */
export interface KnownTexts<T> {
  get(text: string): T | undefined;
  /** `size` is what the reading takes, in characters; the text itself is counted too. */
  put(text: string, reading: T, size: number): void;
}

/** Keeps readings up to a number of characters; the oldest go first, and one that would take a large part is not kept. */
export function knownTexts<T>(most: number): KnownTexts<T> {
  const readings = new Map<string, { reading: T; size: number }>();
  let taken = 0;
  return {
    get: (text) => readings.get(text)?.reading,
    put(text, reading, size) {
      const whole = text.length + size;
      if (whole > most / 20 || readings.has(text)) return;
      readings.set(text, { reading, size: whole });
      taken += whole;
      for (const [oldest, of] of readings) {
        if (taken <= most) break;
        readings.delete(oldest);
        taken -= of.size;
      }
    },
  };
}
