import { MARKET_SETS } from '../../mining/data/defaults.ts';
import { requireInRange } from '../../mining/inputError.ts';
import { hashRateEhsFromDifficulty, subsidyBtc } from '../../mining/protocol.ts';
import {
  feesFromShare,
  hashpriceRealisedUsdPerPhDay,
  hashpriceUsdPerPhDay,
  hashvalueBtcPerPhDay,
  hashvalueRealisedBtcPerPhDay,
  perThDay,
  potUsdPerDay,
} from '../../mining/revenue.ts';
import { type Console, EXIT } from '../console.ts';
import { figureText, table } from '../render/table.ts';
import { feesOf, numberOf, refusing } from './mining_numbers.ts';
import { type Given, marketDateOf, OPTION_OF, restsOn } from './mining_parameters.ts';

const CONVENTION = {
  difficulty: 'by difficulty: divided by the hash rate that the difficulty implies, as Hashrate Index does',
  realised: 'by realised hash rate: divided by the EH/s given, at 144 blocks a day',
} as const;

/** `hashpact mining hashprice`: what a petahash a second earns in a day; names its convention. */
export function hashprice(_: readonly string[], given: Given, console: Console): number {
  const set = MARKET_SETS[marketDateOf(given['date'])];
  const figures = [
    read(given, 'price', 'bitcoin price', 'USD', set.priceUsd.value, restsOn(set.priceUsd)),
    read(given, 'difficulty', 'difficulty', '', set.difficulty.value, restsOn(set.difficulty)),
    read(given, 'height', 'height of the chain', 'blocks', set.height.value, restsOn(set.height)),
  ];
  const [priceUsd, difficulty, height] = figures.map(({ value }) => value);
  const realised = typeof given['realised'] === 'string' ? numberOf('--realised', given['realised']) : undefined;
  const found = refusing({ ...OPTION_OF, hashRateEhs: '--realised' }, () => {
    requireInRange('priceUsd', priceUsd, { min: 0, max: 1e9, above: true, unit: 'USD' });
    requireInRange('height', height, { min: 0, max: 1e7, unit: 'blocks' });
    const subsidy = subsidyBtc(height);
    const fees =
      typeof given['fees'] === 'string'
        ? feesOf('--fees', given['fees'])
        : { shareOfReward: set.feeShareOfReward.value };
    const feesBtcPerBlock =
      'btcPerBlock' in fees
        ? requireInRange('feesBtcPerBlock', fees.btcPerBlock, { min: 0, max: 1000, unit: 'BTC' })
        : feesFromShare({ subsidyBtc: subsidy, feeShareOfReward: fees.shareOfReward });
    const at = { priceUsd, difficulty, subsidyBtc: subsidy, feesBtcPerBlock };
    const impliedEhs = hashRateEhsFromDifficulty(difficulty);
    const byDifficulty = { value: hashvalueBtcPerPhDay(at), price: hashpriceUsdPerPhDay(at) };
    const byRealised =
      realised === undefined
        ? null
        : {
            value: hashvalueRealisedBtcPerPhDay({ ...at, hashRateEhs: realised }),
            price: hashpriceRealisedUsdPerPhDay({ ...at, hashRateEhs: realised }),
          };
    return { at, impliedEhs, byDifficulty, byRealised, potUsdPerDay: potUsdPerDay(at) };
  });
  const { at, impliedEhs, byDifficulty, byRealised } = found;
  if (given['json']) {
    const keys = (x: { value: number; price: number }, convention: keyof typeof CONVENTION) => ({
      convention: CONVENTION[convention],
      hashvalueBtcPerPhDay: x.value,
      hashpriceUsdPerPhDay: x.price,
      hashpriceUsdPerThDay: perThDay(x.price),
    });
    const document = {
      ...keys(byDifficulty, 'difficulty'),
      impliedEhs,
      potUsdPerDay: found.potUsdPerDay,
      realised: byRealised && { ...keys(byRealised, 'realised'), realisedEhs: realised },
      priceUsd,
      difficulty,
      height,
      subsidyBtc: at.subsidyBtc,
      feesBtcPerBlock: at.feesBtcPerBlock,
    };
    console.out(JSON.stringify(document, null, 2));
    return EXIT.done;
  }
  const { paint } = console;
  const rows = [
    ['hashprice', figureText(byDifficulty.price, 2), '$/PH/day', CONVENTION.difficulty],
    ['', figureText(perThDay(byDifficulty.price), 5), '$/TH/day', ''],
    ['hashvalue', figureText(byDifficulty.value, 8), 'BTC/PH/day', ''],
    ['implied hash rate', figureText(impliedEhs, 1), 'EH/s', 'difficulty × 2^32 / 600 s'],
    ['all miners together', figureText(found.potUsdPerDay / 1e6, 2), 'M$/day', '144 blocks'],
  ];
  if (byRealised !== null) {
    rows.push(
      ['hashprice', figureText(byRealised.price, 2), '$/PH/day', CONVENTION.realised],
      ['hashvalue', figureText(byRealised.value, 8), 'BTC/PH/day', ''],
    );
  }
  console.out(paint.bold('What a petahash a second earns in a day'));
  console.out(
    table([{ title: '' }, { title: 'value', right: true }, { title: 'unit' }, { title: 'convention' }], rows, paint),
  );
  const feesFrom =
    typeof given['fees'] === 'string' ? { origin: 'given', because: '' } : restsOn(set.feeShareOfReward, true);
  const inputs = [
    ...figures.map(({ label, value, unit, origin, because }) => [label, figureText(value), unit, origin, because]),
    ['subsidy', String(at.subsidyBtc), 'BTC a block', 'protocol', 'at that height'],
    ['fees', figureText(at.feesBtcPerBlock, 4), 'BTC a block', feesFrom.origin, feesFrom.because],
  ];
  console.out(`\n${paint.bold('What it rests on')}`);
  console.out(
    table(
      [{ title: '' }, { title: 'value', right: true }, { title: 'unit' }, { title: 'rests on' }, { title: '' }],
      inputs,
      paint,
    ),
  );
  return EXIT.done;
}

function read(
  given: Given,
  name: string,
  label: string,
  unit: string,
  preset: number,
  why: { origin: string; because: string },
) {
  const text = given[name];
  if (typeof text !== 'string') return { label, unit, value: preset, ...why };
  return { label, unit, value: numberOf(`--${name}`, text), origin: 'given', because: '' };
}
