// 10,000 deliveries from the outbox to a mail server on this machine, which is a process of its own.
import { join } from 'node:path';
import { openMailServer } from '../support/daemon.mjs';
import { compiled, scratch } from '../support/project.mjs';
import { figure, peakMemory } from '../support/report.mjs';

const DELIVERIES = 10_000;
const AT = '2026-04-22T00:00:00.000Z';

const { openStore } = await compiled('store/open.js');
const { dispatch } = await compiled('deliver/dispatch.js');
const { openChannels, closeChannels } = await compiled('deliver/registry.js');
const { manualClock } = await compiled('domain/clock.js');
const { idOf } = await compiled('domain/ids.js');

const store = await openStore({ url: join(scratch(), 'bench.db') });
const mail = await openMailServer();
const filling = performance.now();
for (let n = 0; n < DELIVERIES; n += 1) {
  const alert = alertOf(n);
  await store.outbox.enqueue(alert, [deliveryOf(alert)]);
}
const filled = performance.now() - filling;
const channels = openChannels(
  {
    mail: {
      kind: 'email',
      host: '127.0.0.1',
      port: mail.port,
      tls: 'none',
      from: 'a@b.example',
      to: ['c@d.example'],
    },
  },
  'config.yaml',
);
const { signal } = new AbortController();
const rules = { owner: 'bench', random: () => 0.5 };
const begun = performance.now();
const { sent } = await dispatch(store.outbox, channels, manualClock(AT), signal, rules);
const took = performance.now() - begun;
await closeChannels(channels);
await store.close();
mail.close();
if (sent !== DELIVERIES || mail.mails.length !== DELIVERIES) throw new Error(`${sent} were sent`);

figure('alerts queued, each in a write of its own', DELIVERIES / (filled / 1_000), 'a second');
figure('10,000 deliveries to a mail server', DELIVERIES / (took / 1_000), 'a second');
figure('peak memory', peakMemory(), 'MB');

/** An alert of usual size: two moves, a proof, a change of some words. */
function alertOf(n) {
  const id = idOf('al', n);
  const subject = `model-${n % 500}`;
  const words =
    'The model is available in the API from today, at the prices that were announced. '.repeat(3);
  const url = `https://developers.openai.com/api/docs/changelog#${n}`;
  const move = {
    transition: idOf('tr', n),
    facet: 'announced',
    from: 'rumor',
    to: 'confirmed',
    status: 'in_effect',
  };
  const proof = {
    quote: words,
    url,
    publisher: 'OpenAI',
    publisherClass: 'P1',
    observedAt: AT,
    snapshot: idOf('sn', n),
  };
  const change = {
    change: idOf('ch', n),
    kind: 'added',
    title: 'Apr 22',
    url,
    watcher: 'openai-changelog',
    parts: [{ kind: 'added', text: words }],
  };
  const message = {
    ...{
      alert: id,
      kind: 'level',
      at: AT,
      thread: `${subject}@${AT}`,
      title: `${subject}: rumor to confirmed`,
      subject,
      name: subject,
    },
    ...{
      vendor: 'openai',
      moves: [move, { ...move, facet: 'api_listed' }],
      proofs: [proof],
      changes: [change],
      unchecked: [],
      because: [words],
      entries: [],
    },
  };
  return { id, kind: 'level', subject, at: AT, transitions: [move.transition], message };
}

function deliveryOf({ id }) {
  return {
    ...{
      id: idOf('dl', id, 'mail'),
      alert: id,
      channel: 'mail',
      state: 'queued',
      attempts: 0,
      dueAt: AT,
    },
    ...{ digest: null, error: null, sentAt: null, receipt: null },
  };
}
