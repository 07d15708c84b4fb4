"use client";

import { Bell, BellOff, ChevronDown, UserMinus } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { Menu, MenuItem, MenuSeparator } from "#components/ui/menu.tsx";
import { toast } from "#components/ui/toast.tsx";
import { deleteSubscription, putSubscription } from "#lib/api-client/library.ts";
import type { SubscriptionDto } from "#lib/library/dto.ts";

/** A channel as its button names it. */
type Followed = { handle: string; name: string };

const optimistic = (known: SubscriptionDto, notify: SubscriptionDto["notify"]): SubscriptionDto => ({
  notify,
  subscribed: notify !== null,
  subscribers: Math.max(0, known.subscribers + Number(notify !== null) - Number(known.subscribed)),
});

/** The subscription as the page shows it: changes at once, and back when the server refuses. */
const useSubscription = ({ handle, first }: { handle: string; first: SubscriptionDto }) => {
  const t = useTranslations("people");
  const [state, setState] = useState(first);
  const choose = async (notify: SubscriptionDto["notify"]) => {
    setState(optimistic(state, notify));
    try {
      setState(notify === null ? await deleteSubscription(handle) : await putSubscription({ handle, notify }));
    } catch {
      setState(state);
      toast({ tone: "danger", title: t("failed") });
    }
  };
  return { state, choose };
};

const Choices = ({
  channel,
  state,
  choose,
}: {
  channel: Followed;
  state: SubscriptionDto;
  choose: (notify: SubscriptionDto["notify"]) => Promise<void>;
}) => {
  const t = useTranslations("people");
  const Icon = state.notify === "none" ? BellOff : Bell;
  return (
    <Menu
      trigger={
        <Button aria-label={t("subscription.menu", { channel: channel.name })}>
          <Icon aria-hidden strokeWidth={1.75} />
          {t("subscribed")}
          <ChevronDown aria-hidden strokeWidth={1.75} />
        </Button>
      }
    >
      <MenuItem icon={<Bell aria-hidden />} disabled={state.notify === "all"} onSelect={() => void choose("all")}>
        {t("subscription.all")}
      </MenuItem>
      <MenuItem icon={<BellOff aria-hidden />} disabled={state.notify === "none"} onSelect={() => void choose("none")}>
        {t("subscription.none")}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<UserMinus aria-hidden />} onSelect={() => void choose(null)}>
        {t("subscription.unsubscribe")}
      </MenuItem>
    </Menu>
  );
};

/** Follows a channel, or says how. `next` is where a stranger comes back to. Nothing for those who work on the channel. */
export const SubscribeButton = ({
  channel,
  first,
  signedIn,
  next,
}: {
  channel: Followed;
  first: SubscriptionDto;
  signedIn: boolean;
  next: string;
}) => {
  const t = useTranslations("people");
  const { state, choose } = useSubscription({ handle: channel.handle, first });
  if (!signedIn) {
    return (
      <Link
        href={`/login?next=${encodeURIComponent(next)}`}
        title={t("signInTo.subscribe")}
        className={buttonClass({ variant: "primary" })}
      >
        {t("subscribe")}
      </Link>
    );
  }
  if (state.subscribed) return <Choices channel={channel} state={state} choose={choose} />;
  return (
    <Button variant="primary" onClick={() => void choose("all")}>
      {t("subscribe")}
    </Button>
  );
};
