import { afterAll, afterEach } from 'vitest';
import { endFile, endTest } from './endings.ts';

// A set-up file runs for every file of tests; a module that files of one worker share would hook into the first alone.
afterEach(endTest);
afterAll(endFile);
