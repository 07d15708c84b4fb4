/** Why the image of a mark could not be made. The words are in the message files (`watermarks.failures.<code>`). */
export const drawingFailures = ["image_unreadable", "image_empty", "image_not_drawn"] as const;

/** Machine-readable reason why a drawing failed. */
export type DrawingFailure = (typeof drawingFailures)[number];

/** Whether a stored word is a reason this version knows. */
export const isDrawingFailure = (code: string): code is DrawingFailure =>
  drawingFailures.some((known) => known === code);
