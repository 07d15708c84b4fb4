import { type EventType, eventKinds } from "#lib/notifications/event-types.ts";

/** How somebody hears of a kind of event. */
export type Way = { inApp: boolean; email: boolean };

/** Kinds of which there is no mail. */
const withoutMail: readonly EventType[] = ["upload.finished", "video.playable"];

/** Whether a kind can be sent as a mail at all. */
export const hasMail = (type: EventType): boolean => !withoutMail.includes(type);

/** How somebody with that choice hears of a kind: a choice counts only where there is one. */
export const wayOf = (type: EventType, choice: Way | null): Way => {
  const kind = eventKinds[type];
  const { inApp, email } = kind.optional ? (choice ?? kind) : kind;
  return { inApp, email: email && hasMail(type) };
};
