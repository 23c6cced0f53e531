/**
 * Tests the connection to the address and port on its command line and prints the steps as JSON lines.
 * It runs in a network namespace of its own, where what is sent there is lost without a word.
 */
import { ourSideAt, serverAt, testOptions } from './connection-testing.ts';
import { testConnection } from '../../electron/servers/index.ts';

const [host = '', port = ''] = process.argv.slice(2);
await using ours = await ourSideAt();
const options = testOptions(ours, { timeouts: { connectMs: 1_500 } });
for await (const step of testConnection(
  serverAt({ host, port: Number(port) }),
  options,
  new AbortController().signal,
)) {
  process.stdout.write(`${JSON.stringify(step)}\n`);
}
