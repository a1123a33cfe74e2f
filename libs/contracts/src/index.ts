export { toJson } from './json';
export type { Json } from './json';
export { TOPICS } from './topics';
export type { Body, Envelope, EnvelopeCodec, Topic } from './topics';
