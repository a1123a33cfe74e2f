// The headers of an event: CloudEvents 1.0 in Kafka's binary mode, with the sequence extension.

export interface EventOnTheWire {
  readonly eventId: string;
  /** `hengji/<service>` */
  readonly source: string;
  readonly topic: string;
  readonly key: string;
  /** Digits. */
  readonly sequence: string;
  readonly type: string;
  readonly occurredAt: Date;
}

/** The headers of every event; the relay adds a seal. */
export const eventHeaders = (event: EventOnTheWire): Record<string, string> => ({
  ce_specversion: '1.0',
  ce_id: event.eventId,
  ce_source: event.source,
  ce_type: `hengji.${event.topic}.${event.type}`,
  ce_time: event.occurredAt.toISOString(),
  ce_subject: event.key,
  ce_sequence: event.sequence,
  'content-type': 'application/protobuf',
});
