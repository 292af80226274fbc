import type { EpisodeAssessment } from '../../compliance-rules/model.js';
import type { ReadSide } from '../../judgement/read-side.js';

const PAGE = 1_000;

/** The judgement of every episode there is, in order of id, in pages: memory stays bounded however many there are. */
export async function* everyEpisode(
  { index, assessments }: Pick<ReadSide, 'index' | 'assessments'>,
  knownAt: string | undefined,
  onUnreadable: () => void,
): AsyncGenerator<EpisodeAssessment> {
  let after: string | undefined;
  for (;;) {
    const page = await index.streams('careEpisode', { ...(after === undefined ? {} : { after }), limit: PAGE });
    const judged = await assessments.ofEpisodes(page, knownAt);
    if (judged.basis.parked) onUnreadable();
    yield* judged.assessments;
    if (page.length < PAGE) return;
    after = page.at(-1);
  }
}
