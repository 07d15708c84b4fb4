import { useState } from "react";
import { putVideoWatermark } from "#lib/api-client/watermarks.ts";
import type { VideoWatermarkDto, WatermarkDto, WatermarkPlacement } from "#lib/watermarks/dto.ts";
import { useReportError } from "../../use-report-error.ts";

/** What is chosen: no mark, one of the list, or the video's own of which the list knows no more. */
export const noMark = "none";

const placementOf = (design: WatermarkDto["design"]): WatermarkPlacement => {
  const { position, opacity, scale, margin } = design;
  return { position, opacity, scale, margin };
};

const same = (one: WatermarkPlacement, other: WatermarkPlacement) =>
  one.position === other.position &&
  one.opacity === other.opacity &&
  one.scale === other.scale &&
  one.margin === other.margin;

type Input = {
  videoId: string;
  items: readonly WatermarkDto[];
  current: VideoWatermarkDto;
  onSaved: (saved: VideoWatermarkDto) => void;
};

/** The mark that is being chosen and placed, beside the one the video has. */
export const useChoice = ({ videoId, items, current, onSaved }: Input) => {
  const report = useReportError();
  const carried = current.watermark;
  const [chosenId, setChosenId] = useState(carried?.watermarkId ?? noMark);
  const [placed, setPlaced] = useState<WatermarkPlacement | null>(
    carried === null ? null : placementOf(carried.design),
  );
  const [saving, setSaving] = useState(false);
  const preset = items.find(({ id }) => id === chosenId) ?? null;
  const own = carried?.watermarkId === chosenId ? carried : null;
  const design = preset?.design ?? own?.design ?? null;
  const placement = placed ?? (design === null ? null : placementOf(design));
  const image = preset?.image ?? own?.image ?? null;
  const moved =
    own === null || placement === null
      ? chosenId !== (carried?.watermarkId ?? noMark)
      : !same(placementOf(own.design), placement);
  const redrawn = own !== null && preset?.image != null && preset.image.url !== own.image.url;
  const usable = chosenId === noMark || preset?.state === "ready";
  const choose = (id: string) => {
    setChosenId(id);
    setPlaced(carried?.watermarkId === id ? placementOf(carried.design) : null);
  };
  const apply = async (id: string) => {
    setSaving(true);
    try {
      const choice = id === noMark || placement === null ? { watermarkId: null } : { watermarkId: id, placement };
      onSaved(await putVideoWatermark({ videoId, choice }));
      if (id === noMark) choose(noMark);
    } catch (error) {
      report(error);
    } finally {
      setSaving(false);
    }
  };
  const strays = preset !== null && placement !== null && !same(placementOf(preset.design), placement);
  return {
    ...{ chosenId, choose, preset, placement, place: setPlaced, image, usable, saving, apply },
    /** Whether applying would change the video. */
    changed: moved || redrawn,
    /** Whether the place differs from the preset's. */
    strays,
  };
};
