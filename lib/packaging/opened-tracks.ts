import type { TrackReader } from "#lib/packaging/track-reader.ts";

/** All opened tracks together hold at most this much; a film of two hours takes about 12 MB. */
const maxBytes = 160 * 1024 * 1024;
const maxEntries = 64;

/** Tracks that were opened lately, so that a segment does not read the index again. Least recently used go first. */
export class OpenedTracks {
  readonly #tracks = new Map<string, TrackReader>();
  #bytes = 0;

  get(name: string): TrackReader | undefined {
    const track = this.#tracks.get(name);
    if (track === undefined) return undefined;
    this.#tracks.delete(name);
    this.#tracks.set(name, track);
    return track;
  }

  add(name: string, track: TrackReader): void {
    this.#drop(name);
    this.#tracks.set(name, track);
    this.#bytes += track.memoryBytes;
    for (const [oldest] of this.#tracks) {
      if (this.#bytes <= maxBytes && this.#tracks.size <= maxEntries) return;
      if (oldest !== name) this.#drop(oldest);
    }
  }

  #drop(name: string): void {
    const track = this.#tracks.get(name);
    if (track === undefined) return;
    this.#tracks.delete(name);
    this.#bytes -= track.memoryBytes;
  }
}
