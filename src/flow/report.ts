import type { RunId } from '../domain/analysis';
import type { ReportNote } from '../domain/report-note';
import type { FlowContext } from './flow-context';

export function createReportUseCases({ store }: Pick<FlowContext, 'store'>) {
  return {
    /** Takes what the person adds to the report of that result; it stays in memory only, and of one result at a time. */
    write: (runId: RunId, note: ReportNote): void => {
      store.setState({ report: { runId, note } });
    },
  };
}
