/** How people hear of a kind of event unless they chose otherwise. */
export type EventKind = {
  /** Shown in the notification centre. */
  inApp: boolean;
  /** Sent as a mail. */
  email: boolean;
  /** Whether its receiver may switch it off; what a person must know stays on. */
  optional: boolean;
  /** Whether webhooks can subscribe to it. */
  webhook: boolean;
  /** Whether only admins are told of it and choose how. */
  adminOnly?: boolean;
};

/** Every kind of event that people and programs can be told of; a later feature adds its line. */
export const eventKinds = {
  "upload.finished": { inApp: false, email: false, optional: true, webhook: true },
  "video.playable": { inApp: false, email: false, optional: true, webhook: true },
  "video.ready": { inApp: true, email: true, optional: true, webhook: true },
  "video.failed": { inApp: true, email: true, optional: true, webhook: true },
  "audio.ready": { inApp: true, email: true, optional: true, webhook: true },
  "quota.near": { inApp: true, email: true, optional: true, webhook: true },
  // Its mail holds a secret that an event must not carry: lib/channels/invite.ts writes it by itself.
  "channel.invitation": { inApp: true, email: false, optional: false, webhook: false },
  "video.taken_down": { inApp: true, email: true, optional: false, webhook: true },
  "video.restored": { inApp: true, email: true, optional: false, webhook: true },
  // To the channel; to whom a reply answers; to who subscribed to the channel, one by one.
  "comment.received": { inApp: true, email: false, optional: true, webhook: true },
  "comment.replied": { inApp: true, email: false, optional: true, webhook: false },
  "video.published": { inApp: true, email: false, optional: true, webhook: false },
  "export.ready": { inApp: true, email: true, optional: false, webhook: false },
  "webhook.disabled": { inApp: true, email: true, optional: true, webhook: false },
  "account.waiting": { inApp: true, email: true, optional: true, webhook: false, adminOnly: true },
} as const satisfies Record<string, EventKind>;

/** See `eventKinds`. */
export type EventType = keyof typeof eventKinds;

/** Whether a stored name is one of this version's kinds. */
export const isEventType = (type: string): type is EventType => Object.hasOwn(eventKinds, type);

/** Every kind, in the order of the table. */
export const eventTypes: readonly EventType[] = Object.keys(eventKinds).filter(isEventType);

/** The kinds that somebody with that role can be told of. */
export const eventTypesOf = (role: "viewer" | "creator" | "admin"): readonly EventType[] =>
  eventTypes.filter((type) => role === "admin" || !("adminOnly" in eventKinds[type]));
