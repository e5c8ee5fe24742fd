import type { KeptPage, Proven } from '../read/kept-page.ts';
import { bold, dim, green, localTime, red, terminal, wrapped } from './print.ts';

/** One stored page: when and how it was had, whether it is whole, and what was read in it. */
export function printKeptPage(page: KeptPage): void {
  const { finalUrl, status, contentType, bytes, bodyHash } = page;
  terminal.text(bold(finalUrl));
  terminal.line(`had ${localTime(page.fetchedAt)} as ${page.snapshot}`);
  terminal.text(dim(`by ${page.target}`), '  ');
  terminal.line(dim(`answered ${status}, ${contentType}, ${bytes} bytes`));
  const kept = page.verified
    ? green(`the stored bytes hash to ${bodyHash.slice(0, 16)}…`)
    : red('the stored bytes could not be verified');
  terminal.line(kept);
  terminal.line();
  if (page.evidence.length === 0) terminal.line('Nothing rests on it.');
  for (const { id, subject, quote } of page.evidence) {
    terminal.text(`${bold(subject)} “${quote}”`, '  ');
    terminal.line(dim(`  ${id}`));
  }
  if (page.more > 0) terminal.line(dim(`and ${page.more} more`));
}

/** What proves an alert or a story, quote by quote. */
export function printProven({ id, title, proofs }: Proven): void {
  terminal.text(bold(title));
  terminal.line(dim(id));
  if (proofs.length === 0) {
    const whole = id.startsWith('st_') ? 'stories show' : 'alerts show';
    terminal.line(`It was told without a quote. What it says: firsthand ${whole} ${id}`);
  }
  const width = terminal.width - 2;
  for (const { quote, url, publisher, observedAt, snapshot, evidence } of proofs) {
    terminal.line();
    terminal.text(`“${quote}”`, '  ');
    terminal.line(`  ${wrapped(`${publisher}, seen ${localTime(observedAt)}`, width, '  ')}`);
    terminal.line(dim(`  ${wrapped(url, width, '  ')}`));
    terminal.line(dim(`  ${evidence ?? 'read anew since'} on ${snapshot}`));
  }
}
