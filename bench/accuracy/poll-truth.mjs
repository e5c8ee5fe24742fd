/** What the polls of a list prove, worked out from the polls alone and by no code of the program. */

/** A listing counts at a later poll at least this long after the first that showed it, in milliseconds. */
const REPEAT = 10 * 60_000;
/** What is missing is gone at a later poll at least this long after the first that missed it. */
const GONE = 30 * 60_000;

/**
 * @typedef {object} Poll
 * @property {string} at
 * @property {readonly (string | { id: string })[]} [models] the whole list, in the first poll
 * @property {readonly (string | { id: string })[]} [added]
 * @property {readonly (string | { id: string })[]} [removed]
 *
 * @typedef {object} Presence
 * @property {'shown' | 'listed' | 'missed'} state
 * @property {string} since the first poll of the state
 * @property {boolean} isBaseline
 *
 * @typedef {object} PollTruth
 * @property {Map<string, string>} launches id to the poll at which its listing counts; the baseline's apart
 * @property {Map<string, string>} withdrawals id to the poll at which it is gone
 * @property {number} polls
 */

/**
 * @param {readonly Poll[]} polls
 * @returns {PollTruth}
 */
export function pollTruth(polls) {
  /** @type {Map<string, Presence>} */
  const known = new Map();
  const launches = new Map();
  const withdrawals = new Map();
  /** @type {Set<string>} */
  let list = new Set();
  let hadBaseline = false;
  for (const poll of polls) {
    list = listAfter(list, poll);
    // An empty list is a fault of the one who asks, and no baseline.
    if (list.size === 0) continue;
    for (const id of new Set([...known.keys(), ...list])) {
      const before = known.get(id);
      const now = after(before, list.has(id), poll.at, !hadBaseline);
      if (now === null) known.delete(id);
      else known.set(id, now);
      if (before?.state === 'shown' && now?.state === 'listed' && !now.isBaseline) {
        launches.set(id, poll.at);
      }
      if (before?.state === 'missed' && now === null) withdrawals.set(id, poll.at);
    }
    hadBaseline = true;
  }
  return { launches, withdrawals, polls: polls.length };
}

/**
 * @param {ReadonlySet<string>} list
 * @param {Poll} poll
 */
function listAfter(list, { models, added = [], removed = [] }) {
  const next = new Set(models === undefined ? list : models.map(idOf));
  for (const one of removed) next.delete(idOf(one));
  for (const one of added) next.add(idOf(one));
  return next;
}

/** @param {string | { id: string }} listed */
function idOf(listed) {
  return typeof listed === 'string' ? listed : listed.id;
}

/**
 * @param {Presence | undefined} before
 * @param {boolean} isShown
 * @param {string} at
 * @param {boolean} isBaseline
 * @returns {Presence | null} null for what is not there, or no longer
 */
function after(before, isShown, at, isBaseline) {
  if (before === undefined) return isShown ? { state: 'shown', since: at, isBaseline } : null;
  const passed = Date.parse(at) - Date.parse(before.since);
  switch (before.state) {
    case 'shown':
      if (!isShown) return null;
      return passed >= REPEAT ? { ...before, state: 'listed', since: at } : before;
    case 'listed':
      return isShown ? before : { ...before, state: 'missed', since: at };
    case 'missed':
      if (isShown) return { ...before, state: 'listed', since: at };
      return passed >= GONE ? null : before;
  }
}
