import { useTranslations } from "next-intl";
import type { ChannelPersonDto } from "#lib/channels/dto.ts";

/** Longer ones are folded, so that the videos stay in sight. */
const longFrom = 240;
const mostLines = 3;

/** What the person whose own channel it is says about themselves; nothing when they say nothing. */
export const ChannelPerson = ({ person, channelName }: { person: ChannelPersonDto; channelName: string }) => {
  const t = useTranslations("channels.person");
  const { displayName: name, bio } = person;
  if (bio === "") return null;
  const text = <p className="max-w-3xl whitespace-pre-line text-pretty text-muted wrap-anywhere">{bio}</p>;
  if (bio.length > longFrom || bio.split("\n").length > mostLines) {
    return (
      <details className="mt-2 text-14">
        <summary className="w-fit cursor-pointer rounded-xs font-medium hover:underline">
          {t("about", { name })}
        </summary>
        <div className="mt-1">{text}</div>
      </details>
    );
  }
  return (
    <div className="mt-2 text-14">
      {name === channelName ? null : <p className="font-medium wrap-anywhere">{name}</p>}
      {text}
    </div>
  );
};
