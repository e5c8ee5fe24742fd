// A site in a process of its own, so that what it costs is not taken for what the program costs. Every address has one
// page of some 31 KB with an ETag, and answers 304 to who has it. Prints its port.
import { createServer } from 'node:http';

const words =
  'The laboratory describes what its picture model does with a long order of many parts. ';
const text = Array.from({ length: 60 }, (_, n) => `<h2>Part ${n}</h2><p>${words.repeat(6)}</p>`);
const body = `<!doctype html><html lang="en"><head><title>A long page</title></head><body><main>${text.join('\n')}</main></body></html>`;
const headers = { 'content-type': 'text/html; charset=utf-8', etag: '"one"' };

const server = createServer((request, response) => {
  if (request.url === '/robots.txt') response.writeHead(404).end();
  else if (request.headers['if-none-match'] === headers.etag)
    response.writeHead(304, headers).end();
  else response.writeHead(200, headers).end(body);
});
server.listen(0, '127.0.0.1', () => {
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  process.stdout.write(`${JSON.stringify({ port })}\n`);
});
