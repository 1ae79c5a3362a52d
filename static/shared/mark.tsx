/** The shape of a verdict: red diamond, orange triangle, circle, green check. Shape and name carry what the colour says. */
import type { ReactNode } from 'react';
import type { MarkKind } from './kinds';

const inverse = { stroke: 'var(--ds-icon-inverse)', fill: 'none', strokeWidth: 1.7, strokeLinecap: 'round', strokeLinejoin: 'round' } as const;

const SHAPES: Record<MarkKind, ReactNode> = {
  unmet: (
    <>
      <rect x="3" y="3" width="10" height="10" rx="1.5" transform="rotate(45 8 8)" style={{ fill: token('color.icon') }} />
      <path d="M8 5v3.4M8 10.8v.1" style={inverse} />
    </>
  ),
  later: (
    <>
      <path
        d="M8 2.2L14.4 13.5H1.6z"
        strokeWidth="1.6"
        strokeLinejoin="round"
        style={{ fill: token('color.icon'), stroke: token('color.icon') }}
      />
      <path d="M8 6v3.2M8 11.6v.1" style={{ ...inverse, stroke: token('color.icon') }} />
    </>
  ),
  open: <circle cx="8" cy="8" r="6" fill="none" strokeWidth="1.5" style={{ stroke: token('color.icon') }} />,
  met: (
    <>
      <circle cx="8" cy="8" r="7" style={{ fill: token('color.icon') }} />
      <path d="M4.9 8.3l2.2 2.2 4-4.4" style={inverse} />
    </>
  ),
  information: (
    <>
      <circle cx="8" cy="8" r="7" style={{ fill: token('color.icon') }} />
      <path d="M8 7.6v3.6M8 4.8v.1" style={inverse} />
    </>
  ),
};

/** `name`: what it says; without one the words beside it say the same. */
export const Mark = ({ kind, name }: { kind: MarkKind; name?: string }) => (
  <svg width="16" height="16" viewBox="0 0 16 16" {...(name === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': name })}>
    {SHAPES[kind]}
  </svg>
);
