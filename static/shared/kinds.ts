/** The small closed sets that views and their pure logic share. */
import type { z } from 'zod';
import type { statusKey, workTypeKey } from '../../src/contract';

export type StatusKey = z.infer<typeof statusKey>;
export type WorkTypeKey = z.infer<typeof workTypeKey>;

/** What a label means by its colour. */
export type Tone = 'neutral' | 'information' | 'success' | 'warning' | 'danger';

/** The shape of a verdict. */
export type MarkKind = 'unmet' | 'later' | 'open' | 'met' | 'information' | 'running' | 'nothing';
