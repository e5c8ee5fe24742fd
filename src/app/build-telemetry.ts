import type { Config } from '../config/config.ts';
import type { Environment } from '../config/secrets.ts';
import { openLog } from '../log.ts';
import { version } from '../package-root.ts';
import { noTelemetry, type Telemetry } from '../telemetry/telemetry.ts';
import { OWNER } from './build-pipeline.ts';

/** What a config tells to a collector, with what the usual variables say of it; nothing unless it says so. */
export async function telemetryOf(config: Config, environment: Environment): Promise<Telemetry> {
  const { on, endpoint = null } = config.telemetry;
  if (!on || environment['OTEL_SDK_DISABLED']?.toLowerCase() === 'true') return noTelemetry;
  const { secrets } = config;
  // Loaded here: who sends nothing should not wait for what would send it.
  const [log, { openTelemetry }] = await Promise.all([
    openLog({ level: config.log.level, secrets }),
    import('../telemetry/open-telemetry.ts'),
  ]);
  return openTelemetry({
    ...{ endpoint, environment, log, secrets },
    ...{ version: version(), instance: OWNER },
  });
}
