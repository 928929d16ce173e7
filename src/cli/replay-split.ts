const NEWLINE = 0x0a;
const SPACE = 0x20;
const COMMA = 0x2c;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;

/** A record of CloudTrail has 256 kB at most; one of more than this isn't one, and isn't held in memory. */
export const LONGEST = 10 * 1024 * 1024;
export const TOO_LONG = 'a record of more than 10 MB';

/** Where the text of each record goes, with the byte that it begins at. */
export interface Sink {
  text(text: string, at: number): void;
  broken(why: string, at: number): void;
}

/**
 * Cuts JSON of any size and layout into its records: the elements of an array, or of the array under `Records` or
 * `Events`, or the values themselves. Holds one record at a time.
 */
export class Splitter {
  readonly #sink: Sink;
  #offset: number;
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** Depth at which records begin: 0 for values themselves, 1 in an array, 2 in an envelope. */
  #level = 0;
  #start = -1;
  /** Where something begins that stands in a record's place and is none. */
  #stray = -1;
  #held: Buffer[] = [];
  #heldBytes = 0;
  #key = '';
  #keyStart = -1;
  #keyHead = '';

  constructor(sink: Sink, offset = 0) {
    this.#sink = sink;
    this.#offset = offset;
  }

  push(chunk: Buffer): void {
    let from = this.#start >= 0 ? 0 : -1;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i];
      if (this.#inString) {
        if (byte === NEWLINE) {
          this.#breakOff('a string is not closed on its line');
          from = -1;
        } else if (this.#escaped) this.#escaped = false;
        else if (byte === BACKSLASH) this.#escaped = true;
        else if (byte === QUOTE) {
          this.#inString = false;
          if (this.#keyStart >= 0) {
            this.#key = this.#keyHead + chunk.toString('latin1', this.#keyStart, i);
            this.#keyHead = '';
            this.#keyStart = -1;
          }
        } else {
          // Nothing but a quote, a backslash or a line's end matters in a string: go straight to the next of them.
          const quote = chunk.indexOf(QUOTE, i);
          const other = nextOther(chunk, i, quote);
          if (other < 0 && quote < 0) i = chunk.length;
          else i = (other >= 0 ? other : quote) - 1;
        }
        continue;
      }
      if (this.#start < 0 && this.#depth === this.#level) this.#noteStray(byte, i);
      if (byte === QUOTE) {
        this.#inString = true;
        if (this.#level === 0 && this.#depth === 1) this.#keyStart = i + 1;
      } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
        if (byte === OPEN_ARRAY && this.#opensRecords()) {
          this.#level = this.#depth + 1;
          this.#forget();
          from = -1;
        } else if (this.#start < 0 && this.#depth === this.#level) {
          this.#start = this.#offset + i;
          from = i;
        }
        this.#depth++;
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
        this.#depth = Math.max(0, this.#depth - 1);
        if (this.#start >= 0 && this.#depth === this.#level) {
          this.#finish(chunk.subarray(from, i + 1));
          from = -1;
        } else if (this.#depth < this.#level) this.#level = 0;
      }
    }
    if (this.#start >= 0) this.#hold(chunk.subarray(from));
    if (this.#keyStart >= 0) {
      // A key goes on in the next chunk; ours are short, so no more than a little of it is kept.
      this.#keyHead = (this.#keyHead + chunk.toString('latin1', this.#keyStart)).slice(0, 100);
      this.#keyStart = 0;
    }
    this.#offset += chunk.length;
  }

  /** No more bytes come: what isn't finished is broken. */
  end(): void {
    this.#endStray();
    if (this.#start >= 0) this.#sink.broken('the JSON is cut off', this.#start);
    else if (this.#depth > 0) this.#sink.broken('the JSON is cut off', this.#offset);
  }

  #opensRecords(): boolean {
    if (this.#level > 0) return false;
    return this.#depth === 0 || (this.#depth === 1 && (this.#key === 'Records' || this.#key === 'Events'));
  }

  /** What is neither object nor array can't be a record: it is told, not skipped. */
  #noteStray(byte: number | undefined, i: number): void {
    if (byte === undefined || byte === COMMA || byte === OPEN_OBJECT || byte === OPEN_ARRAY) this.#endStray();
    else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) this.#endStray();
    else if (byte === NEWLINE && this.#level === 0) this.#endStray();
    else if (byte > SPACE && this.#stray < 0) this.#stray = this.#offset + i;
  }

  #endStray(): void {
    if (this.#stray >= 0) this.#sink.broken('it is not a record', this.#stray);
    this.#stray = -1;
  }

  /** No string goes over a line's end: what began before is broken, and records may begin again behind it. */
  #breakOff(why: string): void {
    this.#inString = false;
    this.#escaped = false;
    this.#keyStart = -1;
    this.#keyHead = '';
    if (this.#start < 0) return;
    this.#sink.broken(why, this.#start);
    this.#depth = this.#level;
    this.#forget();
  }

  #hold(part: Buffer): void {
    this.#heldBytes += part.length;
    if (this.#heldBytes <= LONGEST) this.#held.push(Buffer.from(part));
    else this.#held = [];
  }

  #finish(last: Buffer): void {
    const bytes = this.#heldBytes + last.length;
    if (bytes > LONGEST) this.#sink.broken(TOO_LONG, this.#start);
    else if (this.#held.length === 0) this.#sink.text(last.toString('utf8'), this.#start);
    else this.#sink.text(Buffer.concat([...this.#held, last]).toString('utf8'), this.#start);
    this.#forget();
  }

  #forget(): void {
    this.#start = -1;
    this.#held = [];
    this.#heldBytes = 0;
    this.#key = '';
  }
}

/** The next backslash or line's end before `end`; looked for byte by byte, since most strings have none and are short. */
function nextOther(chunk: Buffer, from: number, end: number): number {
  const last = end < 0 ? chunk.length : end;
  for (let i = from; i < last; i++) if (chunk[i] === BACKSLASH || chunk[i] === NEWLINE) return i;
  return -1;
}
