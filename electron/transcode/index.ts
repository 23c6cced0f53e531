export { canTranscode } from './syntaxes.ts';
export {
  openTranscoder,
  type TranscodeRequest,
  type Transcoder,
  type TranscoderOptions,
} from './transcoder.ts';
export type { Transcoded } from './transcode-messages.ts';
