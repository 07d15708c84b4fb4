"use client";

import { CircleAlert, ImageUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { type DragEvent, useId, useRef, useState } from "react";
import { type PictureState, useProfilePicture } from "#components/settings/use-profile-picture.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { ProgressBar } from "#components/ui/progress-bar.tsx";
import type { AvatarDto } from "#lib/accounts/avatar/dto.ts";

const phaseWords = { sending: "sending", making: "making", late: "later", removing: "removing" } as const;

/** What goes on, and what went wrong with the last picture. */
const Standing = ({ state, problemId }: { state: PictureState; problemId: string }) => {
  const t = useTranslations("avatars");
  const { phase, percent, problem } = state;
  const goesOn = phase === "sending" || phase === "making";
  return (
    <>
      {goesOn ? (
        <ProgressBar
          className="max-w-[320px]"
          label={t("progress")}
          percent={phase === "sending" && percent !== null && percent < 100 ? percent : null}
        />
      ) : null}
      <p role="status" className="text-13 text-muted empty:hidden">
        {phase === "idle" ? "" : t(phaseWords[phase])}
      </p>
      {problem === null ? null : (
        <p id={problemId} role="alert" className="flex items-start gap-1.5 text-13 text-danger">
          <CircleAlert aria-hidden className="mt-px size-4 shrink-0" />
          <span>{problem}</span>
        </p>
      )}
    </>
  );
};

const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes("Files");

/** Picks up a file that is dropped anywhere on an element; `over` while one is held above it. */
const useDrop = (onFile: (file: File) => void) => {
  const [over, setOver] = useState(false);
  const handlers = {
    onDragOver: (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    },
    // Moving on to a child of the element is no leaving.
    onDragLeave: (event: DragEvent<HTMLElement>) => {
      if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      const [file] = event.dataTransfer.files;
      if (file !== undefined) onFile(file);
    },
  };
  return { over, handlers };
};

/** The buttons; `drop` says what dropping a file does. */
const Deeds = ({ state, describedBy, drop }: { state: PictureState; describedBy: string; drop: string }) => {
  const t = useTranslations("avatars");
  const input = useRef<HTMLInputElement>(null);
  const choose = useRef<HTMLButtonElement>(null);
  const busy = state.phase === "sending" || state.phase === "removing";
  const remove = () => {
    // The button goes with the picture; whoever used it goes on at the one beside it.
    choose.current?.focus();
    state.remove();
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button ref={choose} busy={busy} aria-describedby={describedBy} onClick={() => input.current?.click()}>
        <ImageUp aria-hidden strokeWidth={1.75} />
        {state.src === null ? t("choose") : t("change")}
      </Button>
      {state.src === null ? null : (
        <Button variant="ghost" busy={busy} onClick={remove}>
          {t("remove")}
        </Button>
      )}
      <span className="hidden basis-full text-13 text-muted pointer-fine:inline">{drop}</span>
      <input
        ref={input}
        type="file"
        accept="image/jpeg,image/png,image/webp"
        // The button stands for it; two controls of one name would be read out.
        hidden
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          // Choosing the same file again shall count as a choice.
          event.target.value = "";
          if (file !== undefined) state.send(file);
        }}
      />
    </div>
  );
};

/** The account's picture: what it looks like, choosing one by button or drop, removing it. */
export const ProfilePicture = ({ name, avatar }: { name: string; avatar: AvatarDto }) => {
  const t = useTranslations("avatars");
  const state = useProfilePicture(avatar);
  const [hintId, problemId] = [useId(), useId()];
  const { over, handlers } = useDrop(state.send);
  return (
    <fieldset
      {...handlers}
      aria-label={t("picture")}
      className={classNames(
        "-m-3 flex max-w-[464px] min-w-0 items-start gap-4 rounded-media border border-dashed p-3 transition-colors",
        over ? "border-accent bg-raised" : "border-transparent",
      )}
    >
      <Avatar name={name} src={state.src} size={80} />
      <div className="flex min-w-0 flex-1 flex-col gap-2.5">
        <Deeds
          state={state}
          describedBy={state.problem === null ? hintId : `${problemId} ${hintId}`}
          drop={over ? t("drop") : t("orDrop")}
        />
        <Standing state={state} problemId={problemId} />
        <p id={hintId} className="text-13 text-pretty text-muted">
          {t("pictureHint")}
        </p>
      </div>
    </fieldset>
  );
};
