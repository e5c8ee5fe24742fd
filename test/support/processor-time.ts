/**
 * Milliseconds of processor time that this process takes for some work. A clock also counts what others do on the
 * machine; this does not, so that a bound holds however busy it is.
 */
export async function processorTime(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
