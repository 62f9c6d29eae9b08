/** What a party does in its turn: answer, put something forward, let the turn pass, or leave the talks. */
export type Move =
  | { readonly type: 'offer'; readonly outcome: number; readonly says?: string }
  | { readonly type: 'accept'; readonly says?: string }
  | { readonly type: 'reject' }
  | { readonly type: 'pass'; readonly says?: string }
  | { readonly type: 'walk'; readonly why: string };

/** What is said with a move, where anything is: for the fact that the move makes. */
export const spoken = (move: Move): { readonly says?: string } =>
  'says' in move && move.says !== undefined ? { says: move.says } : {};
