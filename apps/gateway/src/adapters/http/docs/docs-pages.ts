// GET /api/openapi.json and the page at /docs: swagger-ui from our own node_modules, with no resources from other hosts.
import { dirname } from 'node:path';
import express, { Router } from 'express';
import { openApiDocument } from './openapi';

const SWAGGER_UI = dirname(require.resolve('swagger-ui-dist/package.json'));

const PAGE = `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>衡技接口文档</title><link rel="stylesheet" href="/docs/swagger-ui.css"></head>
<body><div id="swagger-ui"></div><script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body></html>`;

const START = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#swagger-ui', deepLinking: true,
  requestInterceptor: (request) => {
    request.headers['X-Hengji-Csrf'] = '1';
    return request;
  } });`;

export const docsPages = (origin: string): Router => {
  const document = openApiDocument(origin);
  const router = Router();
  router.get('/api/openapi.json', (_request, response) => void response.json(document));
  router.get(['/docs', '/docs/'], (_request, response) => void response.type('html').send(PAGE));
  router.get('/docs/start.js', (_request, response) => void response.type('js').send(START));
  router.use('/docs', express.static(SWAGGER_UI, { index: false, maxAge: '1d' }));
  return router;
};
