interface Appender {
  closeSync: () => void;
}

/**
 * Fills an appender and closes it, whatever becomes of it: one left open would be closed when it is collected, some time
 * later, and put its last rows into whatever has its table's name by then.
 */
export async function filled<T extends Appender>(appender: T, fill: (appender: T) => Promise<void>): Promise<void> {
  try {
    await fill(appender);
  } catch (error) {
    closeQuietly(appender);
    throw error;
  }
  appender.closeSync();
}

/** Closes an appender whose failure is known already. */
function closeQuietly(appender: Appender): void {
  try {
    appender.closeSync();
  } catch {
    // says the same again
  }
}
