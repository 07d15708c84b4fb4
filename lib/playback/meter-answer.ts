import { metrics } from "#lib/metrics.ts";
import { type Counted, countDelivered } from "#lib/usage/delivery-meter.ts";

/**
 * Gives what counts one answer's bytes as they are sent: in the metrics under `kind`, and as delivered of the video, when
 * there is one that somebody pays for.
 */
export const meterAnswer = ({
  kind,
  counted,
}: {
  kind: string;
  counted?: Counted | undefined;
}): ((bytes: number) => void) => {
  let begins = true;
  return (bytes) => {
    metrics().mediaBytes.inc({ kind }, bytes);
    if (counted !== undefined) countDelivered({ ...counted, bytes, begins });
    begins = false;
  };
};
