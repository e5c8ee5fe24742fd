import { parentPort, threadId } from 'node:worker_threads';

/**
 * A thread that does with each question what the question says, well or badly.
 * @param {string} question
 */
function answer(question) {
  switch (question) {
    case 'loop':
      for (;;) Math.sqrt(2);
    case 'backtrack':
      return /^(?:a+)+$/.test(`${'a'.repeat(64)}b`);
    case 'swell': {
      const held = [];
      for (;;) held.push(Array.from({ length: 10_000 }, () => ({ held: held.length })));
    }
    case 'die':
      throw new RangeError('It died of this.');
    case 'die later':
      setTimeout(() => {
        throw new RangeError('Nobody asked.');
      }, 5);
      return 'it will';
    default:
      return { read: question, by: threadId };
  }
}

parentPort?.on('message', (question) => parentPort?.postMessage(answer(question)));
parentPort?.postMessage('ready');
