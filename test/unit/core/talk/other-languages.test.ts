import { describe, expect, it } from 'vitest';
import { blogPage, ruled } from '../../../support/reading.ts';

/** Subject, facet and day of what a sentence in the page's language says. */
function says(language: string, text: string): readonly string[] {
  const title = 'OpenAI';
  const item = { ...blogPage(`# ${title}\n\n${text}`, title), fields: { language } };
  return ruled(item).map(
    ({ claim: { subject, facet, value }, validTime, polarity }) =>
      `${polarity === 'deny' ? 'not ' : ''}${subject} ${facet}${value === null ? '' : `=${value}`} ${validTime?.from ?? '-'}`,
  );
}

describe('a release in another language', () => {
  it.each([
    ['zh', 'OpenAI 于２０２６年１１月２０日正式发布 GPT-5.5，现已在 API 中提供。'],
    ['zh', '2026年11月20日，OpenAI 正式发布了新一代模型 GPT-5.5。'],
    ['ja', 'OpenAIは2026年11月20日にGPT-5.5をリリースしました。'],
    ['ko', 'OpenAI가 2026년 11월 20일 GPT-5.5를 출시했다.'],
    ['de', 'OpenAI hat GPT-5.5 am 20. November 2026 veröffentlicht.'],
    ['fr', 'OpenAI a lancé GPT-5.5 le 20 novembre 2026.'],
    ['es', 'OpenAI lanzó GPT-5.5 el 20 de noviembre de 2026.'],
    ['pt', 'A OpenAI lançou o GPT-5.5 em 20 de novembro de 2026.'],
  ])(
    'a release in another language carries its day and is announced by the maker that does it (%s): %s',
    (language, text) => {
      const said = says(language, text);
      expect(said).toContain('gpt-5.5 announced=2026-11-20 2026-11-20');
      expect(said).toContain('gpt-5.5 announced 2026-11-20');
    },
  );

  it.each([
    ['zh', 'OpenAI 将于2026年11月20日发布 GPT-5.5。'],
    ['zh', 'OpenAI 尚未发布 GPT-5.5。'],
    ['zh', '如果 OpenAI 于2026年11月20日发布 GPT-5.5，价格会下降。'],
    ['ja', 'OpenAIは2026年11月20日にGPT-5.5をリリースする予定です。'],
    ['de', 'OpenAI GPT-5.5 wurde am 20. November 2026 auf Azure veröffentlicht.'],
  ])(
    'a release in another language announces nothing where it is planned, denied or another does it (%s): %s',
    (language, text) => {
      expect(says(language, text).filter((one) => one.startsWith('gpt-5.5 announced'))).toEqual([]);
    },
  );
});
