/** The video that the player has just gone on to; a page that is loaded anew knows of none. */
let expected: string | null = null;

/** Before going on to a video: its page begins to play by itself. With null nobody is on the way any more. */
export const expectArrival = (videoId: string | null): void => {
  expected = videoId;
};

/** Whether one came to this video because the one before it had ended, or by the player's button. */
export const isArrival = (videoId: string): boolean => expected === videoId;
