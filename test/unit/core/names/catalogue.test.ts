import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RUNS } from '../../../support/judging.ts';
import { AROUND, BEFORE, BEHIND, formsOf, found, names } from '../../../support/names.ts';

const subjects = names.subjects();
/** A product or codename in plain words may be part of other names; an id and a model's name may not. */
const models = subjects.filter(({ kind }) => kind === 'model' || kind === 'snapshot');
const withoutMark = (mentions: readonly string[]) => mentions.map((one) => one.replace('~', ''));

it('every name in the catalogue is tried in more than 300 cases', () => {
  const forms = subjects.flatMap((subject) => formsOf(subject)).length;
  const strict = models.flatMap((model) => formsOf(model)).length;
  const cases = forms * AROUND.length + strict * (BEHIND.length + BEFORE.length);
  expect(cases).toBeGreaterThan(300);
});

it.each(subjects.map((subject) => [subject.id, subject] as const))(
  'every name in the catalogue names %s, and nothing else, whatever stands around it',
  (id, subject) => {
    const wrong = formsOf(subject).flatMap((form) =>
      AROUND.map(([where, put]) => ({ where, text: put(form) })).filter(
        ({ text }) => withoutMark(found(text)).join() !== id,
      ),
    );
    expect(wrong).toEqual([]);
  },
);

it.each(models.map((model) => [model.id, model] as const))(
  'every name in the catalogue names %s no more when something continues it',
  (id, model) => {
    const continued = formsOf(model).flatMap((form) => [
      ...BEHIND.map((sign) => `use ${form}${sign} now`),
      ...BEFORE.map((sign) => `use ${sign}${form} now`),
    ]);
    expect(continued.filter((text) => withoutMark(found(text)).includes(id))).toEqual([]);
  },
);

it.each(models.filter(({ kind, moving }) => kind === 'model' && !moving).map(({ id }) => id))(
  'every name in the catalogue of %s with a day behind it is a snapshot, in capitals and as a file the same, as a slug found',
  (id) => {
    expect(found(`use ${id}-2026-02-03 now`)).toEqual([`${id}-2026-02-03`]);
    expect(found(`see ${id}.md`)).toEqual([id]);
    if (id.length > 2) expect(found(`Use ${id.toUpperCase()} now`)).toEqual([id]);
    const slug = `introducing-${id.replaceAll('.', '-')}`;
    expect(names.findInSlug(slug, '2027-01-01T00:00:00.000Z')).toMatchObject([{ subject: id }]);
  },
);

it('13: every name in the catalogue is no match once .5, -all, 0, -mini or the like is put behind it', () => {
  const form = fc.constantFrom(
    ...models.flatMap((model) => formsOf(model).map((text) => ({ text, id: model.id }))),
  );
  // `.0` behind a version is the version itself, and a dot with letters the ending of a file.
  const rest = fc.oneof(
    fc.constantFrom(...BEHIND),
    fc.stringMatching(/^[-.]?[a-z0-9]{1,6}$/).filter((sign) => !/^([-.][a-z]|\.0+$)/.test(sign)),
    fc.stringMatching(/^_[a-z0-9]{0,4}$/),
  );
  const around = fc.constantFrom(...AROUND.map(([, put]) => put));
  fc.assert(
    fc.property(form, rest, around, ({ text, id }, sign, put) => {
      expect(withoutMark(found(put(`${text}${sign}`)))).not.toContain(id);
    }),
    RUNS,
  );
});

it('13: every name in the catalogue is no match inside of a longer word', () => {
  const form = fc.constantFrom(
    ...models.flatMap((model) => formsOf(model).map((text) => ({ text, id: model.id }))),
  );
  const rest = fc.stringMatching(/^[a-z0-9._-]{0,5}[a-z0-9_-]$/);
  fc.assert(
    fc.property(form, rest, ({ text, id }, sign) => {
      expect(withoutMark(found(`use ${sign}${text} now`))).not.toContain(id);
    }),
    RUNS,
  );
});
