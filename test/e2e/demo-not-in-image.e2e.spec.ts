import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';

it('what an image installs holds no identity provider', () => {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean }>;
  };
  const installed = Object.entries(lock.packages).filter(([, { dev, devOptional }]) => !dev && !devOptional);
  const names = installed.map(([path]) => path.split('node_modules/').at(-1));
  expect(names).toContain('openid-client');
  expect(names.filter((name) => /^(oidc-provider|koa|@types\/oidc-provider)$/.test(name ?? ''))).toEqual([]);
});
