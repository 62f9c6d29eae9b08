/** The command line of `hashpact compare` and `hashpact sweep`: options, help and examples. Loads nothing else until a command is called. */
import type { Command, Option } from 'commander';
import type { Console } from '../console.ts';

type Action = (
  args: readonly string[],
  options: Readonly<Record<string, unknown>>,
  console: Console,
) => Promise<number> | number;
type Does = (load: () => Promise<Action>) => (...given: unknown[]) => Promise<void>;
interface Shared {
  readonly seed: Option;
  readonly rounds: Option;
  readonly set: Option;
  readonly strategy: Option;
  readonly variant: Option;
  readonly json: Option;
}

const gather = (value: string, before: string[]): string[] => [...before, value];

export function addComparison(root: Command, does: Does, shared: Shared): void {
  root
    .command('compare')
    .argument('[scenarios...]', 'scenario files seating the same number of parties')
    .description('play many negotiations and tell which way of playing wins, and how surely')
    .option(
      '--strategies <party=names>',
      'strategies of a party, such as russia=boulware,linear; without a party, of every seat; own is the scenario’s (repeatable)',
      gather,
      [],
    )
    .option('--all', 'every strategy of the library that fits, at every seat not named')
    .option(
      '--round-robin',
      'each pairing once instead of every combination (same strategies at every seat; unlike roles need --rotate)',
    )
    .option('--rotate', 'roles are symmetric: every strategy takes every seat, and seats are averaged over')
    .option(
      '--vary <path=values>',
      'play under several values: market.price=40000..160000:7 or path=1,2,3 (repeatable)',
      gather,
      [],
    )
    .option('--repetitions <n>', 'how often each combination is played, under other luck', '1')
    .option('--payoff <measure>', 'utility, discounted, value, or net of the cost of delay', 'utility')
    .option('--resamples <n>', 'bootstrap resamples', '2000')
    .option('--out <file>', 'write a row per negotiation: .parquet, .csv or .jsonl')
    .option('--columns', 'name the columns of those rows and play nothing')
    .option('--journal <file>', 'where finished work is kept until the end (default: beside --out)')
    .option('--resume', 'go on with what a journal holds')
    .option('--nfg <file>', 'write the payoffs as a game that Gambit reads')
    .option('--report <file>', 'write a self-contained HTML report')
    .option('--workers <n>', 'threads (default: all cores)')
    .option('--audit <1/n>', 'play one negotiation in n again with the recorded executor; 0 for none', '1/1000')
    .addOption(shared.seed)
    .addOption(shared.rounds)
    .addOption(shared.set)
    .addOption(shared.variant)
    .addOption(shared.json)
    .addHelpText(
      'after',
      '\nExamples:\n  hashpact compare scenarios/bill_and_jack.yaml --all --repetitions 10\n  hashpact compare scenarios/bill_and_jack.yaml --strategies boulware,linear,conceder --rotate --out results.parquet\n  hashpact compare --columns\n  hashpact compare scenarios/zaporizhzhia.yaml --strategies russia=own,dealmaker --vary market.price=40000..160000:4',
    )
    .action(does(async () => (await import('./compare.ts')).compare));

  root
    .command('sweep')
    .argument('<scenario>', 'a scenario file, or a sweep file with orderings to check')
    .description(
      'follow a scenario along its figures: where the zone of agreement begins and ends, which assumptions matter',
    )
    .option(
      '--vary <path=values>',
      'what to vary, once or twice: market.price=40000..160000:7 or path=1,2,3',
      gather,
      [],
    )
    .option('--zone-only', 'look at what is possible and play no talks')
    .option('--tornado', 'move every figure that states a range to either end of it')
    .option('--match <text>', 'the tornado moves only figures whose path contains this')
    .option('--paths <n>', 'price paths of the mining venture: fewer are quicker and rougher')
    .option('--tolerance <share>', 'where bisection stops, as a share of the gap between two points')
    .option('--repetitions <n>', 'talks per point, under other luck', '1')
    .option('--payoff <measure>', 'utility, discounted, value, or net of the cost of delay', 'utility')
    .option('--report <file>', 'write a self-contained HTML report')
    .option('--workers <n>', 'threads (default: all cores)')
    .addOption(shared.seed)
    .addOption(shared.rounds)
    .addOption(shared.set)
    .addOption(shared.strategy)
    .addOption(shared.variant)
    .addOption(shared.json)
    .addHelpText(
      'after',
      '\nExamples:\n  hashpact sweep scenarios/bill_and_jack.yaml --vary parties.bill.reservation=0..30:7\n  hashpact sweep scenarios/zaporizhzhia.yaml --vary parties.ukraine.reservation=300..2000:9 --zone-only\n  hashpact sweep scenarios/zaporizhzhia.yaml --tornado --match parties. --paths 100\n  hashpact sweep scenarios/orderings.sweep.yaml',
    )
    .action(does(async () => (await import('./sweep.ts')).sweep));
}
