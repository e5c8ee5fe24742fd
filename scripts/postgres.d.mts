/** The folder with the programs of a Postgres that is here, or null; throws when FIRSTHAND_POSTGRES names none. */
export function findPostgres(env?: NodeJS.ProcessEnv): string | null;

/** The folder of a Postgres, installed first when there is none and this is Debian's root; throws with what to do. */
export function ensurePostgres(options?: {
  env?: NodeJS.ProcessEnv;
  say?: (line: string) => void;
}): string;

/** A server for trials, which can be ended and started again. */
export interface PostgresServer {
  url: string;
  port: number;
  data: string;
  programs: string;
  who: { uid?: number; gid?: number };
  restart(): Promise<void>;
  stop(how?: NodeJS.Signals): Promise<void>;
  start(): Promise<void>;
  /** Lets a server that followed another take its place. */
  promote(): Promise<void>;
  remove(): Promise<void>;
}

/**
 * Starts a server over an empty folder, or over a copy of the server at `standbyOf`, which it then follows; throws with
 * what to do where there is no Postgres.
 */
export function startPostgres(
  settings?: readonly string[],
  standbyOf?: string | null,
): Promise<PostgresServer>;

/** A server in a process of its own, which ends it when it is let go of, even by a kill. */
export function servePostgres(): Promise<{ url: string; stop(): Promise<void> }>;
