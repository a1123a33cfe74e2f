// The console's built files. Unknown pages are routes of the console and get its index.html; unknown files are 404.
import { existsSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { Refusal } from '@hengji/domain-kit';
import express, { Router } from 'express';

/**
 * Files below `folder`. Built file names contain a hash, so browsers may cache these files without limit; index.html must not be cached.
 */
export const consoleFiles = (folder: string): Router => {
  const root = resolve(folder);
  const index = join(root, 'index.html');
  const router = Router();
  router.use('/assets', express.static(join(root, 'assets'), { immutable: true, maxAge: '365d', index: false }));
  router.use(express.static(root, { index: false }));
  router.get(/.*/, (request, response) => {
    if (extname(request.path) !== '') throw new Refusal('notFound', 'route.unknown', '没有这个地址');
    if (!existsSync(index)) throw new Refusal('notFound', 'console.not_built', '控制台尚未构建', { rule: 'CONSOLE_FOLDER' });
    response.set('cache-control', 'no-cache').sendFile(index);
  });
  return router;
};
