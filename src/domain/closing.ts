/** Runs work on what is open, and closes it whatever happens. */
export async function closing<T extends { close(): Promise<void> | void }, R>(
  open: T,
  work: (open: T) => Promise<R>,
): Promise<R> {
  try {
    return await work(open);
  } finally {
    await open.close();
  }
}
