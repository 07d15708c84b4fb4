"use client";

import { Check, CircleAlert, ImageUp, RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useRef } from "react";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import type { PosterDto, VideoDto } from "#lib/videos/dto.ts";
import { EditorSection } from "./editor-section.tsx";
import { FramePicker } from "./frame-picker.tsx";
import { type PosterState, usePoster } from "./use-poster.ts";

type Shown = { poster: PosterDto; state: PosterState };

/** The proposals as pictures to choose from; the automatic one says so. */
const Proposals = ({ poster, state }: Shown) => {
  const t = useTranslations("posters");
  if (poster.proposals.length === 0) return <p className="text-13 text-muted">{t("none")}</p>;
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-2 text-14 font-medium">{t("proposals")}</legend>
      <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3">
        {poster.proposals.map(({ index, url }) => {
          const chosen = index === 0 && poster.origin === "auto";
          const name = index === 0 ? t("automatic") : t("proposal", { number: index + 1 });
          return (
            <li key={url}>
              <button
                type="button"
                aria-pressed={chosen}
                aria-label={name}
                aria-disabled={state.busy || undefined}
                onClick={() => {
                  if (state.busy || chosen) return;
                  state.choose(index === 0 ? { kind: "auto" } : { kind: "proposal", index });
                }}
                className={classNames(
                  "relative block w-full overflow-hidden rounded-control bg-stage outline-offset-2 transition-opacity aria-disabled:opacity-60",
                  chosen ? "ring-2 ring-accent" : "hover:opacity-85",
                )}
              >
                {/* biome-ignore lint/performance/noImgElement: behind access checks; no optimiser may fetch it */}
                <img src={url} alt="" width={320} height={180} className="aspect-video w-full object-contain" />
                {chosen ? (
                  <span className="absolute top-1.5 left-1.5 flex items-center gap-1 rounded-xs bg-badge px-1.5 py-0.5 text-12 font-bold text-on-badge">
                    <Check aria-hidden size={14} />
                    {t("automatic")}
                  </span>
                ) : null}
              </button>
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
};

const OwnPicture = ({ state }: { state: PosterState }) => {
  const t = useTranslations("posters");
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  return (
    <div className="flex flex-col items-start gap-3">
      <div className="flex flex-col gap-0.5">
        <label htmlFor={id} className="text-14 font-medium">
          {t("own")}
        </label>
        <p className="text-13 text-muted">{t("ownHint")}</p>
      </div>
      <Button busy={state.busy} onClick={() => input.current?.click()}>
        <ImageUp aria-hidden strokeWidth={1.75} />
        {t("choose")}
      </Button>
      <input
        ref={input}
        id={id}
        type="file"
        accept="image/jpeg,image/png,image/webp"
        tabIndex={-1}
        className="sr-only"
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

const originWords = { auto: "originAuto", frame: "originFrame", image: "originImage" } as const;

/** What the poster is now, what is being made of it, and what went wrong. */
const Standing = ({ poster, state }: Shown) => {
  const t = useTranslations("posters");
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-2">
      <p role="status" className="text-13 text-muted">
        {state.busy ? t("making") : t(originWords[poster.origin])}
      </p>
      {poster.origin === "auto" ? null : (
        <Button size="small" variant="ghost" busy={state.busy} onClick={() => state.choose({ kind: "auto" })}>
          <RotateCcw aria-hidden strokeWidth={1.75} />
          {t("back")}
        </Button>
      )}
      {poster.failure === null ? null : (
        <p role="alert" className="flex basis-full items-start gap-1.5 text-13 text-danger">
          <CircleAlert aria-hidden className="mt-px size-4 shrink-0" />
          <span>
            {poster.failure.message} {poster.failure.hint}
          </span>
        </p>
      )}
    </div>
  );
};

/** The poster: proposals of the run, any frame, an own picture, and back to automatic. */
export const PosterSection = ({ video }: { video: VideoDto }) => {
  const t = useTranslations("posters");
  const state = usePoster(video);
  const { poster } = state;
  return (
    <EditorSection id="poster" title={t("title")} about={t("about")}>
      {poster === null ? (
        <div className="flex min-h-24 items-center gap-3 text-13 text-muted">
          <p role="status">{state.failed ? t("notLoaded") : t("loading")}</p>
          {state.failed ? (
            <Button size="small" onClick={state.load}>
              {t("again")}
            </Button>
          ) : null}
        </div>
      ) : (
        <>
          <Standing poster={poster} state={state} />
          <Proposals poster={poster} state={state} />
          {poster.frames === null ? null : (
            <FramePicker
              durationMs={poster.frames.durationMs}
              storyboardUrl={video.playback.storyboardUrl}
              busy={state.busy}
              onUse={(atMs) => state.choose({ kind: "frame", atMs })}
            />
          )}
          <OwnPicture state={state} />
        </>
      )}
    </EditorSection>
  );
};
