import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { HashpactDebugSession } from './session.ts';

/** Serves one editor over standard input and output, until it leaves. */
export async function serveStdio(token?: string): Promise<void> {
  const session = new HashpactDebugSession(token);
  session.start(process.stdin, process.stdout);
  await session.ended;
  process.stdin.destroy();
}

const HEADER = 'Content-Length';

/**
 * Serves editors over TCP, on this machine alone; port 0 takes a free one. A web page can make a browser send requests to such a port, and a browser's
 * request has a header that would pass for the protocol's: whoever does not begin with the protocol's own header is cut off.
 */
export function servePort(port: number, token?: string): Promise<{ readonly port: number; readonly server: Server }> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', (first: Buffer) => {
      const begun = first.subarray(0, HEADER.length).toString('latin1');
      if (!HEADER.startsWith(begun)) return void socket.destroy();
      greet(socket, first, token);
    });
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve({ port: (server.address() as AddressInfo).port, server }));
  });
}

function greet(socket: Socket, first: Buffer, token: string | undefined): void {
  const session = new HashpactDebugSession(token);
  socket.pause();
  socket.unshift(first);
  session.start(socket, socket);
  void session.ended.then(() => socket.end());
}
