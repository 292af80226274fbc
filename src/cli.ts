import 'reflect-metadata';
import { runCli } from './cli/program.js';

// Whoever reads the result may have seen enough (`fok … | head`): that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await runCli(process.argv.slice(2), { environment: process.env, stdout: process.stdout, stderr: process.stderr });
