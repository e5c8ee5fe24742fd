// A mail server in a process of its own, so that what it costs is not taken for what the program costs. Prints its port,
// then a line a mail: when it had it, and its Message-ID.
import { SMTPServer } from 'smtp-server';
import { wallTime } from './report.mjs';

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  onData(stream, _session, callback) {
    let head = '';
    stream.on('data', (chunk) => {
      if (head.length < 20_000) head += chunk;
    });
    stream.on('end', () => {
      const id = /^Message-ID: <([^>]+)>/im.exec(head)?.[1] ?? '';
      const subject = /^Subject: (.*)$/im.exec(head)?.[1] ?? '';
      process.stdout.write(`${JSON.stringify({ at: wallTime(), id, subject })}\n`);
      callback(null);
    });
  },
});
server.on('error', () => undefined);
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ port: server.server.address().port })}\n`);
});
