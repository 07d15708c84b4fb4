import type { Account, Viewer } from "#lib/accounts/viewer.ts";
import { type DbOrTx, db, transaction } from "#lib/db/client.ts";
import { findUser } from "#lib/db/queries/accounts/users.ts";
import { findChoice, listChoices, putChoice } from "#lib/db/queries/notifications/notifications.ts";
import { AppError } from "#lib/errors.ts";
import { readUnsubscribeToken } from "#lib/mail/unsubscribe-token.ts";
import type { NotificationChoices, NotificationSettingsDto } from "#lib/notifications/dto.ts";
import { type EventType, eventKinds, eventTypesOf, isEventType } from "#lib/notifications/event-types.ts";
import { hasMail, wayOf } from "#lib/notifications/ways.ts";

const settingsOf = async (tx: DbOrTx, { id: userId, role }: Account): Promise<NotificationSettingsDto> => {
  const choices = new Map((await listChoices(tx, userId)).map((choice) => [choice.type, choice]));
  return {
    items: eventTypesOf(role).map((type) => ({
      type,
      ...wayOf(type, choices.get(type) ?? null),
      optional: eventKinds[type].optional,
      hasMail: hasMail(type),
    })),
  };
};

/** How the caller hears of every kind of event. Throws `unauthenticated`. */
export const getNotificationSettings = async (viewer: Viewer): Promise<NotificationSettingsDto> => {
  if (viewer === null) throw new AppError("unauthenticated");
  return settingsOf(db(), viewer);
};

const refuse = (index: number, text: string) =>
  new AppError("invalid_input", {
    message: "This cannot be chosen.",
    hint: "GET /api/v1/me/notification-settings tells what is `optional` and which kinds have mails.",
    fields: { [`items.${index}`]: text },
  });

/**
 * Keeps how the caller wants to hear of some kinds; the others stay as they are. Nothing is kept when one is refused.
 * Throws `unauthenticated`, and `invalid_input` for switching off what one must know and for a mail where there is none.
 */
export const putNotificationSettings = ({
  viewer,
  choices: { items },
}: {
  viewer: Viewer;
  choices: NotificationChoices;
}): Promise<NotificationSettingsDto> =>
  transaction(async (tx) => {
    if (viewer === null) throw new AppError("unauthenticated");
    for (const [index, { type, inApp, email }] of items.entries()) {
      const kind = eventKinds[type];
      const usual = wayOf(type, null);
      const changed = inApp !== usual.inApp || email !== usual.email;
      if (!kind.optional && changed) throw refuse(index, "This kind cannot be switched off.");
      if (email && !hasMail(type)) throw refuse(index, "There is no mail of this kind.");
      if (kind.optional) await putChoice(tx, { userId: viewer.id, type, inApp, email });
    }
    return settingsOf(tx, viewer);
  });

const subjectOf = async (token: string): Promise<{ userId: string; type: EventType }> => {
  const read = readUnsubscribeToken(token);
  const known = read !== null && isEventType(read.type) && eventKinds[read.type].optional;
  if (!known || (await findUser(db(), read.userId)) === null) {
    throw new AppError("not_found", { hint: "Copy the whole address from the mail, or choose in your settings." });
  }
  return { userId: read.userId, type: read.type as EventType };
};

/** What a mail's unsubscribe address would switch off, and whether it is off already. Throws `not_found` for one that is not ours. */
export const readUnsubscription = async (token: string): Promise<{ type: EventType; off: boolean }> => {
  const { userId, type } = await subjectOf(token);
  return { type, off: !wayOf(type, await findChoice(db(), { userId, type })).email };
};

/**
 * Switches mails of one kind off for whom the token was made for; notices in the app stay as they were. Repeating it is
 * fine. Throws `not_found` for a token that is not ours.
 */
export const unsubscribe = async (token: string): Promise<void> => {
  const { userId, type } = await subjectOf(token);
  await transaction(async (tx) => {
    const { inApp } = wayOf(type, await findChoice(tx, { userId, type }));
    await putChoice(tx, { userId, type, inApp, email: false });
  });
};
