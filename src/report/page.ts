import type { ComparisonReport, SweepReport } from '../comparison/report.ts';
import type { AnalysisReport } from './data/analysis.ts';
import type { RunReport } from './data/run.ts';
import { analysisPage } from './pages/analysis.ts';
import { comparisonPage } from './pages/comparison.ts';
import { runPage } from './pages/run.ts';
import { sweepPage } from './pages/sweep.ts';

export { analysisReport } from './data/analysis.ts';
export { runReport } from './data/run.ts';

export type Report = RunReport | AnalysisReport | ComparisonReport | SweepReport;

/**
 * A report as one HTML file that stands alone: it opens from disk, loads nothing, can be read without a script and printed. Everything on it comes from the
 * report's plain data.
 */
export function reportPage(report: Report): string {
  switch (report.kind) {
    case 'run':
      return runPage(report);
    case 'analysis':
      return analysisPage(report);
    case 'comparison':
      return comparisonPage(report);
    case 'sweep':
      return sweepPage(report);
    default:
      return report satisfies never;
  }
}
