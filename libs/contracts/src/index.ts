export { TOPICS } from './topics';
export type { Body, Envelope, EnvelopeCodec, Topic } from './topics';
