/**
 * Why a source cannot be watched without an encoder. Not a fault: the file goes the way of the preview lane, and
 * `reason` (English, for the log) says why.
 */
export class SourceRefusal extends Error {
  readonly reason: string;

  constructor(reason: string) {
    super(`The source cannot be packaged: ${reason}.`);
    this.name = "SourceRefusal";
    this.reason = reason;
  }
}

/** Throws a `SourceRefusal` with `reason` unless `holds`. */
export const requireOf = (holds: boolean, reason: string): void => {
  if (!holds) throw new SourceRefusal(reason);
};
