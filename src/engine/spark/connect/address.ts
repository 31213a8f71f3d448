import { SettleError } from '../../../core/errors.js';
import { say } from '../../../words/say.js';

/** Where a Spark Connect server is, and as whom it is asked. */
export interface Address {
  host: string;
  port: number;
  /** TLS. */
  secure: boolean;
  /** Sent with every call, and shown nowhere. */
  token: string | undefined;
  userId: string;
  /** Given by the server's side: sent with every call as they are. */
  headers: Readonly<Record<string, string>>;
}

const USUAL_PORT = 15002;
/** Parameters that Spark's own clients keep to themselves; any other is a header. */
const OWN = ['use_ssl', 'token', 'user_id', 'user_agent', 'session_id'];
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Reads `sc://host:port/;name=value;…` as Spark's own clients do. A token may stand in `environment` instead, as
 * SPARK_CONNECT_AUTHENTICATE_TOKEN. It goes over TLS, unless the server is on this machine and TLS isn't asked for.
 */
export function addressOf(text: string, environment: NodeJS.ProcessEnv): Address {
  const [, place = '', rest = ''] = /^sc:\/\/([^/;?#@\s]+)\/?((?:;[^\s]*)?)$/.exec(text) ?? refuse(FORM);
  const [, host = '', digits] = /^(\[[0-9a-f:.]+\]|[^:[\]]+)(?::(\d{1,5}))?$/i.exec(place) ?? refuse(FORM);
  const port = digits === undefined ? USUAL_PORT : Number(digits);
  if (port < 1 || port > 65535) refuse(FORM);
  const said = parametersIn(rest);
  const token = said.get('token') ?? (environment.SPARK_CONNECT_AUTHENTICATE_TOKEN || undefined);
  const useSsl = said.get('use_ssl')?.toLowerCase();
  if (useSsl !== undefined && useSsl !== 'true' && useSsl !== 'false') refuse(FORM);
  const headers = [...said].filter(([name]) => !OWN.includes(name) && !name.startsWith('grpc_keepalive'));
  return {
    ...{ host, port, token },
    secure: useSsl === 'true' || (token !== undefined && !LOOPBACK.includes(host)),
    userId: said.get('user_id') ?? 'settle',
    headers: Object.fromEntries(headers),
  };
}

/** Whether a text has the form; for settings. */
export function isAddress(text: string): boolean {
  try {
    addressOf(text, {});
    return true;
  } catch {
    return false;
  }
}

/** The server as messages name it: without anything that could be secret. */
export function shownAddress({ host, port }: Pick<Address, 'host' | 'port'>): string {
  return `${host}:${port}`;
}

const FORM = say('the address of the Spark server is not of the form sc://host:port/;name=value');

function parametersIn(text: string): Map<string, string> {
  const said = new Map<string, string>();
  for (const part of text.split(';').filter((each) => each !== '')) {
    const [, name = '', value = ''] = /^([A-Za-z0-9_.-]+)=([^=]+)$/.exec(part) ?? refuse(FORM);
    said.set(name, decoded(value));
  }
  return said;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return refuse(FORM);
  }
}

/** The text itself may hold a token, so it is not repeated. */
function refuse(message: typeof FORM): never {
  throw new SettleError('usage', message, {
    mend: say(
      'Give it as Spark prints it: sc://spark.example.org:15002, or with TLS and a token sc://spark.example.org:443/;use_ssl=true;token=…',
    ),
  });
}
