import { type Ask, probeEngine, probesFor } from '../probe.js';
import type { SparkClient } from './connect/client.js';
import { RefusedStatement } from './connect/failures.js';
import { probeFailed } from './failures.js';

/** Asks what must be answered as the rules need it; throws at another answer, before anything is settled. */
export async function probeSpark(client: SparkClient): Promise<void> {
  const ask: Ask = async (sql) => {
    try {
      const [row] = await client.rows(sql);
      return row === undefined ? [] : Object.values(row);
    } catch (error) {
      if (error instanceof RefusedStatement) return 'refused';
      throw error;
    }
  };
  const [wrong] = await probeEngine(probesFor('spark'), ask);
  if (wrong !== undefined) throw probeFailed(wrong);
}
