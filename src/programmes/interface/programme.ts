import type { Kind } from '../../exports/column-types.js';
import type { VerifySlice } from '../../verify/packet/slice.js';
import type { VerifyRun } from '../../verify/report.js';
import type { Booker } from './book.js';
import type { Explainer } from './explainer.js';
import type { Months } from './months.js';
import type { Packets } from './packets.js';
import type { Pages } from './pages.js';
import type { PictureCheck } from './pictures.js';
import type { PolicyReader } from './policy.js';
import type { Comparison, Output, ProgrammeNotices, ProgrammeSql } from './settling.js';
import type { ProgrammeSummary } from './summary.js';

/**
 * All that the engine asks of a programme: which exports it reads, how its policies are read, by which SQL it settles, which
 * files come out, in which words, and who verifies them. What verifies, explains and shows is read when it is called for.
 */
export interface Programme {
  /** As a policy's `rules` names it. */
  name: string;
  kinds: readonly Kind[];
  policy: PolicyReader;
  sql: ProgrammeSql;
  /** The output that other programmes are fed with, and the kind of export that it is to them. */
  feeds?: { file: string; kind: Kind };
  /** In the order in which they are written: the largest first, because it is hashed while others are written. */
  outputs: readonly Output[];
  /** false: it judges rows and pays nobody. Its runs have no `settlement.csv`, and are neither closed nor compared. */
  pays?: false;
  /** A query of `path` and `text`: a statement for each anchor; undefined where there are none. */
  statements: string | undefined;
  comparison: Comparison;
  notices: ProgrammeNotices;
  summary: ProgrammeSummary;
  verifier: () => Promise<VerifyRun>;
  explainer: () => Promise<Explainer>;
  booker: () => Promise<Booker>;
  pages: () => Promise<Pages>;
  /** undefined where two periods aren't compared. */
  months: (() => Promise<Months>) | undefined;
  /** undefined where no pictures are looked at. */
  pictures?: () => Promise<PictureCheck>;
  /** undefined where nobody is given a packet. */
  packets?: () => Promise<Packets>;
  sliceVerifier?: () => Promise<VerifySlice>;
}
