import { StudioSkeleton } from "#components/studio/studio-skeleton.tsx";

/** Shaped like the table that comes. */
export default function StudioLoading() {
  return <StudioSkeleton />;
}
