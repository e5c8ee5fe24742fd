import { makeBadge } from 'badge-maker';
import type { Hono } from 'hono';
import { momentIn } from '../api/moment.ts';
import { NotFoundError } from '../domain/errors.ts';
import { glanceOf } from '../read/glance.ts';
import { answerNamed, type Known } from '../read/known.ts';
import type { SurfaceView } from '../read/surface-view.ts';
import type { SiteOptions } from './site-options.ts';

interface Badge {
  label: string;
  message: string;
  color: string;
}

const COLORS: Readonly<Record<string, string>> = {
  confirmed: '#12703f',
  secondary: '#8a5300',
  rumor: '#7a3b9c',
  unknown: '#5f6b76',
  withdrawn: '#ab2323',
  contradicted: '#ab2323',
};

/** A model's place in the API in a few words, for a README: `gpt-image-2 | in the API since 2026-04-21`. */
async function badgeOf(known: Known, typed: string, asOf: string): Promise<Badge> {
  const answer = await answerNamed(known, typed, asOf);
  const { surfaces } = glanceOf(answer, known);
  const place = (name: string) => surfaces.find(({ surface }) => surface === name);
  return { label: answer.subject.id, ...messageOf(place('api'), place('retired')) };
}

/** A day that has come is no end before a look past it. */
const ENDS: Readonly<Record<string, string>> = { scheduled: 'retires', due: 'was to retire' };

function messageOf(
  api: SurfaceView | undefined,
  retired: SurfaceView | undefined,
): Omit<Badge, 'label'> {
  if (retired?.level === 'confirmed') {
    const on = retired.value === null ? '' : ` on ${retired.value}`;
    const isAhead = retired.status === 'scheduled';
    return {
      message: `${ENDS[retired.status] ?? 'retired'}${on}`,
      color: COLORS[isAhead ? 'secondary' : 'withdrawn'] ?? '',
    };
  }
  const level = api?.level ?? 'unknown';
  const color = COLORS[level] ?? '';
  if (level === 'confirmed') {
    const since = api?.since == null ? '' : ` since ${api.since.slice(0, 10)}`;
    return { message: `in the API${since}`, color };
  }
  if (level === 'withdrawn') return { message: 'no longer in the API', color };
  if (level === 'unknown') return { message: unknownWords(api), color };
  return { message: `in the API: ${level} only`, color };
}

function unknownWords(api: SurfaceView | undefined): string {
  return api?.checked.state === 'silent' ? 'not in the API' : 'cannot say';
}

/** The badge itself, and what shields.io draws one from. */
export function badgeRoutes(site: Hono, { live, clock }: SiteOptions): void {
  site.get('/badge/:file{.+\\.(?:svg|json)}', async (context) => {
    const [, id = '', type] = /^(.+)\.(svg|json)$/.exec(context.req.param('file')) ?? [];
    const asOf = momentIn(context.req.query('as-of'), clock);
    const badge = await live.ask((known) => badgeOf(known, id, asOf)).catch(unknownBadge(id));
    context.header('cache-control', 'public, max-age=300');
    if (type === 'json') return context.json({ schemaVersion: 1, ...badge });
    context.header('content-type', 'image/svg+xml');
    return context.body(makeBadge({ ...badge, style: 'flat' }));
  });
}

/** A README shows a broken picture for an error: a model nobody knows gets a badge that says so. */
function unknownBadge(id: string): (thrown: unknown) => Badge {
  return (thrown) => {
    if (!(thrown instanceof NotFoundError)) throw thrown;
    return { label: id.slice(0, 60), message: 'unknown', color: COLORS['unknown'] ?? '' };
  };
}
