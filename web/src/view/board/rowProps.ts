import type { BoardLayout, Row } from "~/layout/rows";

/** What every row of the board is told. */
export interface RowProps {
  layout: BoardLayout;
  row: Row;
  index: number;
  /** The width of the lanes' names. */
  names: number;
}

/** And a row that draws only some of its columns. */
export interface ColumnsProps extends RowProps {
  /** The columns to draw, joined by spaces. */
  shown: string;
}
