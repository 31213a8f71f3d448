import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** Firefox ESR, as Debian installs it; FIREFOX names another. */
const FIREFOX = process.env.FIREFOX ?? '/usr/bin/firefox-esr';

export const HAS_FIREFOX = existsSync(FIREFOX);
if (!HAS_FIREFOX)
  process.stderr.write(
    `The tests of packets in Firefox are left out: there is none at ${FIREFOX}. FIREFOX=FILE names one.\n`,
  );

/** A Firefox that is told what to do by the protocol it brings along (Marionette): `LENGTH:[type, id, error or command, value]`. */
export class Firefox {
  #last = 0;
  #text = Buffer.alloc(0);
  readonly #waiting = new Map<number, { done: (value: unknown) => void; fail: (error: Error) => void }>();

  private constructor(
    private readonly process: ChildProcess,
    private readonly socket: Socket,
  ) {
    socket.on('data', (bytes) => this.#take(bytes));
    socket.on('error', () => undefined);
  }

  /** `profile`: an empty folder of its own. */
  static async launch(profile: string): Promise<Firefox> {
    const prefs = { 'marionette.port': 0, 'intl.accept_languages': 'zh-CN', 'intl.locale.requested': 'zh-CN' };
    const lines = Object.entries(prefs).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`);
    writeFileSync(join(profile, 'user.js'), lines.join(''));
    const words = ['--headless', '--marionette', '--no-remote', '--profile', profile];
    const child = spawn(FIREFOX, words, { stdio: 'ignore', env: { ...process.env, HOME: profile } });
    const told = join(profile, 'MarionetteActivePort');
    for (let tries = 0; tries < 600 && !existsSync(told) && child.exitCode === null; tries += 1) await wait(100);
    if (!existsSync(told)) throw new Error('Firefox does not listen');
    const port = Number(readFileSync(told, 'utf8'));
    const socket = connect(port, '127.0.0.1');
    const firefox = new Firefox(child, socket);
    await firefox.ask('WebDriver:NewSession', {});
    return firefox;
  }

  /** What a command gives. */
  ask(command: string, parameters: object): Promise<unknown> {
    this.#last += 1;
    const id = this.#last;
    const text = JSON.stringify([0, id, command, parameters]);
    return new Promise((done, fail) => {
      this.#waiting.set(id, { done, fail });
      this.socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
  }

  async open(file: string): Promise<void> {
    await this.ask('WebDriver:Navigate', { url: `file://${file}` });
    for (let tries = 0; tries < 600; tries += 1) {
      if ((await this.evaluate("return document.documentElement.dataset.ready ?? ''")) !== '') return;
      await wait(50);
    }
    throw new Error('the page is not ready');
  }

  /** What a script's `return` gives, as JSON. */
  async evaluate(script: string): Promise<unknown> {
    const answer = await this.ask('WebDriver:ExecuteScript', { script, args: [] });
    return (answer as { value: unknown }).value;
  }

  async quit(): Promise<void> {
    const ended = new Promise((done) => this.process.once('exit', done));
    this.process.kill();
    await ended;
    this.socket.destroy();
  }

  #take(bytes: Buffer): void {
    this.#text = Buffer.concat([this.#text, bytes]);
    for (;;) {
      const colon = this.#text.indexOf(':');
      const end = colon + 1 + Number(this.#text.toString('latin1', 0, Math.max(colon, 0)));
      if (colon < 0 || this.#text.length < end) return;
      const message = JSON.parse(this.#text.toString('utf8', colon + 1, end));
      this.#text = this.#text.subarray(end);
      if (!Array.isArray(message)) continue; // what it says of itself first
      const [, id, error, value] = message;
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error) waiting?.fail(new Error(JSON.stringify(error)));
      else waiting?.done(value);
    }
  }
}
