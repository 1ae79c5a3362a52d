/** Who does it: one card per allowed target. What today's data forbids is shown with its reason; one target only is a sentence, not a choice. */
import type { HandOverRoute, RouteKey } from '../../src/contract';
import { Lozenge } from '../shared/lozenge';
import { TypeGlyph } from '../shared/type-glyph';
import { Problem, Star } from '../shared/field';
import styles from './routes.module.css';

interface RoutesProps {
  id: string;
  question: string;
  routes: readonly HandOverRoute[];
  chosen: RouteKey | undefined;
  problem: string | undefined;
  onChoose: (type: RouteKey) => void;
}

const Words = ({ route }: { route: HandOverRoute }) => (
  <>
    <span className={styles['name']}>
      {route.type === 'supplier' ? (
        <strong>{route.typeName}</strong>
      ) : (
        <>
          {route.allowed && <TypeGlyph type={route.type} />}
          <strong>{route.typeName}</strong> to {route.verb}
        </>
      )}
    </span>
    <span className={styles['purpose']}>{route.allowed ? route.purpose : `Not available now: ${route.reason ?? route.purpose}`}</span>
  </>
);

export function Routes({ id, question, routes, chosen, problem, onChoose }: RoutesProps) {
  const only = routes.length === 1 ? routes[0] : undefined;
  if (only?.allowed) {
    return (
      <div className={styles['only']}>
        <Words route={only} />
      </div>
    );
  }
  return (
    <fieldset id={id} className={styles['routes']} {...(problem !== undefined && { 'aria-describedby': `${id}-problem` })}>
      <legend>
        {question} <Star />
      </legend>
      {routes.map((route) => (
        <label key={route.type} className={styles['card']} {...(!route.allowed && { 'data-disabled': true })}>
          <input type="radio" name={id} required disabled={!route.allowed} checked={route.type === chosen} onChange={() => onChoose(route.type)} />
          <span className={styles['words']}>
            <Words route={route} />
          </span>
          {route.allowed && route.suggested !== undefined && <Lozenge tone="information">{route.suggested}</Lozenge>}
        </label>
      ))}
      <Problem id={`${id}-problem`} text={problem} />
    </fieldset>
  );
}
