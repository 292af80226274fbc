import { type DoubleOptions, EventStoreDbDouble } from './eventstoredb-double.js';
import type { Member } from './other-calls.js';
import type { Loss } from './faults.js';
import { ServerLog } from './server-log.js';
import { conductOf } from './releases.js';

/** Nodes with one log, of which one leads: the others pass appends on to it, as those of a real cluster do where nobody insists on the leader. */
export class EventStoreDbCluster {
  readonly nodes: readonly EventStoreDbDouble[];
  readonly log: ServerLog;
  private leader = 0;

  private constructor(options: DoubleOptions, size: number) {
    this.log = new ServerLog(conductOf(options.release ?? '23.10.8').maxAppendBytes);
    const members = (): readonly Member[] =>
      this.nodes.map((node, index) => ({ port: node.port, alive: node.alive, leads: index === this.leader }));
    this.nodes = Array.from({ length: size }, () => new EventStoreDbDouble({ ...options, log: this.log, members }));
  }

  static async start(options: DoubleOptions = {}, size = 3): Promise<EventStoreDbCluster> {
    const cluster = new EventStoreDbCluster(options, size);
    await Promise.all(cluster.nodes.map((node) => node.start()));
    return cluster;
  }

  get leading(): EventStoreDbDouble {
    return this.nodes[this.leader]!;
  }

  /** Names every node, so that whoever comes must ask who leads. */
  get connectionString(): string {
    const hosts = this.nodes.map(({ port }) => `127.0.0.1:${port}`).join();
    return `esdb://${hosts}?tls=false&discoveryInterval=20&maxDiscoverAttempts=10`;
  }

  /** The leader is killed, and after an election, in which nobody answers, the next node that lives leads. */
  async changeLeader(electionMs = 0): Promise<void> {
    const from = this.leading;
    from.kill();
    const over = this.nodes.map((node) => node.refuse('not ready'));
    await new Promise((resolve) => setTimeout(resolve, electionMs));
    const living = this.nodes.findIndex((node) => node.alive);
    if (living < 0) throw new Error('no node of the cluster lives');
    this.leader = living;
    for (const end of over) end();
  }

  /** The same in the middle of the next append. @param loss whether it was stored before. @returns when another node leads */
  async changeLeaderDuringAppend(loss: Loss, electionMs = 0): Promise<void> {
    const { leading } = this;
    leading.faults.loss = loss;
    while (leading.alive) await new Promise((resolve) => setTimeout(resolve, 1));
    await this.changeLeader(electionMs);
  }

  kill(): void {
    for (const node of this.nodes) node.kill();
  }
}
