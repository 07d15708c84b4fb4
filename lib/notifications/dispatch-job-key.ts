/** What the keys of the jobs that tell events begin with. */
export const dispatchKeyPrefix = "dispatch:";

/** Key of the one job that tells of an event. */
export const dispatchJobKey = (eventId: string): string => `${dispatchKeyPrefix}${eventId}`;
