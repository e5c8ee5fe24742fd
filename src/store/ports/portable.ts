/** What was carried over. */
export interface PortableSummary {
  rows: number;
  /** Over all rows; the same for the same content in any database. */
  sha256: string;
}

/** The whole database as lines of text that any kind of database can take in. */
export interface Portable {
  /** Gives every row, as they stand at one moment. */
  write(take: (line: string) => void | Promise<void>): Promise<PortableSummary>;
  /**
   * Fills an empty database, all or nothing, and proves by hash that it holds what was written. Throws `UsageError` when
   * it is not empty or the lines come from another version, `StoreError` of kind corrupt when they do not hold.
   */
  read(lines: () => AsyncIterable<string>): Promise<PortableSummary>;
}
