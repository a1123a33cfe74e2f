// Limits of idle and slow connections, over real sockets.
import { connect, type Socket } from 'node:net';
import { bodyWithin, httpListener, type HttpListener } from './listener';

const closedWithin = (socket: Socket, ms: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const from = Date.now();
    const limit = setTimeout(() => reject(new Error(`still open after ${ms} ms`)), ms);
    socket
      .on('error', () => undefined)
      .on('close', () => {
        clearTimeout(limit);
        resolve(Date.now() - from);
      });
    socket.resume();
  });

describe('every HTTP server', () => {
  let http: HttpListener;
  beforeAll(async () => {
    http = httpListener({
      host: '127.0.0.1',
      port: 0,
      listener: (request, response) => void request.resume().on('end', () => response.end('ok')),
      maxConnections: 500,
    });
    await http.listen();
  });
  afterAll(() => http.close());

  const opened = (first: string): Socket => {
    const socket = connect(http.port(), '127.0.0.1');
    socket.write(first);
    return socket;
  };

  it('closes 400 half-open requests within 15 s', async () => {
    const sockets = Array.from({ length: 400 }, (_, n) =>
      opened(['', 'GET / HT', 'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: 1\r\n'][n % 3] ?? ''),
    );
    const times = await Promise.all(sockets.map((socket) => closedWithin(socket, 15_000)));
    expect(Math.max(...times)).toBeLessThan(15_000);
  });

  it('closes connections above the maximum at once', async () => {
    const held = Array.from({ length: 500 }, () => opened(''));
    await Promise.all(held.map((socket) => new Promise((resolve) => socket.once('connect', resolve))));
    expect(await closedWithin(opened('GET / HTTP/1.1\r\nHost: x\r\n\r\n'), 5_000)).toBeLessThan(5_000);
    for (const socket of held) socket.destroy();
  });
});

describe('a slow body', () => {
  let http: HttpListener;
  beforeAll(async () => {
    const listener: Parameters<typeof httpListener>[0]['listener'] = (request, response) => {
      if (request.url === '/file') bodyWithin(request, 60_000);
      request
        .resume()
        .on('error', () => undefined)
        .on('end', () => response.end('whole'));
    };
    http = httpListener({ host: '127.0.0.1', port: 0, listener, bodyMs: 300 });
    await http.listen();
  });
  afterAll(() => http.close());

  const sent = (path: string) => {
    const socket = connect(http.port(), '127.0.0.1');
    let heard = '';
    socket.on('data', (data: Buffer) => (heard += data.toString())).on('error', () => undefined);
    socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\na`);
    return { socket, heard: () => heard };
  };

  it('is answered 408 and closed after its time, unless a longer time is allowed', async () => {
    const [plain, file] = [sent('/'), sent('/file')];
    const ms = await closedWithin(plain.socket, 5_000);
    expect(ms).toBeGreaterThan(200);
    expect(plain.heard()).toContain('408');
    file.socket.write('b');
    await new Promise<void>((resolve) => file.socket.on('data', () => file.heard().includes('whole') && resolve()));
    file.socket.destroy();
  });
});
