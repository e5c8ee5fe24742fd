/** A run of text with one look. `url` makes it a link. Always visible, one-line text, and never escaped. */
export interface Span {
  text: string;
  mark?: 'strong' | 'added' | 'removed';
  url?: string;
}

export interface Block {
  kind: 'heading' | 'line' | 'bullet' | 'quote' | 'note';
  spans: readonly Span[];
}

/** How much of each part is shown; counts and UTF-16 lengths. */
export interface Caps {
  moves: number;
  proofs: number;
  quote: number;
  changes: number;
  diff: number;
  sentences: number;
  entries: number;
}
