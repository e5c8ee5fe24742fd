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
  /** @type {PollTruth} */
  const truth = { launches: new Map(), withdrawals: new Map(), polls: polls.length };
  /** @type {Map<string, Presence>} */
  const known = new Map();
  /** @type {Set<string>} */
  let list = new Set();
  for (const poll of polls) {
    list = listAfter(list, poll);
    // An empty list is a fault of the one who asks, and no baseline.
    if (list.size > 0) follow(truth, known, list, poll.at);
  }
  return truth;
}

/**
 * @param {PollTruth} truth
 * @param {Map<string, Presence>} known
 * @param {ReadonlySet<string>} list
 * @param {string} at
 */
function follow(truth, known, list, at) {
  const isBaseline = known.size === 0;
  for (const id of new Set([...known.keys(), ...list])) {
    const before = known.get(id) ?? null;
    const now = after(before, list.has(id), at, isBaseline);
    if (now === null) known.delete(id);
    else known.set(id, now);
    if (isLaunch(before, now)) truth.launches.set(id, at);
    if (before?.state === 'missed' && now === null) truth.withdrawals.set(id, at);
  }
}

/**
 * @param {Presence | null} before
 * @param {Presence | null} now
 */
function isLaunch(before, now) {
  return before?.state === 'shown' && now?.state === 'listed' && !now.isBaseline;
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
 * What an id is after a poll; null for what is not there, or no longer.
 * @param {Presence | null} before
 * @param {boolean} isShown
 * @param {string} at
 * @param {boolean} isBaseline
 * @returns {Presence | null}
 */
function after(before, isShown, at, isBaseline) {
  if (before === null) return isShown ? { state: 'shown', since: at, isBaseline } : null;
  const hasPassed = (/** @type {number} */ time) =>
    Date.parse(at) - Date.parse(before.since) >= time;
  const next = isShown ? whenShown(before, hasPassed(REPEAT)) : whenMissed(before, hasPassed(GONE));
  if (next === null || next === before.state) return next === null ? null : before;
  return { ...before, state: next, since: at };
}

/**
 * @param {Presence} before
 * @param {boolean} isRepeated
 */
function whenShown({ state }, isRepeated) {
  return state === 'shown' && !isRepeated ? 'shown' : 'listed';
}

/**
 * @param {Presence} before
 * @param {boolean} isGone
 */
function whenMissed({ state }, isGone) {
  if (state === 'shown' || (state === 'missed' && isGone)) return null;
  return 'missed';
}
