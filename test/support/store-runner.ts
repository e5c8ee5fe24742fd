import { once } from 'node:events';
import type { Claim } from '../../src/domain/claim.ts';
import { idOf, sha256Hex } from '../../src/domain/ids.ts';
import { instantOf } from '../../src/domain/time.ts';
import { openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/store.ts';

/** A process of its own that works on a database: `node store-runner.js lease|write <path> <name>`. */
const [work, path, name] = process.argv.slice(2);
const store = await openStore({ url: path ?? '' });
if (work === 'lease') await leaseAll(store, name ?? '');
else await writeForEver(store, name ?? '');
await store.close();

/** Checks every due target once, a few at a time, and prints the ids; after the first few it waits for the end of its input. */
async function leaseAll(store: Store, owner: string): Promise<void> {
  const told = once(process.stdin.resume(), 'end');
  const [now, until] = [moment(1), moment(600)];
  for (;;) {
    const leases = await store.targets.leaseDue(now, until, owner, 7);
    if (leases.length === 0) return;
    for (const { target } of leases) {
      await store.targets.settle(target.id, owner, { dueAt: moment(3_600), lastCheckAt: now });
      process.stdout.write(`${target.id}\n`);
    }
    await told;
  }
}

/** Writes what belongs together until it is stopped, and prints a number for each transaction that is done. */
async function writeForEver(store: Store, subject: string): Promise<never> {
  for (let n = 0; ; n++) {
    const at = moment(n);
    const claim: Claim = {
      key: sha256Hex(`${subject} ${n}`) as Claim['key'],
      subject,
      facet: 'announced',
      qualifiers: {},
      value: `${n}`,
      criterion: 'a vendor entry names it',
    };
    const transition = idOf('tr', claim.key);
    const alert = idOf('al', claim.key);
    await store.write(async (tx) => {
      await tx.claims.add([claim], at);
      await tx.claims.addTransitions([
        {
          id: transition,
          claim: claim.key,
          subject,
          at,
          from: { level: 'unknown', status: 'never_reported' },
          to: { level: 'rumor', status: 'current' },
          rule: '5',
          evidence: [],
          quiet: false,
          policy: idOf('po', 'usual'),
        },
      ]);
      const message = {
        alert,
        kind: 'level',
        at,
        thread: `${subject}@${at}`,
        title: 'It moved',
        subject,
        name: subject,
        vendor: 'openai',
        moves: [],
        proofs: [],
        changes: [],
        unchecked: [],
        because: [],
        entries: [],
      } as const;
      await tx.outbox.enqueue(
        {
          id: alert,
          kind: 'level',
          subject,
          at,
          transitions: [transition],
          message,
          routing: null,
        },
        [
          {
            id: idOf('dl', alert),
            alert,
            channel: 'mail',
            state: 'queued',
            attempts: 0,
            dueAt: at,
            digest: null,
            error: null,
            sentAt: null,
            receipt: null,
          },
        ],
      );
    });
    process.stdout.write(`${n}\n`);
  }
}

function moment(seconds: number): string {
  return instantOf(Date.UTC(2026, 3, 1) + seconds * 1_000);
}
