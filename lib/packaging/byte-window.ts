import { SourceRefusal } from "#lib/media/source/source-refusal.ts";
import type { ByteSource } from "#lib/packaging/byte-source.ts";

/** Looks at a few bytes here and there: heads that lie near each other cost one read. */
export class ByteWindow {
  readonly source: ByteSource;
  #bytes: Uint8Array = new Uint8Array();
  #start = 0;

  constructor(source: ByteSource) {
    this.source = source;
  }

  /** Up to `length` bytes at `at`, fewer at the end of the file. */
  async look(at: number, length: number): Promise<Uint8Array> {
    if (at < 0 || at > this.source.sizeBytes) throw new SourceRefusal("a place beyond the file");
    const end = Math.min(this.source.sizeBytes, at + length);
    if (at < this.#start || end > this.#start + this.#bytes.byteLength) {
      // As far as reading on is cheaper than reading again, at most; most heads are followed by their packet.
      const wanted = Math.max(length, Math.min(4096, this.source.gapBytes));
      this.#bytes = new Uint8Array(Math.min(wanted, this.source.sizeBytes - at));
      this.#start = at;
      await this.source.fill(this.#bytes, at);
    }
    return this.#bytes.subarray(at - this.#start, end - this.#start);
  }
}
