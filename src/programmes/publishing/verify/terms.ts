/** What a policy's file says on a day (V7). */
export class Rules {
  readonly #file: Record<string, Record<string, unknown>>;

  constructor(policy: unknown) {
    this.#file = policy as Record<string, Record<string, unknown>>;
  }

  /** The value in force on a day; undefined where there is none, or none yet. */
  at(section: string, key: string, day: string): unknown {
    const value = this.#file[section]?.[key];
    const dated = (value as { dated?: { from: unknown; value: unknown }[] } | undefined)?.dated;
    if (!Array.isArray(dated)) return value;
    return dated.filter(({ from }) => String(from) <= day).at(-1)?.value;
  }

  /** The same of a count. */
  count(section: string, key: string, day: string): bigint | undefined {
    const value = this.at(section, key, day);
    return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : undefined;
  }

  isOn(section: string, key: string, day: string): boolean {
    return this.at(section, key, day) === true;
  }

  /** The terms of a measurement, as it says them: tolerance, edge, frame. */
  get measured(): string {
    const { tolerance, edge_px, frame_px } = this.#file.measure ?? {};
    return [tolerance, edge_px, frame_px].join();
  }

  get kinds(): readonly string[] {
    const kinds = this.#file.publication?.kinds;
    return Array.isArray(kinds) ? kinds : [];
  }
}
