import type { BoardView } from '../read/views.ts';
import { dayWords, levelWords } from './page.ts';

/** What is here, for language models that read a site by its `llms.txt`. */
export function llmsText({ rows, asOf }: BoardView, site: string): string {
  const lines = rows.map(({ subject, name, level, status, since }) => {
    const from = since === null ? '' : ` since ${dayWords(since)}`;
    return `- [${name}](${site}/models/${subject}): ${levelWords(level, status)}${from}`;
  });
  return `# firsthand

> Which AI models are out and who says so, from kept evidence. "confirmed" rests on the vendor's own pages; a place that was
> not read recently is told as such, and never as "no". Known at ${asOf}.

## Models

${lines.join('\n')}

## For programs

- [API description](${site}/openapi.json): OpenAPI 3.1
- [Feed of everything](${site}/feeds/all.atom)
- [Calendar of retirements](${site}/calendar.ics)
`;
}
