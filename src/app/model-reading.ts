import { systemClock } from '../domain/clock.ts';
import { UsageError } from '../domain/errors.ts';
import { silentLogger } from '../log.ts';
import { readPage, type SavedPage } from '../operations/read.ts';
import type { ReadView } from '../read/page-view.ts';
import { fetcherOf } from './build-fetcher.ts';
import { proposerOf } from './build-pipeline.ts';
import { openDatabase } from './open-database.ts';
import type { AppOptions } from './options.ts';

/**
 * What one page says, with the help of the model that the config names. Its answer and what it cost are kept in the
 * record, so that nobody pays for it twice; nothing else is written.
 */
export async function readPageWithModel(options: AppOptions, page: SavedPage): Promise<ReadView> {
  const { config, store, close } = await openDatabase(options);
  try {
    const { reading } = config.openai;
    if (reading === undefined) {
      throw new UsageError(
        `No model is named in ${config.file}: set openai.reading.model to let one help to read.`,
      );
    }
    const fetcher = fetcherOf(config, systemClock);
    try {
      const propose = proposerOf(config, store, fetcher.model, systemClock);
      const helper = { model: reading.model, propose };
      // What a log would say stands in the view.
      return await readPage(page, { proposals: store.proposals, log: silentLogger, helper });
    } finally {
      await fetcher.close();
    }
  } finally {
    await close();
  }
}
