import { createServer } from 'node:net';
import { Decimal, Int64, Table, tableToIPC, Utf8, vectorFromArray } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { SettleError } from '../../src/core/errors.js';
import { addressOf, isAddress } from '../../src/engine/spark/connect/address.js';
import { arrowRows, decimalOf } from '../../src/engine/spark/connect/arrow.js';
import { SparkClient } from '../../src/engine/spark/connect/client.js';
import {
  callFailure,
  firstLines,
  RefusedStatement,
  TransientFailure,
} from '../../src/engine/spark/connect/failures.js';
import { sparkLiteral, sparkName, sparkType } from '../../src/engine/spark/types.js';

describe('the address of a server', () => {
  test('is read as Spark reads it', () => {
    expect(addressOf('sc://spark.example.org', {})).toMatchObject({
      host: 'spark.example.org',
      port: 15002,
      secure: false,
    });
    const long = addressOf('sc://h:443/;use_ssl=true;token=a%3Bb%3D;user_id=pay;x-team=live;session_id=s', {});
    expect(long).toEqual({
      ...{ host: 'h', port: 443, secure: true, token: 'a;b=', userId: 'pay' },
      headers: { 'x-team': 'live' },
    });
    expect(addressOf('sc://[::1]:7/', {})).toMatchObject({ host: '[::1]', port: 7 });
  });

  test('a token goes over TLS, but on this machine where that is not asked for', () => {
    const environment = { SPARK_CONNECT_AUTHENTICATE_TOKEN: 'secret' };
    expect(addressOf('sc://spark.example.org:1', environment)).toMatchObject({ secure: true, token: 'secret' });
    expect(addressOf('sc://localhost:1', environment)).toMatchObject({ secure: false, token: 'secret' });
    expect(addressOf('sc://localhost:1/;use_ssl=true', environment)).toMatchObject({ secure: true });
  });

  test.each([
    ...[
      'http://h:1',
      'sc://',
      'sc://h:0',
      'sc://h:65536',
      'sc://h:x',
      'sc://h/path',
      'sc://h/;token',
      'sc://h/;token=',
    ],
    ...[
      'sc://h/;use_ssl=perhaps',
      'sc://h/;token=%zz',
      'sc://u@h',
      'sc://h:1?x=1',
      'sc://h;token=secret;=',
      'sc://h /',
    ],
  ])('%s is none, and is not repeated', (text) => {
    expect(isAddress(text)).toBe(false);
    expect(() => addressOf(text, {})).toThrow(SettleError);
    expect(() => addressOf(text, {})).not.toThrow(/secret|perhaps|%zz/);
  });
});

describe('rows of a result', () => {
  test('are exact texts, to the last digit', () => {
    const table = new Table({
      amount: vectorFromArray(
        [new Uint32Array([1, 0, 0, 0]), null, new Uint32Array([-5, -1, -1, -1])],
        new Decimal(2, 38, 128),
      ),
      count: vectorFromArray([9223372036854775807n, -9223372036854775808n, null], new Int64()),
      name: vectorFromArray(['豈', '', null], new Utf8()),
    });
    expect(arrowRows(tableToIPC(table, 'stream'))).toEqual([
      { amount: '0.01', count: '9223372036854775807', name: '豈' },
      { amount: null, count: '-9223372036854775808', name: '' },
      { amount: '-0.05', count: null, name: null },
    ]);
  });

  test.each([
    [[0, 0, 0, 0], 2, '0.00'],
    [[0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff], 0, '-1'],
    [[1, 0, 0, 0], 6, '0.000001'],
    [[0xffffffff, 0x098a223f, 0x5a86c47a, 0x4b3b4ca8], 2, '999999999999999999999999999999999999.99'],
  ])('the words %j with %i places are %s', (words, scale, text) => {
    expect(decimalOf(new Uint32Array(words), scale)).toBe(text);
  });

  test('of another type are refused', () => {
    const table = new Table({ share: vectorFromArray([0.5]) });
    expect(() => arrowRows(tableToIPC(table, 'stream'))).toThrow('share');
  });
});

describe('what a failed call says', () => {
  const said = (code: number, details: string, met = true) =>
    callFailure({ code, details }, 'h:1', met, 'tok-9') as SettleError;

  test.each([
    [14, 'connection refused', false, 'no Spark server answers at h:1: connection refused'],
    [14, 'connection reset', true, 'the Spark server at h:1 was lost in the middle: connection reset'],
    [13, '[INVALID_HANDLE.SESSION_CHANGED] gone', true, 'the Spark server at h:1 was lost in the middle'],
    [16, 'no', false, 'refuses whoever asks'],
    [12, 'unknown service', false, 'is no Spark Connect server'],
  ])('code %i, %s', (code, details, met, words) => {
    expect(said(code, details, met)).toMatchObject({ code: 'machine', exit: 1 });
    expect(said(code, details, met).message).toContain(words);
  });

  test('a lost executor may be tried again; a refused statement may not', () => {
    expect(said(13, 'Job aborted: ExecutorLostFailure (executor 3 exited)')).toBeInstanceOf(TransientFailure);
    expect(said(13, '[DIVIDE_BY_ZERO] Division by zero.')).toBeInstanceOf(RefusedStatement);
  });

  test('the token is in none of it', () => {
    for (const code of [2, 4, 7, 12, 13, 14, 16])
      expect(JSON.stringify(said(code, 'Bearer tok-9 is bad'))).not.toContain('tok-9');
  });

  test('it is two lines at most, without a stack', () => {
    expect(firstLines('[A] first\n\tat org.apache.X\n second\nthird')).toBe('[A] first second');
    expect(firstLines('x'.repeat(500))).toHaveLength(401);
  });
});

test('a server that is not there, or is no server, ends the wait', async () => {
  const deaf = createServer((socket) => socket.on('error', () => undefined).destroySoon()).listen(0, '127.0.0.1');
  await new Promise((resolve) => deaf.once('listening', resolve));
  const { port } = deaf.address() as { port: number };
  for (const at of [port, 1]) {
    const client = new SparkClient(addressOf(`sc://127.0.0.1:${at}/;token=secret-9`, {}), 10);
    const error = await client.version().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SettleError);
    expect((error as SettleError).message).toContain(`no Spark server answers at 127.0.0.1:${at}`);
    expect((error as SettleError).message).not.toContain('secret-9');
    await client.release();
  }
  await new Promise((resolve) => deaf.close(resolve));
});

describe('what Spark is told', () => {
  test('types that hold the same values, and no other', () => {
    expect(sparkType('DECIMAL(38,2)', 'x')).toBe('DECIMAL(38,2)');
    expect(sparkType('TIMESTAMP', 'x')).toBe('TIMESTAMP_NTZ');
    expect(sparkType('VARCHAR[]', 'x')).toBe('ARRAY<STRING>');
    expect(sparkType('MAP(VARCHAR, VARCHAR)', 'x')).toBe('MAP<STRING, STRING>');
    for (const type of ['HUGEINT', 'DOUBLE', 'TIMESTAMP WITH TIME ZONE', 'UBIGINT'])
      expect(() => sparkType(type, 'rows')).toThrow('rows');
  });

  test('names and texts as they are', () => {
    expect(sparkName('a`b')).toBe('`a``b`');
    expect(sparkLiteral("it's \\ here")).toBe("'it\\'s \\\\ here'");
  });
});
