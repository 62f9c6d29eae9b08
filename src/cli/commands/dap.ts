import { servePort, serveStdio } from '../../dap/serve.ts';
import { type Console, EXIT, Refusal } from '../console.ts';
import { fileTrouble } from '../files.ts';
import { wholeNumber } from '../scenarios.ts';

/** `hashpact dap`: the debug adapter, over standard input and output or on a port of this machine. */
export async function dap(
  _: readonly string[],
  given: Readonly<Record<string, unknown>>,
  console: Console,
): Promise<number> {
  const token = given['token'] === undefined ? undefined : String(given['token']);
  if (token === '') throw new Refusal('--token must not be empty');
  if (given['port'] === undefined) {
    await serveStdio(token);
    return EXIT.done;
  }
  const wanted = wholeNumber('--port', String(given['port']), 0, 65_535);
  const { port, server } = await servePort(wanted, token).catch((error: { code?: string }) => {
    if (error.code === 'EADDRINUSE')
      throw new Refusal(`port ${wanted} is in use`, 'give another one, or 0 for any that is free');
    throw fileTrouble(error, `port ${wanted}`, 'read');
  });
  console.err(`hashpact dap: listening on 127.0.0.1:${port}`);
  await new Promise((stopped) => server.once('close', stopped));
  return EXIT.done;
}
