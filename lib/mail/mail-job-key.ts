/** What the keys of the jobs that send mails begin with. */
export const mailKeyPrefix = "mail:";

/** Key of the one job that sends a mail. */
export const mailJobKey = (mailId: string): string => `${mailKeyPrefix}${mailId}`;
