import { type Client, credentials, loadPackageDefinition, Metadata, type ServiceError } from '@grpc/grpc-js';
import { fromJSON } from '@grpc/proto-loader';
import type { Address } from './address.js';
import { type Answers, DESCRIPTION } from './messages.js';

/** What isn't answered at all is given up after so long. */
const QUIET_MS = 60_000;
const UNLIMITED = { 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 };

type Unary = Exclude<keyof Answers, 'ExecutePlan'>;
type Ask = (
  request: object,
  metadata: Metadata,
  options: { deadline: number },
  answer: (error: ServiceError | null, value: never) => void,
) => void;
type Stream = (request: object, metadata: Metadata) => Answered;

/** The answers to one execution as they come; `cancel` gives it up. */
export interface Answered extends AsyncIterable<Answers['ExecutePlan']> {
  cancel(): void;
}

/** A connection to a server, over which calls are made. It is opened by the first call. */
export class Channel {
  readonly #client: Client & Record<string, unknown>;
  readonly #metadata = new Metadata();

  constructor(address: Address) {
    const { host, port, secure, token, headers } = address;
    for (const [name, value] of Object.entries(headers)) this.#metadata.set(name, value);
    // Beside the credentials, for over a loopback without TLS these aren't sent.
    if (token !== undefined) this.#metadata.set('authorization', `Bearer ${token}`);
    const service = serviceOf();
    const how = secure ? credentials.createSsl() : credentials.createInsecure();
    this.#client = new service(`${host}:${port}`, how, UNLIMITED);
  }

  /** Asks once; the answer comes within a minute, or the call has failed. */
  ask<Name extends Unary>(name: Name, request: object, within = QUIET_MS): Promise<Answers[Name]> {
    const call = (this.#client[name] as Ask).bind(this.#client);
    return new Promise((resolve, reject) => {
      call(request, this.#metadata, { deadline: Date.now() + within }, (error, value) =>
        error === null ? resolve(value) : reject(error),
      );
    });
  }

  /** Begins an execution. Nothing bounds it here: whoever reads it sees whether it gets on. */
  execute(request: object): Answered {
    return (this.#client.ExecutePlan as Stream).call(this.#client, request, this.#metadata);
  }

  close(): void {
    this.#client.close();
  }
}

type Service = new (target: string, how: unknown, options: object) => Client & Record<string, unknown>;

function serviceOf(): Service {
  const definition = fromJSON(DESCRIPTION as never, { keepCase: true, longs: Number, arrays: true });
  const loaded = loadPackageDefinition(definition) as unknown as {
    spark: { connect: { SparkConnectService: Service } };
  };
  return loaded.spark.connect.SparkConnectService;
}
