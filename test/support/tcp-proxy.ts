import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A line on this machine to a port that may be cut and moved: the network between a worker and its database. */
export interface TcpProxy {
  port: number;
  /** Lets nothing through in either direction and refuses nobody, as a cable that is pulled; what was sent waits. */
  cut(): void;
  /** Lets through what waited, and all that follows. */
  mend(): void;
  /** Leads to another port from now on; who is connected is thrown out, as when an address moves to another machine. */
  pointTo(port: number): void;
  close(): Promise<void>;
}

export async function openTcpProxy({ hostname, port: to }: URL): Promise<TcpProxy> {
  const pairs = new Map<Socket, Socket | null>();
  let target = Number(to);
  let isCut = false;

  function join(client: Socket): void {
    const upstream = connect(target, hostname);
    pairs.set(client, upstream);
    upstream.setNoDelay(true);
    upstream.pipe(client).pipe(upstream);
    const end = () => {
      upstream.destroy();
      client.destroy();
    };
    upstream.on('error', end).once('close', end);
  }

  const server = createServer((client) => {
    client.setNoDelay(true);
    pairs.set(client, null);
    client.on('error', () => client.destroy());
    client.once('close', () => {
      pairs.get(client)?.destroy();
      pairs.delete(client);
    });
    if (isCut) client.pause();
    else join(client);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));

  function throwOut(): void {
    for (const client of pairs.keys()) client.destroy();
  }

  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      isCut = true;
      for (const [client, upstream] of pairs) {
        upstream?.unpipe(client).pause();
        client.unpipe().pause();
      }
    },
    mend() {
      isCut = false;
      for (const [client, upstream] of pairs) {
        if (upstream === null) join(client);
        else upstream.pipe(client).pipe(upstream);
      }
    },
    pointTo(port) {
      target = port;
      throwOut();
    },
    close() {
      throwOut();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}
