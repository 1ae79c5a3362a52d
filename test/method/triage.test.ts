/** Triage over every answer that can be given. */
import { describe, expect, it } from 'vitest';
import { triage, TRIAGE_KEYS, TRIAGE_OUTCOMES, TRIAGE_QUESTIONS, type TriageAnswers, WORK_TYPE_KEYS } from '../../src/method';

const ANY = ['yes', 'no', undefined] as const;

describe('triage', () => {
  // usm-method 1.3: the exact meaning of each trigger.
  it.each([
    [{ agreed: 'no' }, 'wish'],
    [{ agreed: 'yes', now: 'less' }, 'incident'],
    [{ agreed: 'yes', now: 'past' }, 'complaint'],
    [{ agreed: 'yes', now: 'works', managed: 'yes' }, 'rfc'],
    [{ agreed: 'yes', now: 'works', managed: 'no' }, 'serviceRequest'],
    [{ agreed: 'nobody', aim: 'threat' }, 'preventiveAction'],
    [{ agreed: 'nobody', aim: 'better' }, 'improvement'],
    [{ agreed: 'nobody', aim: 'less' }, 'optimization'],
  ] as const satisfies [TriageAnswers, string][])('%j is a %s', (answers, type) => {
    expect(triage(answers)).toMatchObject({ type });
  });

  it.each([
    [{}, 'agreed'],
    [{ agreed: 'yes' }, 'now'],
    [{ agreed: 'yes', now: 'works' }, 'managed'],
    [{ agreed: 'nobody' }, 'aim'],
  ] as const satisfies [TriageAnswers, string][])('after %j asks for %s', (answers, ask) => {
    expect(triage(answers)).toEqual({ ask });
  });

  it('is not turned by whether an item is touched while the service fails, and never asks twice', () => {
    for (const managed of ANY) {
      const more = managed === undefined ? {} : { managed };
      expect(triage({ agreed: 'yes', now: 'less', ...more })).toMatchObject({ type: 'incident' });
      expect(triage({ agreed: 'no', ...more })).toMatchObject({ type: 'wish' });
    }
  });

  it('reaches each of the eight work types once, after three answers at most, from answers that exist', () => {
    expect(TRIAGE_OUTCOMES.map((one) => one.type).sort()).toEqual([...WORK_TYPE_KEYS].sort());
    for (const { answers } of TRIAGE_OUTCOMES) {
      expect(Object.keys(answers).length).toBeLessThanOrEqual(3);
      for (const key of TRIAGE_KEYS) {
        const value = answers[key];
        if (value !== undefined) expect(Object.keys(TRIAGE_QUESTIONS[key].answers)).toContain(value);
      }
    }
  });

  it('leaves no way open: every answer to the question asked leads on', () => {
    const walk = (answers: TriageAnswers): string[] => {
      const now = triage(answers);
      if ('type' in now) return [now.type];
      return Object.keys(TRIAGE_QUESTIONS[now.ask].answers).flatMap((value) => walk({ ...answers, [now.ask]: value }));
    };
    expect(walk({})).toHaveLength(WORK_TYPE_KEYS.length);
  });
});
