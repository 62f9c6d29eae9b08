/** The command line of `hashpact mining`: options, help and examples. Loads no model until a command is called. */
import { type Command, Option } from 'commander';
import type { Console } from '../console.ts';

type Action = (
  args: readonly string[],
  options: Readonly<Record<string, unknown>>,
  console: Console,
) => Promise<number> | number;
type Does = (load: () => Promise<Action>) => (...given: unknown[]) => Promise<void>;

const DATE = () =>
  new Option('--date <set>', 'the dated market set: 2025-12-25, 2026-06-30 or 2026-10-10').default('2026-10-10');
const SEED = () => new Option('--seed <n>', 'the seed of the price paths').default('1');
const JSON_OUT = () => new Option('--json', 'print one JSON document instead of text; units are in its keys');
const FEES = () => new Option('--fees <n>', 'fees: BTC a block, or a share of the reward with %');
const PROCESS = () =>
  new Option('--process <preset>', 'the price process; see `hashpact mining paths --help`').default('default');

export function addMining(root: Command, does: Does, shared: { readonly set: Option; readonly variant: Option }): void {
  const mining = root
    .command('mining')
    .description(
      'the economics of bitcoin mining on their own: a site, hashprice, its history, price paths, who would leave',
    )
    .addHelpText('after', '\nExample:\n  hashpact mining site --mw 5700 --jth 15 --pue 1.05 --date 2025-12-25');

  mining
    .command('site')
    .description('judge one site with its own weight on the network, beside the price-taking answer')
    .requiredOption('--mw <n>', 'power of the site, cooling included, MW')
    .option('--jth <n>', 'efficiency of the machines, J/TH')
    .option('--pue <n>', 'site power over machine power, at least 1')
    .option('--uptime <share>', 'share of hours in which the machines run')
    .option('--pool-fee <share>', 'pool fee, such as 1%')
    .addOption(DATE())
    .option('--price <usd>', 'bitcoin price')
    .option('--difficulty <n>', 'difficulty, such as 132.7T')
    .option('--height <blocks>', 'height of the chain: sets the subsidy and the halvings')
    .addOption(FEES())
    .option('--eps <n>', 'elasticity of the others’ hash rate: 0 they stay, inf free entry')
    .option('--kappa <share>', 'part of the gap to their target that the others close in a month')
    .option('--trend <rate>', 'growth of hashes per dollar a year')
    .option('--drift <rate>', 'growth of the bitcoin price a year')
    .option('--power-cost <n>', 'cost of power, $/MWh')
    .option('--opex <n>', 'other operating cost, $/MWh')
    .option('--machine-price <n>', 'price of machines, $/TH')
    .option('--life <years>', 'life of machines')
    .option('--machine-decline <rate>', 'fall of machine prices a year')
    .option('--progress <rate>', 'fall of new machines’ J/TH a year')
    .option('--shell <n>', 'housing, million $ a MW')
    .option('--shell-life <years>', 'life of the housing')
    .option('--ramp <months>', 'months until all machines stand')
    .option('--years <n>', 'horizon')
    .option('--discount <rate>', 'discount rate a year')
    .addOption(PROCESS())
    .option('--paths <n>', 'price paths behind the interval of the NPV', '200')
    .addOption(SEED())
    .addOption(JSON_OUT())
    .addHelpText(
      'after',
      '\nWhat is not given is taken from the dated set and the defaults, and printed with its source or as an assumption.\n\nExamples:\n  hashpact mining site --mw 5700 --jth 15 --pue 1.05\n  hashpact mining site --mw 950 --power-cost 25 --machine-price 8 --eps 4\n  hashpact mining site --mw 100 --price 60000 --difficulty 125T --fees 0.7% --paths 1000 --json',
    )
    .action(does(async () => (await import('./mining_site.ts')).site));

  mining
    .command('hashprice')
    .description('what a petahash a second earns in a day, and by which convention')
    .addOption(DATE())
    .option('--difficulty <n>', 'difficulty, such as 132.7T')
    .option('--price <usd>', 'bitcoin price')
    .addOption(FEES())
    .option('--height <blocks>', 'height of the chain: sets the subsidy')
    .option('--realised <EH/s>', 'a realised hash rate: adds the other convention beside the first')
    .addOption(JSON_OUT())
    .addHelpText(
      'after',
      '\nExamples:\n  hashpact mining hashprice\n  hashpact mining hashprice --difficulty 148.26T --price 87245 --fees 0.51% --height 929376 --realised 1075.4',
    )
    .action(does(async () => (await import('./mining_hashprice.ts')).hashprice));

  mining
    .command('history')
    .description('hashprice by month since 2014 from chain data and your price file; hashvalue in bitcoin without one')
    .option('--prices <file>', 'CSV with the columns month (yyyy-mm) and close (month-end close, USD)')
    .option('--fees <share>', 'a flat share of fees in the reward, such as 2%; left out without it')
    .option('--from <month>', 'first month, yyyy-mm')
    .option('--to <month>', 'last month, yyyy-mm')
    .addOption(JSON_OUT())
    .addHelpText(
      'after',
      '\nExamples:\n  hashpact mining history\n  hashpact mining history --prices btc.csv --from 2020-01 --fees 2%',
    )
    .action(does(async () => (await import('./mining_history.ts')).history));

  mining
    .command('paths')
    .description('where a price process says the bitcoin price may be: fan, quantiles, histogram')
    .addOption(PROCESS())
    .option('--prices <file>', 'replay the windows of your own price file (columns month, close) instead')
    .addOption(DATE())
    .option('--price <usd>', 'today’s bitcoin price')
    .option('--years <n>', 'horizon', '10')
    .option('--n <paths>', 'number of paths', '2000')
    .option('--drift <rate>', 'expected growth a year, in place of the preset’s')
    .option('--volatility <rate>', 'volatility of the diffusion, in place of the preset’s')
    .option('--jumps <n>', 'jumps a year, in place of the preset’s')
    .addOption(SEED())
    .addOption(JSON_OUT())
    .addHelpText(
      'after',
      '\nPresets: default, 2016-25, 2016-25-lambda6, 2021-25, gbm-2016-25, gbm-2021-25.\n\nExamples:\n  hashpact mining paths --years 5\n  hashpact mining paths --process 2021-25 --drift 5% --n 10000',
    )
    .action(does(async () => (await import('./mining_paths.ts')).paths));

  mining
    .command('exit')
    .argument('<scenario>', 'a scenario with a mining venture, or - for standard input')
    .description('who would rather leave the pact than stay, from which month, and with what in hand')
    .addOption(shared.set)
    .addOption(shared.variant)
    .option('--outcome <issue=value,...>', 'the pact; issues not named, or all without this, from the Nash solution')
    .option('--prices <list>', 'bitcoin prices that stand still: default 40000, the scenario’s, 160000')
    .addOption(JSON_OUT())
    .addHelpText(
      'after',
      '\nExamples:\n  hashpact mining exit scenarios/zaporizhzhia.yaml\n  hashpact mining exit scenarios/zaporizhzhia.yaml --outcome treasury=all_kept,custody=key_us --prices 40000,82800,160000',
    )
    .action(does(async () => (await import('./mining_exit.ts')).exit));
}
