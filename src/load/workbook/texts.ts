/** A character that XML can't hold is written as _xHHHH_, and so is the underscore of a text that looks like that. */
const ESCAPED = /_x([0-9A-Fa-f]{4})_/g;

/** A text of a workbook as it is meant. */
export function escapedText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(ESCAPED, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/**
 * The text of a shared or an inline string: one `t`, or those of its rich runs in turn; how it is pronounced (`rPh`) is no
 * part of it.
 */
export class TextOf {
  #text = '';
  #inText = false;
  #spoken = 0;

  begin(): void {
    this.#text = '';
  }

  open(name: string): void {
    if (name === 'rPh') this.#spoken += 1;
    this.#inText = name === 't' && this.#spoken === 0;
  }

  add(text: string): void {
    if (this.#inText) this.#text += text;
  }

  close(name: string): void {
    if (name === 'rPh') this.#spoken -= 1;
    if (name === 't') this.#inText = false;
  }

  end(): string {
    return escapedText(this.#text);
  }
}
