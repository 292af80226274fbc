import { isIPv4 } from 'node:net';

/** Whether only this machine can reach a server that listens on the host: `localhost`, 127.0.0.0/8 and ::1. */
export function isLoopback(host: string): boolean {
  if (host === 'localhost' || host === '::1') return true;
  return isIPv4(host) && host.startsWith('127.');
}
