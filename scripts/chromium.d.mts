/** The path of a Chromium that is already here, or null; throws when FIRSTHAND_CHROMIUM cannot be run. */
export function findChromium(env?: NodeJS.ProcessEnv): Promise<string | null>;

/** The path of a Chromium, installed first when there is none; throws with what to do when that fails. */
export function ensureChromium(options?: {
  env?: NodeJS.ProcessEnv;
  say?: (line: string) => void;
}): Promise<string>;
