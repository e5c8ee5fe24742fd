/**
 * Loaded before a program (`--import …/shifted-clock.mjs?ahead=90000`): the clock of its machine is that many
 * milliseconds ahead, or behind when negative. The monotonic clock is as it is.
 */
const ahead = Number(new URL(import.meta.url).searchParams.get('ahead'));
const TrueDate = Date;

globalThis.Date = new Proxy(TrueDate, {
  construct: (target, args, created) =>
    Reflect.construct(target, args.length === 0 ? [TrueDate.now() + ahead] : args, created),
  apply: () => new TrueDate(TrueDate.now() + ahead).toString(),
  get: (target, key) =>
    key === 'now' ? () => TrueDate.now() + ahead : Reflect.get(target, key, target),
});
