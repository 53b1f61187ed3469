/** The pieces of a map that is proposed from data: which are taken, and what that means for the others. */
import type { Asked } from "~/view/data/reading";

export interface Support {
  customers: number | null;
  of: number;
  share: number | null;
  /** Why the customers are not told. */
  note: string;
}

export interface Piece {
  id: string;
  section: string;
  record: Record<string, unknown>;
  says: string;
  support: Support | null;
  /** Pieces without which it cannot stand. */
  needs: readonly string[];
}

export interface Proposal {
  customers: number;
  journeys: number;
  touchpoints: number;
  /** Touchpoints that are too rare to be drawn. */
  left_out: number;
  fit: { fitness: number; precision: number };
  pieces: readonly Piece[];
}

/** What the job of a proposal gives: questions first, or the proposal. */
export interface Found {
  upload: string;
  questions: readonly Asked[];
  counts: { read: number; refused: number; events: number } | null;
  /** Sources of which nothing is read. */
  unused?: readonly string[];
  proposal: Proposal | null;
}

/** The taken pieces without this one, and without those that cannot stand without it. */
export function leave(pieces: readonly Piece[], taken: ReadonlySet<string>, id: string): Set<string> {
  const left = new Set(taken);
  const gone = [id];
  for (let one = gone.pop(); one !== undefined; one = gone.pop()) {
    left.delete(one);
    for (const piece of pieces) if (left.has(piece.id) && piece.needs.includes(one)) gone.push(piece.id);
  }
  return left;
}

/** The taken pieces with this one, and with those that it needs. */
export function take(pieces: readonly Piece[], taken: ReadonlySet<string>, id: string): Set<string> {
  const with_ = new Set(taken);
  const wanted = [id];
  for (let one = wanted.pop(); one !== undefined; one = wanted.pop()) {
    if (with_.has(one)) continue;
    with_.add(one);
    wanted.push(...(pieces.find((piece) => piece.id === one)?.needs ?? []));
  }
  return with_;
}

export interface ProposedStage {
  piece: Piece;
  title: string;
  points: readonly { piece: Piece; title: string }[];
}

/** What success is, as it is proposed; "" where it is left open, or where its touchpoint is not taken. */
export function successOf(pieces: readonly Piece[], taken: ReadonlySet<string>): string {
  const cut = pieces.find((one) => one.section === "journey");
  const [said] = (cut?.record.success as string[] | undefined) ?? [];
  return said && taken.has(said) ? said : "";
}

/** Stages with their touchpoints, in the order of the drawing. */
export function stagesOf(pieces: readonly Piece[]): ProposedStage[] {
  const points = pieces.filter((one) => one.section === "touchpoints");
  const named = (piece: Piece) => ({ piece, title: String(piece.record.title ?? piece.record.id ?? piece.id) });
  return pieces
    .filter((one) => one.section === "stages")
    .map((piece) => ({
      ...named(piece),
      points: points.filter((one) => one.record.stage === piece.record.id).map(named),
    }));
}
