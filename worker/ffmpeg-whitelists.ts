import type { ImageFormat } from "#lib/media/ffmpeg-command.ts";

/**
 * What a stranger's file may make ffmpeg do. Containers that name other files or addresses (hls, concat, dash, sdp),
 * images, texts and devices are absent on purpose: an "mp4" that is a playlist pulled a foreign file into the output
 * before these lists stood.
 */
export const formats =
  "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,flv,live_flv,asf,ogg,wav,w64,aiff,caf,mp3,flac,aac,ac3,eac3,amr,mxf,dv,rm,ivf,h264,hevc,m4v,wtv,nut";

const video =
  "h264,hevc,vp8,vp9,libdav1d,av1,mpeg1video,mpeg2video,mpeg4,msmpeg4v1,msmpeg4v2,msmpeg4,h261,h263,h263i,flv,theora,wmv1,wmv2,wmv3,vc1,prores,dnxhd,mjpeg,dvvideo,ffv1,huffyuv,ffvhuff,utvideo,rawvideo,v210,qtrle,rpza,svq1,svq3,cinepak,indeo3,indeo4,indeo5,rv10,rv20,rv30,rv40,cfhd,hap,png";

const audio =
  "aac,aac_latm,mp1float,mp2float,mp3float,mp1,mp2,mp3,ac3,eac3,dca,truehd,mlp,opus,libopus,vorbis,libvorbis,flac,alac,wavpack,wmav1,wmav2,wmapro,wmalossless,cook,sipr,ra_144,ra_288,nellymoser,speex,amrnb,amrwb,gsm,gsm_ms,adpcm_ms,adpcm_ima_wav,adpcm_ima_qt,adpcm_swf,adpcm_yamaha,pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_u8,pcm_s8,pcm_f32le,pcm_f32be,pcm_f64le,pcm_f64be,pcm_alaw,pcm_mulaw,pcm_dvd,pcm_bluray,pcm_s16le_planar,pcm_lxf";

/** ffprobe opens a decoder for every stream and gives up on a refused one, so it also gets those of subtitles and covers. */
const beside =
  "subrip,srt,ass,ssa,mov_text,webvtt,text,dvdsub,dvbsub,pgssub,xsub,cc_dec,eia_608,libzvbi_teletextdec,bmp,webp,gif,mjpeg";

/** Decoders for ffmpeg. */
export const decoders = `${video},${audio}`;
/** Decoders for ffprobe. */
export const probeDecoders = `${decoders},${beside}`;

/** Bounds that ffmpeg itself keeps while it opens a file. */
export type InputBounds = { maxPixels: number; maxStreams: number };

/** Options that stand before every stranger's file. `max_pixels` stops a 0.75 MB file from taking 2 GB. */
export const mediaInputOptions = (tool: "ffmpeg" | "ffprobe", { maxPixels, maxStreams }: InputBounds): string[] => [
  ...["-protocol_whitelist", "file", "-format_whitelist", formats],
  ...["-codec_whitelist", tool === "ffmpeg" ? decoders : probeDecoders],
  ...["-max_pixels", String(maxPixels), "-max_streams", String(maxStreams)],
  ...["-probesize", "16000000", "-analyzeduration", "10000000"],
];

/** Options before a PNG that an earlier command of ours drew. */
export const coverInputOptions: readonly string[] = [
  ...["-protocol_whitelist", "file", "-format_whitelist", "image2", "-codec_whitelist", "png"],
  ...["-max_pixels", "36000000", "-f", "image2", "-pattern_type", "none"],
];

const imageCodecs: Record<ImageFormat, string> = { jpeg: "mjpeg", png: "png", webp: "webp" };

/** Options before a picture that somebody sent: one demuxer, one decoder, whatever the file says it is. */
export const imageInputOptions = (format: ImageFormat): string[] => [
  ...["-protocol_whitelist", "file", "-format_whitelist", `${format}_pipe`, "-codec_whitelist", imageCodecs[format]],
  ...["-max_pixels", "36000000", "-max_streams", "1", "-f", `${format}_pipe`],
];
