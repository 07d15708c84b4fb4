"use client";

import { useTranslations } from "next-intl";
import { useDeed } from "#components/channels/use-deed.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Button } from "#components/ui/button.tsx";
import { Age } from "#components/video/age.tsx";
import { showPerson } from "#lib/api-client/comments.ts";
import type { HiddenPeopleDto } from "#lib/comments/dto.ts";

type Person = HiddenPeopleDto["items"][number];

const Row = ({ handle, person }: { handle: string; person: Person }) => {
  const t = useTranslations("people.hidden");
  const { busy, perform } = useDeed();
  const { userId, displayName: name } = person;
  return (
    <li className="flex items-center gap-3 py-2.5 first:pt-0">
      <Avatar name={name} size={40} />
      <div className="min-w-0 flex-1">
        <p className="truncate text-15 font-medium">{name}</p>
        <p className="truncate text-13 text-muted">
          @{person.username} · <Age date={person.since} />
        </p>
      </div>
      <Button
        size="small"
        busy={busy}
        aria-label={t("showNamed", { name })}
        onClick={() => void perform({ deed: () => showPerson({ handle, userId }), done: t("shown", { name }) })}
      >
        {t("show")}
      </Button>
    </li>
  );
};

/** Whose comments on a channel only they and the channel see, each with the way back. */
export const HiddenPeople = ({ handle, people }: { handle: string; people: readonly Person[] }) => (
  <ul className="flex flex-col divide-y divide-line">
    {people.map((person) => (
      <Row key={person.userId} handle={handle} person={person} />
    ))}
  </ul>
);
