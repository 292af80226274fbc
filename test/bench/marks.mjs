const A_MILLION = 1_000_000;

/** How far something had come after how many seconds, on the wall and of the processors. */
export class Marks {
  marks = [{ done: 0, seconds: 0, cpuSeconds: 0 }];

  add(done, { seconds, cpuSeconds }) {
    this.marks.push({ done, seconds, cpuSeconds });
  }

  /** How much was done at a time. */
  get step() {
    return this.marks[1]?.done ?? 0;
  }

  /**
   * The rates of the last `window` before a million was done, or before the end where there were fewer; of half of it
   * when there were fewer than twice the window.
   */
  last(window) {
    const end = this.marks.find(({ done }) => done >= A_MILLION) ?? this.marks.at(-1);
    const wanted = end.done - Math.min(window, end.done / 2);
    const start = this.marks.findLast(({ done }) => done <= wanted);
    const count = end.done - start.done;
    return {
      upTo: end.done,
      count,
      rate: count / (end.seconds - start.seconds),
      cpuRate: count / (end.cpuSeconds - start.cpuSeconds),
    };
  }
}
