import { judge, type Evidence } from '../domain/judge';
import type { AnalysisFacts, Slot } from '../store/app-state';
import { patchSlot } from '../store/app-store';
import type { FlowContext } from './flow-context';

/** The same result with more, or other, evidence, or held against another line. @param line - null: its model's own. */
export function judgeAgain(result: AnalysisFacts, change: Partial<Evidence>, line: number | null): AnalysisFacts {
  const facts = { ...result, ...change };
  return { ...facts, ...judge(facts, facts.manifest, line) };
}

/** What stands in a slot, judged by what came since. Nothing is computed again. */
export function patchEvidence({ store }: FlowContext, slot: Slot, change: Partial<Evidence>): void {
  const { photos, preferences } = store.getState();
  const { result } = photos[slot];
  if (result !== null) patchSlot(store, slot, { result: judgeAgain(result, change, preferences.line) });
}
