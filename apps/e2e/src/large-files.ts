// Files of many megabytes on their way in: how much memory a service takes for them, and one that waits in the middle.
import type { Running } from './running-platform';

const HEAD = Buffer.from('%PDF-1.7\n');

export const pdfOf = (bytes: number, fill: number): Buffer => Buffer.concat([HEAD, Buffer.alloc(bytes - HEAD.length, fill)]);

/** Bytes of memory that the process of the service has now. */
export const residentBytes = async ({ platform }: Running, service: string): Promise<number> => {
  const metrics = await (await fetch(platform.metricsUrl(service))).text();
  return Number(/^process_resident_memory_bytes (\S+)$/m.exec(metrics)?.[1]);
};

/** What `work` made the processes grow by at most, looked at while it lasts. */
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

/** A file of so many bytes as a stream: whoever sends it does not hold it either. */
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

/** The content in two halves; the second comes when `goOn` has. */
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
