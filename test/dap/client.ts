import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { DebugClient } from '@vscode/debugadapter-testsupport';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { HashpactDebugSession } from '../../src/dap/session.ts';

export const LIGHTHOUSE = resolve('test/fixtures/lighthouse.yaml');

/** An editor's side of the protocol, talking to an adapter in this process. Keeps every message the adapter sends. */
export class Editor extends DebugClient {
  readonly session: HashpactDebugSession;
  readonly messages: (DebugProtocol.Response & DebugProtocol.Event)[] = [];

  constructor(token?: string) {
    super('node', '', 'hashpact');
    this.defaultTimeout = 30_000;
    this.session = new HashpactDebugSession(token);
    const toAdapter = new PassThrough();
    const toEditor = new PassThrough();
    this.session.onDidSendMessage((message) => this.messages.push(JSON.parse(JSON.stringify(message))));
    this.session.start(toAdapter, toEditor);
    this.connect(toEditor, toAdapter);
  }

  /** Opens a scenario and stops before anything happens. */
  async enter(more: object = {}): Promise<void> {
    const stopped = this.waitForEvent('stopped');
    await Promise.all([
      this.configurationSequence(),
      this.launch({ program: LIGHTHOUSE, stopOnEntry: true, ...more } as never),
    ]);
    await stopped;
  }

  /** Sends what moves the talks, and waits for where they stop. */
  async go(command: string, args: object = {}): Promise<DebugProtocol.StoppedEvent['body']> {
    const stopped = this.waitForEvent('stopped');
    const [event] = await Promise.all([stopped, this.customRequest(command, { threadId: 1, ...args })]);
    return (event as DebugProtocol.StoppedEvent).body;
  }

  /** What a request is answered with, whether it succeeds or not. */
  ask(command: string, args?: object): Promise<DebugProtocol.Response> {
    return new Promise((answered) => {
      (this as unknown as { doSend(c: string, a: unknown, f: (r: DebugProtocol.Response) => void): void }).doSend(
        command,
        args,
        answered,
      );
    });
  }

  async top(): Promise<DebugProtocol.StackFrame> {
    return (await this.stackTraceRequest({ threadId: 1 })).body.stackFrames[0];
  }

  async value(expression: string, more: object = {}): Promise<string> {
    return (await this.evaluateRequest({ expression, ...more })).body.result;
  }

  /** The lines of a scope, or of something in it, by name. */
  async unfold(scope: string, ...path: string[]): Promise<Map<string, DebugProtocol.Variable>> {
    const { scopes } = (await this.scopesRequest({ frameId: 1 })).body;
    let reference = scopes.find(({ name }) => name === scope)!.variablesReference;
    for (const name of path) reference = (await this.#read(reference)).get(name)!.variablesReference;
    return this.#read(reference);
  }

  async scope(name: string): Promise<number> {
    return (await this.scopesRequest({ frameId: 1 })).body.scopes.find((one) => one.name === name)!.variablesReference;
  }

  async #read(variablesReference: number): Promise<Map<string, DebugProtocol.Variable>> {
    const { variables } = (await this.variablesRequest({ variablesReference })).body;
    return new Map(variables.map((variable) => [variable.name, variable]));
  }
}

/** The number of the line of a file that holds a text, from 1; `after` is a text that must stand somewhere before it. */
export function lineOf(text: string, after = '', file = LIGHTHOUSE): number {
  const lines = readFileSync(file, 'utf8').split('\n');
  const from = after === '' ? 0 : lines.findIndex((line) => line.includes(after));
  const found = lines.findIndex((line, i) => i >= from && line.includes(text));
  if (from < 0 || found < 0) throw new Error(`no line of ${file} holds "${text}" after "${after}"`);
  return found + 1;
}
