import { type PlotOptions, plot } from '@observablehq/plot';
import { raw } from 'hono/html';
import { parseHTML } from 'linkedom';
import type { Html } from './page.ts';

/** One colour a level, by the names that the style sheet gives them in light and in dark. */
export const LEVEL_COLORS = {
  type: 'ordinal',
  domain: ['confirmed', 'secondary', 'rumor', 'unknown', 'withdrawn', 'contradicted'],
  range: [
    'var(--confirmed)',
    'var(--secondary)',
    'var(--rumor)',
    'var(--faint)',
    'var(--withdrawn)',
    'var(--withdrawn)',
  ],
} as const;

/** A picture drawn here, so that a browser needs no script to show it; `label` is what it says in words. */
export function drawn(options: PlotOptions, label: string, className: string): Html {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const figure = plot({ ...options, document, className: 'plot' });
  // What stands in the style sheet already; the policy of our pages lets no style stand in the page.
  for (const style of figure.querySelectorAll('style')) style.remove();
  // One picture, one name: what its parts are called says nothing more.
  for (const part of figure.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label');
  figure.setAttribute('role', 'img');
  figure.setAttribute('aria-label', label);
  figure.setAttribute('class', `plot ${className}`);
  return raw(figure.outerHTML);
}
