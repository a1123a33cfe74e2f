// Writes the acts of one service as JSON lines into a file, for the offline verifier and for an external copy;
// docs/ACTS.md.
//   npm run acts -- exam exam-acts.jsonl postgresql://…/exam
//   node tools/verifier/hengji-verify.mjs acts exam-acts.jsonl --keys trust.json
// Without an address, the program reads DATABASE_URL. The program reads one snapshot and changes nothing.
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { databaseSession } from '@hengji/host';
import { pgSql } from '@hengji/messaging';
import { exportActs } from '@hengji/procedure';
import { Client } from 'pg';

async function* ended(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`;
}

const main = async ([service, file, url = process.env['DATABASE_URL']]: readonly string[]): Promise<void> => {
  if (service === undefined || file === undefined || url === undefined)
    throw new Error('Use: npm run acts -- <service> <file> [<database URL>]');
  const client = new Client(databaseSession(url, { name: 'acts' }));
  await client.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    await pipeline(ended(exportActs(pgSql(client), service)), createWriteStream(file));
  } finally {
    await client.end();
  }
};

main(process.argv.slice(2)).catch((failure: unknown) => {
  console.error(failure instanceof Error ? failure.message : failure);
  process.exitCode = 1;
});
