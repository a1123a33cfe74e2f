// The gRPC server with the heap size of the container image: no call, from callers without rights or from our own services, makes a service
// run out of memory.
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type IncomingHttpHeaders } from 'node:http2';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Client as GrpcClient, Metadata, credentials, type ServiceError } from '@grpc/grpc-js';
import { buildSync } from 'esbuild';
import { CALLER_METADATA, signCaller } from './caller';
import { DEFINITIONS } from './fixtures/definitions';

const SECRET = 'a secret of a test';
const HEAP_MB = 192;

const folder = mkdtempSync(join(tmpdir(), 'hengji-served-'));
const program = join(folder, 'served.cjs');

interface Served {
  readonly client: GrpcClient;
  readonly address: string;
  readonly process: ChildProcess;
  memory(): Promise<NodeJS.MemoryUsage>;
}

const heard = <T>(child: ChildProcess): Promise<T> =>
  new Promise((said, died) => {
    child.once('message', (message) => said(message as T));
    child.once('exit', (code, signal) => died(new Error(`the service died: ${code ?? signal}`)));
  });

const serve = async (service: string): Promise<Served> => {
  const child = fork(program, [service], {
    execArgv: [`--max-old-space-size=${HEAP_MB}`, '--max-semi-space-size=8'],
    env: { CALLER_SECRET: SECRET },
    stdio: 'ignore',
  });
  const address = await heard<string>(child);
  const client = new GrpcClient(address, credentials.createInsecure(), {
    'grpc.max_send_message_length': -1,
    'grpc.max_receive_message_length': 1024,
  });
  const memory = () => {
    const answer = heard<NodeJS.MemoryUsage>(child);
    child.send('memory');
    return answer;
  };
  return { client, address, process: child, memory };
};

const introduced = (as: string | undefined): Metadata => {
  const metadata = new Metadata();
  if (as !== undefined) metadata.set(CALLER_METADATA, signCaller(as, SECRET));
  return metadata;
};

const itself = (bytes: Buffer): Buffer => bytes;
interface Answer {
  readonly code: number;
  readonly reason: unknown;
  readonly rule: unknown;
}
const OK: Answer = { code: 0, reason: undefined, rule: undefined };

const answerOf = (failure: ServiceError): Answer => ({
  code: failure.code,
  reason: failure.metadata?.get('x-refusal-reason')[0],
  rule: failure.metadata?.get('x-refusal-rule')[0],
});

/** One call with these bytes as its only message, for any method. */
const call = ({ client }: Served, path: string, bytes: Buffer, metadata: Metadata): Promise<Answer> =>
  new Promise((resolveWith) => {
    const stream = client.makeBidiStreamRequest(path, itself, itself, metadata, { deadline: Date.now() + 30_000 });
    stream.on('data', () => undefined);
    stream.on('error', (failure: ServiceError) => resolveWith(answerOf(failure)));
    stream.on('end', () => resolveWith(OK));
    stream.end(bytes);
  });

/** One gRPC message with the bytes `bomb`, marked as gzip; returns the grpc-status of the answer. */
const compressed = ({ address }: Served, path: string, bomb: Buffer, as?: string): Promise<string> =>
  new Promise((resolveWith, reject) => {
    const session = connect(`http://${address}`);
    session.on('error', reject);
    const identity = as === undefined ? {} : { [CALLER_METADATA]: signCaller(as, SECRET) };
    const headers = { ':method': 'POST', ':path': path, te: 'trailers', 'content-type': 'application/grpc', 'grpc-encoding': 'gzip' };
    const stream = session.request({ ...headers, ...identity });
    const done = (answer: IncomingHttpHeaders): void => {
      const status = answer['grpc-status'];
      if (status === undefined) return;
      session.destroy();
      resolveWith(String(status));
    };
    stream.on('error', reject).on('response', done).on('trailers', done).resume();
    const prefix = Buffer.from([1, 0, 0, 0, 0]);
    prefix.writeUInt32BE(bomb.length, 1);
    stream.end(Buffer.concat([prefix, bomb]));
  });

/** Sent to every method of every service: new buffers for each call would cost half of the suite's time in garbage collection. */
const rows = new Map<string, Buffer>();

/** `megabytes` of empty submessages of one field: the fewest bytes that become the most objects. */
const emptyRows = (field: number, megabytes: number): Buffer => {
  const known = rows.get(`${field} ${megabytes}`);
  if (known !== undefined) return known;
  const made = Buffer.alloc(megabytes * 1024 * 1024, Buffer.from([(field << 3) | 2, 0]));
  rows.set(`${field} ${megabytes}`, made);
  return made;
};

const pathsOf = (service: string): readonly string[] =>
  (DEFINITIONS[service] ?? []).flatMap(({ fullName, methods }) => Object.values(methods).map(({ name }) => `/${fullName}/${name}`));

const FIELDS = [1, 2, 3, 4, 5, 6, 10];

describe('gRPC server with 192 MB of heap', () => {
  let served: Served;
  beforeAll(() => {
    const root = resolve(__dirname, '../../../..');
    buildSync({
      entryPoints: [join(__dirname, 'fixtures/served.ts')],
      outfile: program,
      bundle: true,
      platform: 'node',
      target: 'node24',
      format: 'cjs',
      tsconfig: join(root, 'tsconfig.base.json'),
      logLevel: 'error',
    });
  });
  afterEach(() => {
    served.client.close();
    served.process.kill('SIGKILL');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(Object.keys(DEFINITIONS))('%s: each method refuses a caller without rights on the headers', async (service) => {
    served = await serve(service);
    for (const path of pathsOf(service))
      for (const field of FIELDS)
        expect(await call(served, path, emptyRows(field, 2), introduced(undefined))).toMatchObject({
          code: 16,
          reason: 'caller.unauthenticated',
        });
    // No body was read.
    expect((await served.memory()).rss).toBeLessThan(200e6);
  });

  it.each(Object.keys(DEFINITIONS))('%s: each method refuses a million empty rows of our own service by their number', async (service) => {
    served = await serve(service);
    for (const path of pathsOf(service))
      for (const field of FIELDS) {
        const answer = await call(served, path, emptyRows(field, 2), introduced('friend'));
        expect({ path, field, ...answer }).toMatchObject({ path, field, code: 8, reason: 'request.too_many' });
      }
    expect(await call(served, pathsOf(service)[0] ?? '', emptyRows(3, 7), introduced('friend'))).toMatchObject({
      reason: 'request.too_many',
    });
    await expect(served.memory()).resolves.toBeDefined();
  });

  it('ends the streams of callers without rights, who never end them', async () => {
    served = await serve('certificate');
    const session = connect(`http://${served.address}`);
    const path = '/hengji.certificate.v1.CertificateService/ImportCertificates';
    const headers = { ':method': 'POST', ':path': path, te: 'trailers', 'content-type': 'application/grpc' };
    const closed = Array.from({ length: 200 }, () => {
      const stream = session.request(headers);
      return new Promise((resolveWith) => stream.on('close', resolveWith).resume());
    });
    await Promise.all(closed);
    session.destroy();
  }, 10_000);

  it('survives 16 MB in one message, compressed bombs, huge headers, and all of them at once', async () => {
    served = await serve('certificate');
    const path = '/hengji.certificate.v1.CertificateService/IssueCertificates';
    expect(await call(served, path, emptyRows(3, 16), introduced('friend'))).toMatchObject({ code: 8 });
    expect(await call(served, path, emptyRows(3, 16), introduced(undefined))).toMatchObject({ code: 16 });
    const bombs = [4, 8, 64, 200].map((megabytes) => gzipSync(emptyRows(3, megabytes)));
    const answers = await Promise.all(
      [...bombs, ...bombs, ...bombs].flatMap((bomb) => [compressed(served, path, bomb, 'friend'), compressed(served, path, bomb)]),
    );
    expect(answers.every((status) => status === '8' || status === '16')).toBe(true);
    expect(await compressed(served, path, Buffer.from('no gzip'), 'friend')).toBe('13');
    const wide = introduced('friend');
    for (let n = 0; n < 400; n += 1) wide.set(`x-filler-${n}`, 'x'.repeat(4_000));
    expect((await call(served, path, Buffer.alloc(0), wide)).code).not.toBe(0);
    await Promise.all(Array.from({ length: 40 }, () => call(served, path, emptyRows(3, 2), introduced('friend'))));
    expect(await call(served, path, Buffer.alloc(0), introduced('friend'))).toEqual(OK);
    expect((await served.memory()).rss).toBeLessThan(400e6);
  });
});
