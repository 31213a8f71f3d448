/** Lets others have a turn: an interruption is heard, a page is drawn. */
export function breathe(): Promise<void> {
  return new Promise((done) => {
    if (typeof setImmediate === 'function') setImmediate(done);
    else setTimeout(done);
  });
}
