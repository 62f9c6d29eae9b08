import { type ChildProcess, spawn } from 'node:child_process';
import { connect } from 'node:net';
import { DebugClient } from '@vscode/debugadapter-testsupport';
import pc from 'picocolors';
import { afterAll, describe, expect, it } from 'vitest';
import type { Console } from '../../src/cli/console.ts';
import { main } from '../../src/cli/main.ts';
import { servePort } from '../../src/dap/serve.ts';
import { LIGHTHOUSE, lineOf } from './client.ts';

const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill();
});

/** `hashpact dap` in a process of its own, as an editor starts it; `ended` is its exit code and what it wrote to standard error. */
function hashpactDap(): { child: ChildProcess; ended: Promise<[number | null, string]> } {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', 'dap']);
  children.push(child);
  let told = '';
  child.stderr.on('data', (data) => {
    told += String(data);
  });
  return { child, ended: new Promise((resolve) => child.once('exit', (code) => resolve([code, told]))) };
}

class Client extends DebugClient {
  constructor(child?: ChildProcess) {
    super('node', '', 'hashpact');
    this.defaultTimeout = 30_000;
    if (child) this.connect(child.stdout!, child.stdin!);
  }
}

/** What the command line says to a person. */
async function told(...args: string[]): Promise<{ code: number; err: string }> {
  const err: string[] = [];
  const console: Console = {
    out: () => {},
    err: (text) => void err.push(text),
    paint: pc.createColors(false),
    width: 100,
    watched: false,
  };
  return { code: await main(['dap', ...args], console), err: err.join('\n') };
}

/** What a connection that sends this gets back until it is closed. */
const sent = (port: number, text: string): Promise<string> =>
  new Promise((resolve) => {
    let got = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.on('data', (data) => {
      got += String(data);
    });
    socket.on('error', () => resolve(got));
    socket.on('close', () => resolve(got));
  });

describe('hashpact dap', () => {
  it.concurrent('serves an editor over standard input and output, and ends when it leaves', async () => {
    const { child, ended } = hashpactDap();
    const client = new Client(child);
    await client.hitBreakpoint({ program: LIGHTHOUSE } as never, { path: LIGHTHOUSE, line: lineOf('probing:') });
    await client.disconnectRequest();
    expect(await ended).toEqual([0, '']);
  });

  it.concurrent('ends when its standard input does', async () => {
    const { child, ended } = hashpactDap();
    child.stdin!.end();
    expect(await ended).toEqual([0, '']);
  });

  it('serves several editors on a port of this machine alone', async () => {
    const { port, server } = await servePort(0);
    expect(server.address()).toMatchObject({ address: '127.0.0.1' });
    const editors = await Promise.all(
      [1, 2].map(async () => {
        const client = new Client();
        await client.start(port);
        return client;
      }),
    );
    const lines = [lineOf('probing:'), lineOf('- id: winter')];
    await Promise.all(
      editors.map((one, i) =>
        one.hitBreakpoint({ program: LIGHTHOUSE } as never, { path: LIGHTHOUSE, line: lines[i] }),
      ),
    );
    await Promise.all(editors.map((one) => one.stop()));
    await new Promise((closed) => server.close(closed));
  });

  it('cuts off a web page that makes a browser send it something', async () => {
    const { port, server } = await servePort(0);
    const body = JSON.stringify({ seq: 1, type: 'request', command: 'initialize', arguments: { adapterID: 'x' } });
    const header = `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
    expect(await sent(port, `POST / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${header}`)).toBe('');
    const fair = new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        // In two pieces, as a network may deliver it.
        socket.write(header.slice(0, 5));
        setTimeout(() => socket.write(header.slice(5)), 20);
      });
      socket.once('data', (data) => {
        resolve(String(data));
        socket.destroy();
      });
    });
    expect(await fair).toContain('supportsStepBack');
    await new Promise((closed) => server.close(closed));
  });

  it('refuses a bad or taken port in a sentence', async () => {
    const { port, server } = await servePort(0);
    const taken = await told('--port', String(port));
    expect(taken).toMatchObject({ code: 2, err: expect.stringContaining(`port ${port} is in use`) });
    const bad = await told('--port', 'x');
    expect(bad).toMatchObject({ code: 2, err: expect.stringContaining('--port takes a whole number') });
    expect(await told('--token', '')).toMatchObject({ code: 2, err: expect.stringContaining('must not be empty') });
    await new Promise((closed) => server.close(closed));
  });
});
