"use client";

import { useFormatter, useTranslations } from "next-intl";
import { type FormEvent, useState, useSyncExternalStore } from "react";
import { CopyField } from "#components/sharing/copy-field.tsx";
import { siteFault, siteLines } from "#components/sharing/site-lines.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import type { MadePlaybackTokenDto, PlaybackTokenDto } from "#lib/playback/dto.ts";
import type { VideoDto } from "#lib/videos/dto.ts";
import { EditorSection } from "./editor-section.tsx";
import { useEditorStart } from "./editor-start.tsx";
import { usePlaybackTokens } from "./use-playback-tokens.ts";

const lives = ["day", "week", "month", "year"] as const;
type Life = (typeof lives)[number];
const days: Record<Life, number> = { day: 1, week: 7, month: 30, year: 365 };

const never = () => () => undefined;

/** The addresses of a token that was just made; nobody can see them again. */
const Made = ({ token }: { token: MadePlaybackTokenDto }) => {
  const t = useTranslations("sharing.tokens");
  // The server does not know under which name the browser reaches it.
  const origin = useSyncExternalStore(
    never,
    () => location.origin,
    () => "",
  );
  return (
    <div className="flex flex-col gap-3 rounded-control bg-raised p-4">
      <p role="status" className="text-14 font-medium">
        {t("made")}
      </p>
      {token.watchUrl === null ? null : <CopyField label={t("watchLink")} value={origin + token.watchUrl} />}
      <CopyField label={t("embedLink")} value={origin + token.embedUrl} />
    </div>
  );
};

const Row = ({ token, onRevoke }: { token: PlaybackTokenDto; onRevoke: () => void }) => {
  const t = useTranslations("sharing.tokens");
  const format = useFormatter();
  const name = token.note === "" ? t("untitled") : token.note;
  const at = token.state === "revoked" ? (token.revokedAt ?? token.expiresAt) : token.expiresAt;
  const state = token.state === "open" ? "until" : token.state;
  const date = format.dateTime(new Date(at), { dateStyle: "medium", timeStyle: "short" });
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-2.5 last:border-b-0">
      <div className="min-w-0 flex-1 basis-48">
        <p className="truncate text-14 font-medium">{name}</p>
        <p className="text-13 text-muted">
          {t(state, { date })}
          {token.sites.length === 0 ? null : ` · ${t("onSites", { sites: token.sites.join(", ") })}`}
        </p>
      </div>
      {token.state === "open" ? (
        <Button size="small" onClick={onRevoke} aria-label={t("revokeNamed", { name })}>
          {t("revoke")}
        </Button>
      ) : null}
    </li>
  );
};

type Tokens = ReturnType<typeof usePlaybackTokens>;

const NewToken = ({ tokens }: { tokens: Tokens }) => {
  const t = useTranslations("sharing.tokens");
  const [note, setNote] = useState("");
  const [sites, setSites] = useState("");
  const [life, setLife] = useState<Life>("week");
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (await tokens.make({ note, days: days[life], sites: siteLines(sites) })) setNote("");
  };
  return (
    <form onSubmit={(event) => void send(event)} noValidate className="flex max-w-[520px] flex-col gap-4">
      <Field name="note" label={t("note")} hint={t("noteHint")} error={tokens.fields.note}>
        <Input value={note} onChange={(event) => setNote(event.target.value)} maxLength={200} autoComplete="off" />
      </Field>
      <Field name="expiresAt" label={t("life")} error={tokens.fields.expiresAt}>
        <Select value={life} onChange={setLife} options={lives.map((value) => ({ value, label: t(value) }))} />
      </Field>
      <Field name="sites" label={t("sites")} hint={t("sitesHint")} error={siteFault(tokens.fields)}>
        <Input
          value={sites}
          onChange={(event) => setSites(event.target.value)}
          placeholder="example.org, *.example.net"
          dir="ltr"
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
        />
      </Field>
      <Button type="submit" busy={tokens.busy} className="self-start">
        {t("make")}
      </Button>
    </form>
  );
};

const Listed = ({ videoId, first }: { videoId: string; first: Parameters<typeof usePlaybackTokens>[0]["first"] }) => {
  const t = useTranslations("sharing.tokens");
  const tokens = usePlaybackTokens({ videoId, first });
  const { items, nextCursor } = tokens.page;
  return (
    <>
      <NewToken tokens={tokens} />
      {tokens.made === null ? null : <Made key={tokens.made.id} token={tokens.made} />}
      {items.length === 0 ? <p className="text-13 text-muted">{t("none")}</p> : null}
      <ul className="flex flex-col">
        {items.map((token) => (
          <Row key={token.id} token={token} onRevoke={() => void tokens.revoke(token.id)} />
        ))}
      </ul>
      {nextCursor === null ? null : (
        <Button size="small" onClick={() => void tokens.more()} className="self-start">
          {t("more")}
        </Button>
      )}
    </>
  );
};

/** Links that open a private video to people without an account. */
export const PlaybackTokens = ({ video }: { video: VideoDto }) => {
  const t = useTranslations("sharing.tokens");
  const start = useEditorStart();
  if (start === null) return null;
  const about = video.visibility === "private" ? t("about") : `${t("about")} ${t("onlyPrivate")}`;
  return (
    <EditorSection id="playback-tokens" title={t("title")} about={about}>
      <Listed videoId={video.id} first={start.tokens} />
    </EditorSection>
  );
};
