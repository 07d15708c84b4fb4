"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { ApiError } from "#lib/api-client/api-error.ts";
import type { VideoDto } from "#lib/videos/dto.ts";
import { useStudio } from "../studio-context.tsx";
import { useReportError } from "../use-report-error.ts";
import { faultsOf, formOf, isEmptyPatch, limits, patchOf, rebased, type VideoForm } from "./video-form.ts";

/** The state of the editor's form. */
export type VideoFormState = {
  form: VideoForm;
  change: (part: Partial<VideoForm>) => void;
  dirty: boolean;
  saving: boolean;
  /** Words per faulty field. */
  errors: Readonly<Record<string, string>>;
  /** Sends what changed. Resolves to false when a field is faulty or the server refused. */
  save: () => Promise<boolean>;
  discard: () => void;
};

/** Keeps what is typed, follows what is saved elsewhere, and sends only what was changed here. */
export const useVideoForm = (video: VideoDto): VideoFormState => {
  const { store } = useStudio();
  const t = useTranslations("studio.editor");
  const report = useReportError();
  const [state, setState] = useState(() => ({ base: formOf(video), form: formOf(video) }));
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [saving, setSaving] = useState(false);
  const seen = useRef(video);
  if (seen.current !== video && !saving) {
    seen.current = video;
    const next = rebased({ ...state, video });
    if (next.base !== state.base) setState(next);
  }
  const patch = patchOf(state);
  const refuse = (error: unknown) => {
    if (error instanceof ApiError && Object.keys(error.fields).length > 0) {
      setErrors(Object.fromEntries(Object.keys(error.fields).map((field) => [field, t("fieldRefused")])));
    } else report(error);
  };
  const save = async () => {
    const faults = faultsOf(state.form);
    const words = Object.entries(faults).map(([field, fault]) => [
      field,
      t(fault, { max: field === "title" ? limits.title : limits.description }),
    ]);
    setErrors(Object.fromEntries(words));
    if (words.length > 0 || saving) return false;
    setSaving(true);
    try {
      const saved = await store.patch({ videoId: video.id, patch });
      const base = formOf(saved);
      // What was typed while the answer was on its way stays.
      setState((now) => ({
        base,
        form: isEmptyPatch(patchOf({ base: state.form, form: now.form })) ? base : now.form,
      }));
      return true;
    } catch (error) {
      refuse(error);
      return false;
    } finally {
      setSaving(false);
    }
  };
  return {
    form: state.form,
    change: (part) => {
      setState((now) => ({ ...now, form: { ...now.form, ...part } }));
      setErrors((now) => Object.fromEntries(Object.entries(now).filter(([field]) => !(field in part))));
    },
    dirty: !isEmptyPatch(patch),
    saving,
    errors,
    save,
    discard: () => {
      setState((now) => ({ ...now, form: now.base }));
      setErrors({});
    },
  };
};
