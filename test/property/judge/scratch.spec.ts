import { it } from '@jest/globals';
import fc from 'fast-check';
import { appendFileSync } from 'node:fs';
import { assessEpisode } from '../../../src/compliance-rules/index.js';
import { dayOf } from '../../../src/kernel/time/day.js';
import { differences } from './compare.js';
import { hostileWorld } from './hostile-history.arbitrary.js';
import { episodesOf, toDossier, type World } from './world.js';
it('collect', () => {
  const seed = Number(process.env['JUDGE_SEED'] ?? 1); const minutes = Number(process.env['JUDGE_MINUTES'] ?? 5);
  const end = Date.now() + minutes * 60000; let n = 0; const seen = new Map<string, number>();
  for (let round = 0; Date.now() < end; round++) {
    for (const [w, cut] of fc.sample(fc.tuple(hostileWorld(), fc.option(fc.nat(199))), { numRuns: 100, seed: seed * 1000 + round })) {
      n++;
      for (const episode of episodesOf(w)) for (const c of [null, cut]) {
        const knownAt = c === null ? undefined : w.recordedAt[c % w.recordedAt.length];
        const days = [dayOf('2021-06-01') + (n * 37) % 5000, dayOf('2021-06-01') + (n * 7919) % 5000];
        const diff = (world: World) => { try { return differences(toDossier(world, episode, n % 2 === 0), (of, known) => assessEpisode(of, { knownAt: known }), knownAt, days); } catch (e) { return [{ on: '', what: 'THROW ' + String((e as Error).stack).slice(0, 300), product: 0, judge: 0 }]; } };
        const first = diff(w)[0];
        if (!first) continue;
        const key = first.what.replace(/[0-9a-f]{8}-[-0-9a-f]*/g, 'ID') + (first.what === 'statuses' ? JSON.stringify([(first.product as string[]).filter(x => !(first.judge as string[]).includes(x)), (first.judge as string[]).filter(x => !(first.product as string[]).includes(x))]).replace(/[0-9a-f]{8}-[-0-9a-f]*/g, 'ID') : '');
        const count = (seen.get(key) ?? 0) + 1; seen.set(key, count);
        if (count > 2) continue;
        let small: World = w;
        for (let again = true; again; ) { again = false;
          for (let i = small.lines.length - 1; i >= 0; i--) {
            const t: World = { ...small, lines: small.lines.filter((_, k) => k !== i), recordedAt: small.recordedAt.filter((_, k) => k !== i) };
            const f = diff(t)[0]; if (f && f.what.split(' ')[0] === first.what.split(' ')[0]) { small = t; again = true; }
          } }
        appendFileSync('/tmp/diffs.txt', `\n== ${key}\n${episode} knownAt ${knownAt} ${JSON.stringify(diff(small))}\n` + small.lines.map((l, i) => `${l.ref} ${small.recordedAt[i]?.slice(11, 19)} ${l.stream.replace(/-0000-4000-8000-0+/, '').replace(/0{6}/, '')} ${l.type} ${l.effectiveOn} ${JSON.stringify(l.data).replace(/0000000-0000-4000-8000-0+/g, '~')}`).join('\n') + '\n');
      }
    }
    if (round % 10 === 9) console.log(n, JSON.stringify([...seen]));
  }
  console.log('done', n, JSON.stringify([...seen], null, 1));
}, 3600000);
