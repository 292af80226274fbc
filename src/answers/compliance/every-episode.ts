import type { EpisodeAssessment } from '../../compliance-rules/model.js';
import type { UpTo } from '../../judgement/read-model.js';
import type { ReadSide } from '../../judgement/read-side.js';

const PAGE = 1_000;

/** The judgement of every episode there is, in order of id, in pages: memory stays bounded however many there are. */
export async function* everyEpisode(
  { index, assessments }: Pick<ReadSide, 'index' | 'assessments'>,
  known: UpTo,
  onUnreadable: () => void,
): AsyncGenerator<EpisodeAssessment> {
  let after: string | undefined;
  for (;;) {
    const page = await index.streams('careEpisode', { ...(after === undefined ? {} : { after }), limit: PAGE });
    const judged = await assessments.ofEpisodes(page, known);
    if (judged.parked) onUnreadable();
    yield* judged.assessments;
    if (page.length < PAGE) return;
    after = page.at(-1);
  }
}
