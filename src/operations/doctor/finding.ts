import { asError } from '../../domain/errors.ts';

/** One thing the doctor looked at. A note is worth knowing and no fault. */
export interface Finding {
  about: string;
  state: 'ok' | 'note' | 'wrong';
  says: string;
  /** What to do about it; null when there is nothing to do. */
  todo: string | null;
}

export function ok(about: string, says: string): Finding {
  return { about, state: 'ok', says, todo: null };
}

export function note(about: string, says: string, todo: string | null = null): Finding {
  return { about, state: 'note', says, todo };
}

export function wrong(about: string, says: string, todo: string): Finding {
  return { about, state: 'wrong', says, todo };
}

/** A fault of ours in looking is told like any other, and keeps nobody from looking at the rest. */
export function unlooked(about: string, thrown: unknown): Finding {
  return wrong(
    about,
    `could not be looked at: ${asError(thrown).message}`,
    'report it, with this text',
  );
}
