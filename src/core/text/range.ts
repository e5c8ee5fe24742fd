/** A stretch of a text: from `start` up to, not including, `end`. */
export interface Range {
  start: number;
  end: number;
}
