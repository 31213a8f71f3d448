import {
  loadPackageDefinition,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type ServerWritableStream,
  type sendUnaryData,
} from '@grpc/grpc-js';
import { fromJSON } from '@grpc/proto-loader';
import { afterEach, describe, expect, test } from 'vitest';
import { SettleError } from '../../src/core/errors.js';
import { Warehouse } from '../../src/engine/duckdb/warehouse.js';
import { addressOf } from '../../src/engine/spark/connect/address.js';
import { SparkClient } from '../../src/engine/spark/connect/client.js';
import { DESCRIPTION } from '../../src/engine/spark/connect/messages.js';
import { openSpark } from '../../src/engine/spark/open.js';
import { workspace } from '../support/workspace.js';

/** What is told of servers that aren't as they must be: each is one of this process that answers so. */

interface Behaviour {
  version: string;
  /** What an execution does: nothing, as if there were no workers, unless it is said. */
  execute?: (call: ServerWritableStream<unknown, unknown>) => void;
}

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.forceShutdown();
});

/** Starts one; gives its port and what it heard: calls with their headers. */
async function serverThat({
  version,
  execute = () => undefined,
}: Behaviour): Promise<{ port: number; heard: string[] }> {
  const loaded = loadPackageDefinition(fromJSON(DESCRIPTION as never, { keepCase: true })) as never as {
    spark: { connect: { SparkConnectService: { service: never } } };
  };
  const heard: string[] = [];
  const unary =
    (name: string, answer: object) => (call: ServerUnaryCall<unknown, unknown>, send: sendUnaryData<unknown>) => {
      heard.push(`${name} ${call.metadata.get('authorization').join()}`);
      send(null, { server_side_session_id: 'one', ...answer });
    };
  const server = new Server();
  servers.push(server);
  server.addService(loaded.spark.connect.SparkConnectService.service, {
    AnalyzePlan: unary('AnalyzePlan', { spark_version: { version } }),
    Config: unary('Config', { pairs: [] }),
    Interrupt: unary('Interrupt', {}),
    ReleaseSession: unary('ReleaseSession', {}),
    ExecutePlan: (call: ServerWritableStream<unknown, unknown>) => {
      heard.push('ExecutePlan');
      execute(call);
    },
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { port, heard };
}

async function opening(port: number): Promise<SettleError> {
  const scratch = workspace();
  const warehouse = await Warehouse.open({ file: ':memory:', scratch, folders: [] });
  const settings = {
    connect: `sc://127.0.0.1:${port}/;token=secret-9`,
    lake: scratch,
    databasePrefix: 'x_',
    patience: 10,
  };
  const opened = openSpark(warehouse, settings, { ofFiles: [], isShared: () => true }, () => undefined);
  const error = await opened.then(() => undefined).catch((thrown: unknown) => thrown);
  warehouse.close();
  return error as SettleError;
}

describe('a server', () => {
  test.each(['3.5.6', '2.4.0', ''])('of version %j is refused before anything else is asked', async (version) => {
    const { port, heard } = await serverThat({ version });
    const error = await opening(port);
    expect(error).toBeInstanceOf(SettleError);
    expect(error).toMatchObject({ code: 'machine', exit: 1 });
    expect(error.message).toContain('4.0 or later is needed');
    expect(heard).toEqual(['AnalyzePlan Bearer secret-9', 'ReleaseSession Bearer secret-9']);
  });

  test('that answers nothing to a question settles nothing', async () => {
    const { port, heard } = await serverThat({ version: '4.0.0', execute: (call) => call.end() });
    const error = await opening(port);
    expect(error.message).toContain('Spark answers otherwise than the rules need (below_half)');
    expect(error.details).toMatchObject({ probe: 'below_half' });
    expect(heard.at(-1)).toBe('ReleaseSession Bearer secret-9');
  });

  test('that refuses whoever asks is named, and the token is not', async () => {
    const { port } = await serverThat({
      version: '4.0.0',
      execute: (call) => call.emit('error', { code: 16, details: 'the token secret-9 has expired' }),
    });
    const error = await opening(port);
    expect(error.message).toContain('refuses whoever asks: the token … has expired');
  });

  test('on which nothing goes on is given up after its patience, and told to stop', async () => {
    const { port, heard } = await serverThat({
      version: '4.0.0',
      execute: (call) => {
        const beat = setInterval(() => call.write({ execution_progress: { stages: [{ num_tasks: 4 }] } }), 200);
        call.on('cancelled', () => clearInterval(beat));
      },
    });
    const client = new SparkClient(addressOf(`sc://127.0.0.1:${port}`, {}), 2);
    const error = await client.run('SELECT 1').catch((thrown: unknown) => thrown);
    expect((error as SettleError).message).toContain('nothing has gone on for 2 seconds');
    expect(heard.at(-1)).toContain('Interrupt');
    await client.release();
  });

  test('on which tasks end is waited for', async () => {
    const { port } = await serverThat({
      version: '4.0.0',
      execute: (call) => {
        let done = 0;
        const beat = setInterval(() => {
          done += 1;
          call.write({ execution_progress: { stages: [{ num_tasks: 9, num_completed_tasks: done }] } });
          if (done < 9) return;
          clearInterval(beat);
          call.end();
        }, 300);
      },
    });
    const client = new SparkClient(addressOf(`sc://127.0.0.1:${port}`, {}), 2);
    const seen: number[] = [];
    await client.run('SELECT 1', (done) => seen.push(done));
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    await client.release();
  });
});
