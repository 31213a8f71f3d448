/** How Spark is asked to settle: `spark` of settle.yaml. */
export interface SparkSettings {
  /** `sc://host:port/;name=value`; may hold a token, and is shown nowhere. */
  connect: string;
  /** A folder that this machine, the server and every worker see under the same path. */
  lake: string;
  /** What names of run databases begin with. */
  databasePrefix: string;
  /** Seconds for which a step may stand still before it is given up. */
  patience: number;
}

export const USUAL_PREFIX = 'settle_';
export const USUAL_PATIENCE = 300;

/** The oldest server whose SQL settles the same. */
export const OLDEST_MAJOR = 4;

/**
 * What decides about figures is said, whatever the cluster's own defaults are. Without ANSI an overflow is NULL and a sum
 * wraps; with `allowPrecisionLoss` products are cut to 6 places and so rounded twice.
 */
export const PINNED: Readonly<Record<string, string>> = {
  'spark.sql.ansi.enabled': 'true',
  'spark.sql.ansi.doubleQuotedIdentifiers': 'true',
  'spark.sql.ansi.enforceReservedKeywords': 'false',
  'spark.sql.decimalOperations.allowPrecisionLoss': 'false',
  'spark.sql.storeAssignmentPolicy': 'ANSI',
  'spark.sql.session.timeZone': 'UTC',
  'spark.sql.timestampType': 'TIMESTAMP_NTZ',
  'spark.sql.caseSensitive': 'false',
  'spark.sql.mapKeyDedupPolicy': 'EXCEPTION',
  'spark.sql.variable.substitute': 'false',
  'spark.sql.parquet.inferTimestampNTZ.enabled': 'true',
  'spark.sql.parquet.outputTimestampType': 'TIMESTAMP_MICROS',
  'spark.sql.parquet.datetimeRebaseModeInRead': 'CORRECTED',
  'spark.sql.parquet.datetimeRebaseModeInWrite': 'CORRECTED',
  'spark.sql.parquet.writeLegacyFormat': 'false',
  'spark.sql.parquet.compression.codec': 'zstd',
  'spark.sql.sources.partitionColumnTypeInference.enabled': 'false',
  'spark.sql.files.ignoreMissingFiles': 'false',
  'spark.sql.files.ignoreCorruptFiles': 'false',
  'spark.sql.adaptive.enabled': 'true',
};
