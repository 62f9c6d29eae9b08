import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import { announce, durationText, progress } from '../../src/cli/progress.ts';

/** A console whose standard error is a log, and a clock that is moved by hand. */
function log() {
  const lines: string[] = [];
  const console = {
    out: () => {},
    err: (text: string) => void lines.push(text),
    paint: pc.createColors(false),
    width: 100,
    watched: false,
    logs: true,
  };
  return { lines, console };
}

describe('progress where nobody watches', () => {
  it('is a plain line every ten seconds, with a time left once there is something to judge it by', () => {
    const { lines, console } = log();
    let clock = 0;
    const watch = progress(console, 'negotiations', () => clock);
    for (let second = 1; second <= 45; second++) {
      clock = second * 1000;
      watch.at(2 * second, 9000);
    }
    watch.done();
    expect(lines).toEqual([
      'negotiations: 20 of 9,000, 2.0 a second',
      'negotiations: 40 of 9,000, 2.0 a second, about 75 min left',
      'negotiations: 60 of 9,000, 2.0 a second, about 75 min left',
      'negotiations: 80 of 9,000, 2.0 a second, about 74 min left',
    ]);
  });

  it('counts the speed of this run alone, whatever was resumed', () => {
    const { lines, console } = log();
    let clock = 0;
    const watch = progress(console, 'negotiations', () => clock);
    for (const [time, done] of [
      [5000, 8000],
      [25_000, 8020],
    ]) {
      clock = time;
      watch.at(done, 9000);
    }
    expect(lines).toEqual(['negotiations: 8,020 of 9,000, 1.0 a second, about 16 min left']);
  });

  it('of work whose end nobody knows tells no end', () => {
    const { lines, console } = log();
    let clock = 0;
    const watch = progress(console, 'bisection steps', () => clock);
    for (let step = 1; step < 4; step++) {
      clock = step * 60_000;
      watch.at(step, Number.POSITIVE_INFINITY);
    }
    expect(lines).toEqual([
      'bisection steps: 1',
      'bisection steps: 2, 1.0 a minute',
      'bisection steps: 3, 1.0 a minute',
    ]);
  });
});

it('times are told in units a person uses', () => {
  const times = [0.4, 12, 89, 91, 240, 5400, 7500, 7_190, 129_600, 306_000, 400_000];
  expect(times.map(durationText)).toEqual([
    '0 s',
    '12 s',
    '89 s',
    '2 min',
    '4 min',
    '1 h 30 min',
    '2 h 5 min',
    '2 h 0 min',
    '1 d 12 h',
    '3 d 13 h',
    '4 d 15 h',
  ]);
});

it('only a large job is announced', () => {
  const { lines, console } = log();
  announce(console, { negotiations: 9999, scenarios: 99 }, 8);
  announce(console, { negotiations: 27_000, scenarios: 3000 }, 8);
  announce(console, { negotiations: 0, scenarios: 3000 }, 1);
  expect(lines).toEqual([
    'hashpact: 27,000 negotiations, 3,000 scenarios to value, 8 workers',
    'hashpact: 3,000 scenarios to value, 1 worker',
  ]);
});
