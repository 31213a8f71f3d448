import type { OuterEngine } from '../engine.js';
import { databaseName } from './warehouse.js';

/** The warehouse's own database: every relation is made where it is read, so audits are asked there and nowhere else. */
export const IN_WAREHOUSE: OuterEngine = {
  get name() {
    return databaseName();
  },
  make: async (relations, here, onStep) => {
    for (const [done, relation] of relations.entries()) {
      onStep(relation.name, done, relations.length);
      await here(relation);
    }
  },
  audit: async () => undefined,
  interrupt: () => undefined,
  close: async () => undefined,
};
