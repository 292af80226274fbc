import 'reflect-metadata';
import './kernel/event-store/eventstoredb/quiet-client.js';
import v8 from 'node:v8';
import { runCli } from './cli/program.js';
import { keepToOwner } from './kernel/privacy/owner-only.js';
import { withEnvFile } from './kernel/config/env-file.js';

keepToOwner();

// The collector lets the heap grow to a multiple of what is in use before it tidies up; a long import keeps little, so
// a third is enough.
v8.setFlagsFromString('--heap-growing-percent=30');

// Whoever reads the result may have seen enough (`fok … | head`): that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await runCli(process.argv.slice(2), {
  environment: withEnvFile(process.env),
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
});
