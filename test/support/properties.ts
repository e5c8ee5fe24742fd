import fc from 'fast-check';

/**
 * Every property of a run is drawn from one seed, which the configuration prints. A failure also prints its own seed
 * and path, and the draws that failed on the way to the smallest one. A property sets a higher `numRuns` of its own
 * where it needs more; `FIRSTHAND_RUNS` raises the usual number for a long run.
 */
fc.configureGlobal({
  seed: Number(process.env['FIRSTHAND_SEED']),
  numRuns: Number(process.env['FIRSTHAND_RUNS'] ?? 100),
  verbose: fc.VerbosityLevel.Verbose,
});
