import type { PlaybackProblem } from "#components/player/stream-contract.ts";

/** hls.js goes from rung to rung on its own; when the picture stays away for this long after a fault, no rung will do. */
const stuckMs = 8_000;
/** Pieces of the picture that arrive without giving one; far more than a decoder needs before its first frame. */
const futilePieces = 8;

/** What a `stuckWatch` asks and calls. */
export type StuckWatch = {
  give: (problem: PlaybackProblem) => void;
  /** Whether there is a picture to go on with, or a known reason why there is none yet. */
  isWell: () => boolean;
};

/**
 * Sees what hls.js does not call fatal and never gets over: faults after which the picture stays away, and pieces that are
 * loaded over and over because the browser swallows them without a word. Then `give` is called, once.
 */
export const stuckWatch = ({ give, isWell }: StuckWatch) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let problem: PlaybackProblem | null = null;
  let futile = 0;
  const rest = () => {
    clearTimeout(timer);
    timer = undefined;
    problem = null;
  };
  const end = (reason: PlaybackProblem) => {
    rest();
    give(reason);
  };
  const look = () => {
    if (isWell()) return rest();
    end(problem ?? "media");
  };
  return {
    /** A fault that need not be fatal. What the browser cannot decode explains the faults that follow from it. */
    onFault: (fault: PlaybackProblem) => {
      if (problem !== "codec") problem = fault;
      timer ??= setTimeout(look, stuckMs);
    },
    /** The codec was refused since the picture was last there. */
    isRefused: () => problem === "codec",
    /** A piece of the picture has been loaded. */
    onPiece: () => {
      futile = isWell() ? 0 : futile + 1;
      if (futile > futilePieces) end(problem ?? "media");
    },
    stop: rest,
  };
};
