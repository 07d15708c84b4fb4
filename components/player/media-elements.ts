// Each by itself: the wrappers for React bring every control there is, and React knows what to do with such elements.
import "media-chrome/dist/media-controller.js";
import "media-chrome/dist/media-fullscreen-button.js";
import "media-chrome/dist/media-loading-indicator.js";
import "media-chrome/dist/media-mute-button.js";
import "media-chrome/dist/media-pip-button.js";
import "media-chrome/dist/media-play-button.js";
import "media-chrome/dist/media-time-range.js";
import "media-chrome/dist/media-volume-range.js";
import type { HTMLAttributes } from "react";

type Plain = HTMLAttributes<HTMLElement>;
type Button = Plain & { notooltip?: boolean };

/** Attributes are written as in HTML: a name with capitals would be a property, or nothing. */
type Controller = Plain & {
  nohotkeys: boolean;
  /** Seconds until the controls hide. */
  autohide: string;
  noautohide: boolean;
  /** Seconds, until the element knows better. */
  defaultduration: number | undefined;
  /** `id` of what goes full screen. */
  fullscreenelement: string;
};

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "media-controller": Controller;
      "media-fullscreen-button": Button;
      "media-loading-indicator": Plain & { noautohide?: boolean };
      "media-mute-button": Button;
      "media-pip-button": Button;
      "media-play-button": Button;
      "media-preview-chapter-display": Plain;
      "media-preview-thumbnail": Plain;
      "media-preview-time-display": Plain;
      "media-time-range": Plain;
      "media-volume-range": Plain;
    }
  }
}
