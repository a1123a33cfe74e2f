// Uploads of many megabytes: the memory that a service uses for them, and an upload that pauses in the middle.
import type { Running } from './running-platform';

const HEAD = Buffer.from('%PDF-1.7\n');

export const pdfOf = (bytes: number, fill: number): Buffer => Buffer.concat([HEAD, Buffer.alloc(bytes - HEAD.length, fill)]);

/** The current memory of the service's process, in bytes. */
export const residentBytes = async ({ platform }: Running, service: string): Promise<number> => {
  const metrics = await (await fetch(platform.metricsUrl(service))).text();
  return Number(/^process_resident_memory_bytes (\S+)$/m.exec(metrics)?.[1]);
};

/** The largest growth of the processes' memory during `work`, sampled while it runs. */
export const growthDuring = async (running: Running, services: readonly string[], work: Promise<unknown>): Promise<Map<string, number>> => {
  const before = new Map(await Promise.all(services.map(async (name) => [name, await residentBytes(running, name)] as const)));
  const growth = new Map<string, number>();
  let over = false;
  const ended = work.finally(() => (over = true));
  while (!over)
    for (const name of services)
      growth.set(name, Math.max(growth.get(name) ?? 0, (await residentBytes(running, name)) - (before.get(name) ?? 0)));
  await ended;
  return growth;
};

/** A file of this many bytes as a stream, so that the sender does not hold it in memory either. */
export const streamed = (bytes: number, fill: number): ReadableStream<Uint8Array> => {
  const piece = Buffer.alloc(64 * 1024, fill);
  let left = bytes;
  return new ReadableStream({
    pull: (stream) => {
      const next = left === bytes ? HEAD : piece.subarray(0, left);
      left -= next.length;
      stream.enqueue(Uint8Array.from(next));
      if (left === 0) stream.close();
    },
  });
};

/** The content in two halves; the second is sent after `goOn` resolves. */
export const inHalves = (content: Buffer, goOn: Promise<unknown>): ReadableStream<Uint8Array> => {
  const middle = content.length >> 1;
  return new ReadableStream({
    start: async (stream) => {
      stream.enqueue(content.subarray(0, middle));
      await goOn;
      stream.enqueue(content.subarray(middle));
      stream.close();
    },
  });
};
