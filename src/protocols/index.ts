import type { ProtocolKind } from '../session/contracts/protocol.ts';
import { alternatingOffers } from './alternating_offers.ts';
import { simultaneousOffers } from './simultaneous_offers.ts';
import { singleText } from './single_text.ts';
import { ultimatum } from './ultimatum.ts';

/** The ways to bargain, one line a kind. */
export const PROTOCOLS = [
  alternatingOffers,
  simultaneousOffers,
  singleText,
  ultimatum,
] as unknown as readonly ProtocolKind[];
