/**
 * What is said to a Spark Connect server and what it answers, as far as it is used: names and numbers of fields as the protocol
 * has them since Spark 4.0. Fields that aren't named here are skipped when they are read.
 */
interface Field {
  id: number;
  type: string;
  rule?: 'repeated';
}
type Fields = Record<string, Field>;
interface Message {
  fields: Fields;
  oneofs?: Record<string, { oneof: string[] }>;
}

const text = (id: number): Field => ({ id, type: 'string' });
const of = (type: string, id: number): Field => ({ id, type });
const many = (type: string, id: number): Field => ({ id, type, rule: 'repeated' });
const message = (fields: Fields): Message => ({ fields });

/** Every request says whose session it is about, and which server it has met before. */
const asked = (clientType: number): Fields => ({
  session_id: text(1),
  user_context: of('UserContext', 2),
  client_type: text(clientType),
});
const observed = (id: number): Fields => ({ client_observed_server_side_session_id: text(id) });

const MESSAGES: Record<string, Message> = {
  UserContext: message({ user_id: text(1), user_name: text(2) }),
  KeyValue: message({ key: text(1), value: text(2) }),
  Empty: message({}),

  SQL: message({ query: text(1) }),
  Relation: message({ sql: of('SQL', 10) }),
  SqlCommand: message({ sql: text(1), input: of('Relation', 6) }),
  Command: message({ sql_command: of('SqlCommand', 5) }),
  Plan: message({ root: of('Relation', 1), command: of('Command', 2) }),

  ConfigSet: message({ pairs: many('KeyValue', 1) }),
  ConfigGet: message({ keys: many('string', 1) }),
  ConfigOperation: message({ set: of('ConfigSet', 1), get_option: of('ConfigGet', 4) }),
  ConfigRequest: message({ ...asked(4), ...observed(8), operation: of('ConfigOperation', 3) }),
  ConfigResponse: message({ server_side_session_id: text(4), pairs: many('KeyValue', 2) }),

  AnalyzePlanRequest: message({ ...asked(3), ...observed(17), spark_version: of('Empty', 10) }),
  SparkVersion: message({ version: text(1) }),
  AnalyzePlanResponse: message({ server_side_session_id: text(15), spark_version: of('SparkVersion', 8) }),

  ExecutePlanRequest: message({ ...asked(4), ...observed(8), operation_id: text(6), plan: of('Plan', 3) }),
  ArrowBatch: message({ row_count: of('int64', 1), data: of('bytes', 2) }),
  StageInfo: message({ num_tasks: of('int64', 2), num_completed_tasks: of('int64', 3) }),
  ExecutionProgress: message({ stages: many('StageInfo', 1), num_inflight_tasks: of('int64', 2) }),
  ExecutePlanResponse: message({
    server_side_session_id: text(15),
    arrow_batch: of('ArrowBatch', 2),
    execution_progress: of('ExecutionProgress', 18),
  }),

  InterruptRequest: message({ ...asked(3), ...observed(7), interrupt_type: of('int32', 4) }),
  InterruptResponse: message({ interrupted_ids: many('string', 2) }),
  ReleaseSessionRequest: message({ ...asked(3) }),
  ReleaseSessionResponse: message({ session_id: text(1) }),
};

/** An answer's members where it has them; what isn't there is undefined, a number that is 0 too. */
export interface Answers {
  Config: { server_side_session_id: string; pairs: { key: string; value?: string }[] };
  AnalyzePlan: { server_side_session_id: string; spark_version?: { version: string } };
  ExecutePlan: {
    server_side_session_id: string;
    arrow_batch?: { data: Uint8Array };
    execution_progress?: ExecutionProgress;
  };
  Interrupt: { interrupted_ids: string[] };
  ReleaseSession: { session_id: string };
}

export interface ExecutionProgress {
  stages: { num_tasks?: number; num_completed_tasks?: number }[];
  num_inflight_tasks?: number;
}

export const INTERRUPT_ALL = 1;

/** The description as `@grpc/proto-loader` takes it. */
export const DESCRIPTION = {
  nested: {
    spark: {
      nested: {
        connect: {
          options: { syntax: 'proto3' },
          nested: {
            ...MESSAGES,
            SparkConnectService: {
              methods: Object.fromEntries(
                ['ExecutePlan', 'AnalyzePlan', 'Config', 'Interrupt', 'ReleaseSession'].map((name) => [
                  name,
                  {
                    requestType: `${name}Request`,
                    responseType: `${name}Response`,
                    ...(name === 'ExecutePlan' ? { responseStream: true } : {}),
                  },
                ]),
              ),
            },
          },
        },
      },
    },
  },
};
