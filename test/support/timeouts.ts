/**
 * How long a test waits for what has to come, and how often it looks, in milliseconds. Nothing is asserted by it: it
 * ends what hangs, and a machine with much else to do may stand still for many seconds.
 */
export const WAIT = { timeout: 240_000, interval: 20 };

/** Limits of a fetch and of a browser, in milliseconds, for tests of anything but limits. */
export const FETCH_TIMEOUTS = { connect: 90_000, headers: 90_000, idle: 90_000, total: 240_000 };
export const BROWSER_TIMEOUTS = { launch: 240_000, open: 90_000, close: 30_000 };
