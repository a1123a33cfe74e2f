// A place in a gate is given back, also when the browser left before its request reached the gate.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import express from 'express';
import { gates } from './gate';

describe('the gate', () => {
  let server: Server;
  let left = 0;
  let port: number;
  beforeAll(async () => {
    const app = express();
    app.use((request, response, next) => {
      response.locals['officerId'] = 'one';
      if (request.path !== '/left') return next();
      // The same as when reading the session takes longer than the browser stays.
      response.once('close', () => {
        next();
        left += 1;
      });
    });
    app.use(gates().files, (_request, response) => void response.end('in'));
    server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  });
  afterAll(() => void server.close().closeAllConnections());

  it('gives no place to a browser that has already left', async () => {
    for (let n = 1; n <= 4; n += 1) {
      const asked = once(server, 'request');
      const socket = connect(port, '127.0.0.1');
      socket.write('GET /left HTTP/1.1\r\nHost: x\r\n\r\n');
      const [, response] = (await asked) as [unknown, NodeJS.EventEmitter];
      const closed = once(response, 'close');
      socket.destroy();
      await closed;
    }
    expect(left).toBe(4);
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
  });
});
